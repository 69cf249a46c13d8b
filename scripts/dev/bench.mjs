import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureOracle } from '../oracle.mjs'
import { build } from './build.mjs'
import { expected, root, run as runProcess } from './process.mjs'

const main = join(root, 'scripts', 'bench', 'main.mjs')

/** Runs the benchmark, which prints for itself. */
export async function run({ args }) {
  if (!existsSync(main)) throw expected('there is no benchmark: `scripts/bench/main.mjs` is missing')
  await build()
  await ensureOracle()
  return (await runProcess(process.execPath, [main, ...args], { inherit: true })).code
}
