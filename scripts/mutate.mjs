/**
 * Mutation testing of the library: changes its Rego in one place at a time and looks whether a test notices.
 *
 * `npm run mutate -- [path…] [--min 90] [--sample n] [--seed n] [--kind name] [--engine opa | wasm] [--jobs n] [--json file]`.
 * Paths are folders or files of the library, such as `lib/iam` or `mlops`. Ends with 1 below `--min` percent, with 2
 * when it is called wrongly.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { expected, progress } from './dev/process.mjs'
import { commandEngine, threadEngine } from './mutate/engine.mjs'
import { judge } from './mutate/judge.mjs'
import { readLibrary, testsOf } from './mutate/library.mjs'
import { kindNames, mutants } from './mutate/mutants.mjs'
import { report, score } from './mutate/report.mjs'
import { sample } from './mutate/sample.mjs'
import { strings } from './mutate/strings.mjs'
import { ensureOracle } from './oracle.mjs'

const library = fileURLToPath(new URL('../policies/plangate', import.meta.url))

/** The mutants of the modules in `folder` that lie below one of `paths`, each with its `package` and `path`. */
export function mutantsOf(modules, paths = []) {
  return [...modules.values()]
    .filter((module) => !module.test && isChosen(module.path, paths))
    .flatMap((module) => {
      const seen = strings(
        testsOf(module.package, modules)
          .map(({ source }) => source)
          .join('\n'),
      )
      return mutants(module.source, seen).map((each) => ({ ...each, package: module.package, path: module.path }))
    })
}

function isChosen(path, paths) {
  const below = (folder) => path === folder || path.startsWith(`${folder}/`)
  return paths.length === 0 || paths.some((each) => below(each) || below(`policies/${each}`))
}

/** The exit code; prints the report. */
export async function run({ args = [] }) {
  const { values, positionals } = options(args)
  const modules = readLibrary(library)
  const paths = positionals.map((path) => path.replace(/^(\.\/)?policies\/plangate\//, '').replace(/\/+$/, ''))
  const wrong = paths.find((path) => mutantsOf(modules, [path]).length === 0)
  if (wrong !== undefined) throw expected(`mutate: no module of the library lies below \`${wrong}\``)
  const named = equivalents()
  const all = mutantsOf(modules, paths).filter(({ kind }) => values.kind === undefined || kind === values.kind)
  const chosen = values.sample === undefined ? all : sample(all, Number(values.sample), Number(values.seed))
  const asked = chosen.filter((mutant) => !isNamed(mutant, named))
  const engines = await Promise.all(Array.from({ length: Number(values.jobs) }, () => engineNamed(values.engine)))
  let judged = 0
  const done = progress(`running the tests against ${asked.length} mutants`, () => `${judged} done, `)
  const verdicts = await judge(asked, { modules, engines, seen: (count) => (judged = count) }).finally(() => {
    done()
    return Promise.all(engines.map((engine) => engine.close()))
  })
  const results = [
    ...asked.map((mutant, at) => ({ ...mutant, verdict: verdicts[at] })),
    ...chosen.filter((mutant) => isNamed(mutant, named)).map((mutant) => ({ ...mutant, verdict: 'equivalent' })),
  ]
  console.log(report(results).join('\n'))
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, undefined, 1)}\n`)
  return score(results).score < Number(values.min) ? 1 : 0
}

const flags = {
  min: { type: 'string', default: '90' },
  sample: { type: 'string' },
  seed: { type: 'string', default: '1' },
  kind: { type: 'string' },
  engine: { type: 'string', default: 'wasm' },
  jobs: { type: 'string', default: String(Math.min(2, availableParallelism())) },
  json: { type: 'string' },
}

function options(args) {
  try {
    const { values, positionals } = parseArgs({ args, options: flags, allowPositionals: true })
    for (const name of ['min', 'sample', 'seed', 'jobs']) {
      if (values[name] !== undefined && !/^\d+(\.\d+)?$/.test(values[name])) throw new Error(`--${name} takes a number`)
    }
    if (values.kind !== undefined && !kindNames.includes(values.kind)) {
      throw new Error(`--kind is one of ${kindNames.join(', ')}`)
    }
    if (!['wasm', 'opa'].includes(values.engine)) throw new Error('--engine is wasm or opa')
    return { values, positionals }
  } catch (cause) {
    throw expected(`mutate: ${cause.message}`)
  }
}

async function engineNamed(name) {
  return name === 'wasm' ? threadEngine() : commandEngine((await ensureOracle()).opa)
}

/** Mutants that no test can notice, `{ path, kind, was, text, reason }`. */
function equivalents() {
  return JSON.parse(readFileSync(new URL('mutate/equivalent.json', import.meta.url), 'utf8'))
}

const isNamed = (mutant, named) =>
  named.some((each) => ['path', 'kind', 'was', 'text'].every((key) => each[key] === mutant[key]))

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await run({ args: process.argv.slice(2) }).catch((error) => {
    console.error(error.expected === true ? error.message : error.stack)
    return 2
  })
}
