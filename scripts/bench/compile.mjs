/**
 * The compiler on the library: cold, warm and from its cache, beside `opa build` of the same sources. Prints ratios of
 * medians taken in turn in one run, with CPU time and peak memory.
 *
 * `npm run bench -- compile [runs]`; 3 runs unless something else is said. Whole processes come with their start; the
 * calls of `compileBundle` are measured inside of a process, where warm is the sixth compile; none of them is the same as
 * another.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measure, median } from './measure.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const runs = Number(process.argv[2] ?? 3)
const library = join(root, 'policies', 'plangate')
const folder = mkdtempSync(join(tmpdir(), 'bench-'))

const cli = join(root, 'packages', 'cli', 'bin', 'plangate.cjs')
const build = (name, ...flags) => [cli, 'build', library, '--output', join(folder, `${name}.tar.gz`), ...flags]
const opa = join(root, '.cache', 'oracle', 'opa')
const opaFlags = ['--target', 'wasm', '--ignore', '*_test.rego', '--output', join(folder, 'opa.tar.gz')]

try {
  const commands = await measure(
    {
      'opa build': [opa, ['build', '--bundle', library, ...opaFlags]],
      'plangate build, cold': [process.execPath, build('cold', '--no-cache')],
      'plangate build, cached': [process.execPath, build('cached', '--cache', join(folder, 'cache'))],
      'plangate list': [process.execPath, [cli, 'list']],
    },
    { runs, allowed: [0] },
  )
  const inside = fileURLToPath(new URL('inside.mjs', import.meta.url))
  const call = (...args) => JSON.parse(execFileSync(process.execPath, [inside, library, ...args], { encoding: 'utf8' }))
  const cache = join(folder, 'calls')
  call(cache)
  const samples = Array.from({ length: runs }, () => ({ ...call(), ...call(cache) }))
  const calls = Object.fromEntries(
    ['cold', 'warm', 'cached'].map((name) => [
      `compileBundle, ${name}`,
      Object.fromEntries(
        ['seconds', 'cpu', 'megabytes'].map((key) => [key, median(samples.map((sample) => sample[name][key]))]),
      ),
    ]),
  )
  print({ ...commands, ...calls }, commands['opa build'])
} finally {
  rmSync(folder, { recursive: true })
}

function print(results, base) {
  console.log(`the library, median of ${runs} runs in turn; calls without the start of Node`)
  console.log('')
  console.log('                         seconds   × opa build   cpu seconds   × opa build   peak MB   × opa build')
  for (const [name, { seconds, cpu, megabytes }] of Object.entries(results)) {
    const cells = [seconds.toFixed(3).padStart(9), (seconds / base.seconds).toFixed(2).padStart(13)]
    cells.push(cpu.toFixed(2).padStart(13), (cpu / base.cpu).toFixed(2).padStart(13))
    cells.push(megabytes.toFixed(0).padStart(9), (megabytes / base.megabytes).toFixed(2).padStart(13))
    console.log(name.padEnd(23) + cells.join(' '))
  }
}
