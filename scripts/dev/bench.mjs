import { join } from 'node:path'
import { ensureOracle } from '../oracle.mjs'
import { build } from './build.mjs'
import { root, run as runProcess } from './process.mjs'

const benchmarks = {
  evaluate: 'evaluate.mjs',
  compile: 'compile.mjs',
  large: 'large.mjs',
  library: 'library.mjs',
  secrets: 'secrets.mjs',
  soak: 'soak.mjs',
}
/** What runs only by its name, since it takes long. */
const long = ['large', 'library', 'secrets', 'soak']

/** Runs the benchmarks, or the one that is named first, with the arguments behind its name; they print for themselves. */
export async function run({ args }) {
  const [name, ...rest] = args
  const named = Object.hasOwn(benchmarks, name)
  await build()
  await ensureOracle()
  const usual = Object.keys(benchmarks).filter((one) => !long.includes(one))
  for (const each of named ? [name] : args.length > 0 ? ['evaluate'] : usual) {
    const script = join(root, 'scripts', 'bench', benchmarks[each])
    const { code } = await runProcess(process.execPath, [script, ...(named ? rest : args)], { inherit: true })
    if (code !== 0) return code
  }
  return 0
}
