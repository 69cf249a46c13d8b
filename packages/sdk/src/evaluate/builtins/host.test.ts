import { loadOpa, type Opa } from '@plangate/opa'
import { describe, expect, test } from '@jest/globals'
import { outcome } from '../../../test/bundle.ts'
import { hostBuiltins } from './host.ts'

const panic: Opa['builtin'] = () => {
  throw new Error('panic')
}
const at = new Date('2026-11-21T10:00:00.123Z')

describe('hostBuiltins', () => {
  test('answers what OPA holds itself, too, and loads Go only for it', async () => {
    const { begin } = await hostBuiltins([])
    expect(begin(at)('plus', ['0.1', '0.2'])).toBe('0.3')
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

  test('says so when Go is not there or stops', async () => {
    const gone = Object.assign(new Error('gone'), { code: 'ERR_OPA_MISSING' })
    const missing = {
      code: 'ERR_OPA_MISSING',
      message: "OPA's WebAssembly, which answers built-in functions, cannot be loaded",
    }
    const now = () => {
      throw gone
    }
    const source = () => Promise.resolve({ load: () => Promise.reject(gone), now })
    expect(await outcome(hostBuiltins(['uuid.parse'], {}, source))).toEqual(missing)
    const { begin: late } = await hostBuiltins(['sprintf'], {}, source)
    expect(late(at)('sprintf', ['"%s"', '["a"]'])).toBe('"a"')
    expect(() => late(at)('sprintf', ['"%#v"', '["a"]'])).toThrow(expect.objectContaining(missing))
    const opa = { ...(await loadOpa()), builtin: panic }
    const { begin } = await hostBuiltins(['uuid.parse'], {}, () =>
      Promise.resolve({ load: () => Promise.resolve(opa), now: () => opa }),
    )
    expect(() => begin(at)('uuid.parse', ['1'])).toThrow(
      expect.objectContaining({ code: 'ERR_OPA_FAILED', message: 'OPA gave no answer to a built-in function' }),
    )
  })

  test('loads Go only for a call that JavaScript is not sure of', async () => {
    const calls: string[] = []
    const opa = await loadOpa()
    const { begin } = await hostBuiltins(['sprintf', 'regex.replace'], {}, () =>
      Promise.resolve({
        load: () => Promise.resolve(opa),
        now: () => {
          calls.push('now')
          return opa
        },
      }),
    )
    const call = begin(at)
    expect(call('sprintf', ['"%05.1f|%v"', '[2.3, {"b", "a"}]'])).toBe('"002.3|{\\"a\\", \\"b\\"}"')
    expect(call('regex.replace', ['"foobar"', '"(o+)"', '"<$1>"'])).toBe('"f<oo>bar"')
    expect(calls).toEqual([])
    expect(call('regex.replace', ['"\u00e9"', '"\\\\pL"', '"x"'])).toBe('"x"')
    expect(calls).toEqual(['now'])
  })

  test.each<[string, string, readonly string[]]>([
    ['eval_type_error: sprintf: operand 1 must be string but got number', 'sprintf', ['1', '[]']],
    ['eval_builtin_error: hex.decode: encoding/hex: odd length hex string', 'hex.decode', ['"abc"']],
    [
      'eval_builtin_error: semver.compare: operand 1: string "x" is not a valid SemVer',
      'semver.compare',
      ['"x"', '"1.0.0"'],
    ],
    ['eval_builtin_error: time.parse_duration_ns: time: invalid duration "x"', 'time.parse_duration_ns', ['"x"']],
    ['eval_type_error: uri.parse: operand 1 must be string but got number', 'uri.parse', ['1']],
  ])("has OPA's message where errors are strict: %s", async (message, name, args) => {
    const { begin } = await hostBuiltins([name])
    expect(begin(at)(name, args)).toBeUndefined()
    expect(() => begin(at, { strictBuiltinErrors: true })(name, args)).toThrow(
      expect.objectContaining({ code: 'ERR_EVALUATION', message }),
    )
  })

  test("gives OPA's answers: exact, with sets, undefined for errors, one time and one uuid in an evaluation", async () => {
    const names = ['time.now_ns', 'uuid.rfc4122', 'json.patch', 'units.parse', 'object.subset']
    const { begin } = await hostBuiltins(names)
    const call = begin(at)
    expect([
      call('time.now_ns', []),
      call('units.parse', ['"12Q"']),
      call('units.parse', ['9']),
      call('object.subset', ['{1, 9007199254740993}', '{9007199254740993}']),
      call('object.subset', ['{1, 9007199254740993}', '{9007199254740992}']),
    ]).toEqual(['1795255200123000000', undefined, undefined, 'true', 'false'])
    expect(call('uuid.rfc4122', ['"k"'])).toBe(call('uuid.rfc4122', ['"k"']))
    expect(begin(at)('uuid.rfc4122', ['"k"'])).not.toBe(call('uuid.rfc4122', ['"k"']))
  })
})

test('loads Go inside a call when it has to', async () => {
  const { begin } = await hostBuiltins(['regex.replace'])
  const call = begin(at)
  expect(call('regex.replace', ['"aé"', '"\\\\pL"', '"x"'])).toBe('"xx"')
  expect(call('regex.replace', ['"aé"', '"(?P<n>\\\\pL)"', '"-$n"'])).toBe('"-a-é"')
})
