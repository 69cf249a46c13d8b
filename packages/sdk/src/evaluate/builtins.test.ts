import { loadOpa, type Opa } from '@plangate/opa'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { outcome } from '../../test/bundle.ts'
import { hostBuiltins } from './builtins.ts'
import { formatSimple } from './sprintf.ts'

const panic: Opa['builtin'] = () => {
  throw new Error('panic')
}
const now = new Date('2026-11-21T10:00:00.123Z')

describe('hostBuiltins', () => {
  test('loads nothing for a module that asks for nothing', async () => {
    const { begin } = await hostBuiltins([], () => Promise.reject(new Error('loaded')))
    expect(begin(now)('x', [])).toBeUndefined()
  })

  test.each<[string, readonly string[], readonly string[]]>([
    ['which reach out', ['sprintf', 'net.lookup_ip_addr', 'http.send'], ['http.send', 'net.lookup_ip_addr']],
    ['which OPA does not have', ['sprintf', 'acme.lookup'], ['acme.lookup']],
  ])('refuses those %s, all by name', async (_, names, missing) => {
    expect(await outcome(hostBuiltins(names))).toEqual({
      code: 'ERR_BUILTIN_MISSING',
      message: `the bundle needs built-in functions that are not there: ${missing.map((name) => `\`${name}\``).join(', ')}`,
    })
  })

  test('refuses those which reach out even if OPA would answer them', async () => {
    const builtins = [{ name: 'http.send', native: false, callable: true }]
    const load = async (): Promise<Opa> => ({ ...(await loadOpa()), builtins })
    expect(await outcome(hostBuiltins(['http.send'], load))).toMatchObject({ code: 'ERR_BUILTIN_MISSING' })
  })

  test('says so when Go is not there or stops', async () => {
    const missing = Object.assign(new Error('gone'), { code: 'ERR_OPA_MISSING' })
    expect(await outcome(hostBuiltins(['sprintf'], () => Promise.reject(missing)))).toEqual({
      code: 'ERR_OPA_MISSING',
      message: "OPA's WebAssembly, which answers built-in functions, cannot be loaded",
    })
    const opa = await loadOpa()
    const { begin } = await hostBuiltins(['time.clock'], () => Promise.resolve({ ...opa, builtin: panic }))
    expect(() => begin(now)('time.clock', ['1'])).toThrow(
      expect.objectContaining({ code: 'ERR_OPA_FAILED', message: 'OPA gave no answer to a built-in function' }),
    )
  })

  test("gives OPA's answers: exact, with sets, undefined for errors, one time and one uuid in an evaluation", async () => {
    const names = ['time.now_ns', 'uuid.rfc4122', 'json.patch', 'units.parse', 'object.subset']
    const { begin } = await hostBuiltins(names)
    const call = begin(now)
    expect([
      call('time.now_ns', []),
      call('units.parse', ['"12Q"']),
      call('units.parse', ['9']),
      call('object.subset', ['{1, 9007199254740993}', '{9007199254740993}']),
      call('object.subset', ['{1, 9007199254740993}', '{9007199254740992}']),
    ]).toEqual(['1795255200123000000', undefined, undefined, 'true', 'false'])
    expect(call('uuid.rfc4122', ['"k"'])).toBe(call('uuid.rfc4122', ['"k"']))
    expect(begin(now)('uuid.rfc4122', ['"k"'])).not.toBe(call('uuid.rfc4122', ['"k"']))
  })
})

describe('formatSimple', () => {
  let opa: Opa
  beforeAll(async () => {
    opa = await loadOpa()
  })
  const ask = (args: readonly string[]) => opa.builtin({ name: 'sprintf', args, evaluation: 'e', nowNs: '0' }).value

  test.each<[string, string]>([
    ['%s is %d', '["a", 1]'],
    ['%v and %v, 100%%', '["é😀", -7]'],
    ['', '[]'],
    ['no verbs', '[]'],
    ['%s%s', '["{1, 2}", "quote \\" and \\\\"]'],
    ['%d', '[9007199254740991]'],
    ['%v', '[-0]'],
    ['%d', '[0]'],
    ['%s', '["<&>\u2028"]'],
    ['line\n%s', '["tab\\t"]'],
  ])('answers sprintf(%j, %s) as OPA does', (format, values) => {
    const args = [JSON.stringify(format), values]
    const simple = formatSimple(args)
    expect(typeof simple).toBe('string')
    expect(JSON.parse(simple ?? '')).toBe(JSON.parse(ask(args) ?? ''))
  })

  test.each<[string, string]>([
    ['%d', '[9007199254740993]'],
    ['%d', '[1.0]'],
    ['%v', '[1e3]'],
    ['%s', '[1]'],
    ['%d', '["a"]'],
    ['%v', '[true]'],
    ['%v', '[{1}]'],
    ['%v', '[[1]]'],
    ['%5s', '["a"]'],
    ['%[1]s', '["a"]'],
    ['%q', '["a"]'],
    ['%s', '[]'],
    ['%s', '["a", "b"]'],
    ['%', '[]'],
    ['%v', '{"a"}'],
  ])('leaves sprintf(%j, %s) to OPA', (format, values) => {
    expect(formatSimple([JSON.stringify(format), values])).toBeUndefined()
  })
})
