import { jest, afterEach, expect, test } from '@jest/globals'
import { run } from './mutate.mjs'

/** What the command prints and its exit code. */
async function mutate(...args) {
  const lines = []
  jest.spyOn(console, 'log').mockImplementation((text) => lines.push(text))
  jest.spyOn(console, 'error').mockImplementation(() => {})
  const code = await run({ args })
  return { code, text: lines.join('\n') }
}

afterEach(() => jest.restoreAllMocks())

test('below the least score it ends with 1', async () => {
  const { code, text } = await mutate('lib/approved', '--kind', 'rule', '--jobs', '1', '--min', '101')
  expect({ code, text }).toEqual({ code: 1, text: expect.stringContaining('lib/approved') })
}, 120_000)

test.each([
  [['nothing'], 'mutate: no module of the library lies below `nothing`'],
  [['--kind', 'x'], 'mutate: --kind is one of operator, dropped,'],
  [['--min', 'x'], 'mutate: --min takes a number'],
  [['--engine', 'x'], 'mutate: --engine is wasm or opa'],
  [['--what'], "mutate: Unknown option '--what'"],
])('%j is refused', async (args, message) => {
  await expect(run({ args })).rejects.toThrow(message)
})
