/** What is compared: plans and policies, and the commands that judge one by the other. All of it is kept in .cache/bench. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readBundle } from '../../packages/bundle/dist/index.js'
import { compileBundle } from '../../packages/compiler/dist/index.js'
import { writePlan } from './plan.mjs'
import { rules, writeRules } from './rules.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, '.cache', 'bench')
const script = (name) => fileURLToPath(new URL(name, import.meta.url))

/** Returns the path of a plan of so many resources. */
export async function planOf(resources) {
  mkdirSync(folder, { recursive: true })
  const plan = join(folder, `${resources}.plan.json`)
  if (!existsSync(plan)) {
    await writePlan(resources, `${plan}.part`)
    renameSync(`${plan}.part`, plan)
  }
  return plan
}

/** Returns the library: its bundle, its sources, and what is asked of it. */
export async function library() {
  const data = join(folder, 'data.json')
  mkdirSync(folder, { recursive: true })
  writeFileSync(data, JSON.stringify({ plangate: { config: { environment: 'prod' } } }))
  return withModule({
    name: 'library',
    bundle: join(root, 'policies', 'dist', 'library.tar.gz'),
    sources: join(root, 'policies', 'plangate'),
    data,
    entrypoint: 'plangate/main/findings',
    namespace: 'plangate.main',
  })
}

/**
 * Returns so many policies as people write them for conftest, compiled when they are first asked for. Where they are calm,
 * all but 30 of them find nothing.
 */
export async function written(count, { isCalm = false } = {}) {
  const name = `rules-${count}${isCalm ? '-calm' : ''}`
  const sources = join(folder, name)
  writeRules(count, sources, { isCalm })
  const { bundle, diagnostics } = await compileBundle({
    sources: rules(count, { isCalm }),
    namespaces: ['main'],
    thread: 'caller',
  })
  if (bundle === undefined) throw new Error(JSON.stringify(diagnostics[0]))
  const path = join(folder, `${name}.tar.gz`)
  writeFileSync(path, bundle)
  return withModule({
    name: `${count} ${isCalm ? 'calm ' : ''}rules`,
    bundle: path,
    sources,
    entrypoint: 'main/deny',
    namespace: 'main',
  })
}

async function withModule(policies) {
  const { wasm, sha256 } = await readBundle(policies.bundle)
  const module = join(folder, `${sha256.slice(0, 16)}.wasm`)
  if (!existsSync(module)) writeFileSync(module, wasm)
  return { ...policies, module }
}

/** Returns the commands that judge a plan by policies, as whole processes: `[command, arguments]` by name. */
export function commandsOf({ name, bundle, sources, data, entrypoint, namespace, module }, plan) {
  const given = data === undefined ? [] : ['--data', data]
  const cli = join(root, 'packages', 'cli', 'bin', 'plangate.cjs')
  const policy = name === 'library' ? ['builtin', '--env', 'prod'] : [bundle]
  const oracle = (binary) => join(root, '.cache', 'oracle', binary)
  const query = `data.${entrypoint.replaceAll('/', '.')}`
  const parse = `JSON.parse(require('node:fs').readFileSync(${JSON.stringify(plan)}, 'utf8'))`
  return {
    'JSON.parse': [process.execPath, ['-e', parse]],
    plangate: [process.execPath, [cli, 'test', '--policy', ...policy, '--output', 'json', plan]],
    conftest: [oracle('conftest'), ['test', '-p', sources, ...given, '-n', namespace, '-o', 'json', plan]],
    'opa eval': [oracle('opa'), ['eval', '--data', sources, ...given, '--input', plan, '--format', 'json', query]],
    'opa-wasm': [process.execPath, [script('warm.mjs'), 'opa-wasm', module, entrypoint, plan, '0']],
  }
}

/**
 * Returns what evaluations in one process cost after the first: `{ seconds, cpu, megabytes, first }`, medians but for
 * `first`, the seconds of the first evaluation. `subject` is `plangate`, `opa-wasm` or `JSON.parse`.
 */
export function warm(subject, { bundle, module, entrypoint }, plan, rounds) {
  const args = [script('warm.mjs'), subject, subject === 'opa-wasm' ? module : bundle, entrypoint, plan, String(rounds)]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }))
}

/** Returns how many findings a command of plangate prints as JSON. */
export function findingsOf([command, args]) {
  const { stdout } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 30 })
  return JSON.parse(stdout).findings.length
}

/** Returns how many bytes a file has, in MB. */
export const megabytesOf = (path) => readFileSync(path).length / 1e6
