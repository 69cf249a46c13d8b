import { setFlagsFromString } from 'node:v8'

// How much of a function is run, in bytes about, before V8 optimises it. Its own values are reached within 50 resources.
// https://v8.dev/docs/wasm-compilation-pipeline#dynamic-tier-up
const budgets = {
  // For WebAssembly, in modules that are made from now on; V8's own is 1,800,000.
  'wasm-tiering-budget': 100_000_000,
  // For JavaScript; V8's own is 135,168.
  'interrupt-budget': 500_000,
}

/**
 * Lets V8 optimise later than usual, unless who started this process has chosen: a small plan is decided before that pays,
 * and a large one reaches the budgets soon.
 */
export function optimiseLater(): void {
  const chosen = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].map((text) => text.replaceAll('_', '-'))
  for (const [flag, budget] of Object.entries(budgets)) {
    if (!chosen.some((text) => text.includes(flag))) setFlagsFromString(`--${flag}=${budget}`)
  }
}
