import { setFlagsFromString } from 'node:v8'

// https://v8.dev/docs/wasm-compilation-pipeline#dynamic-tier-up: how many bytes of a function are run, about, before it
// is optimised. A module takes its budget along when it is made, and a function that is never optimised costs nothing.
const flag = 'wasm-tiering-budget'
const usual = 1_800_000
const late = 2_000_000_000

/** Whether who has started this process has chosen the budget. */
const isChosen = (): boolean =>
  [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].some((text) => text.replaceAll('_', '-').includes(flag))

/** Returns what `compile` returns. V8 optimises the functions of a module that it makes only when they run for long. */
export const tieredLate = async <T>(compile: () => Promise<T>): Promise<T> => {
  if (isChosen()) return compile()
  setFlagsFromString(`--${flag}=${late}`)
  try {
    return await compile()
  } finally {
    setFlagsFromString(`--${flag}=${usual}`)
  }
}
