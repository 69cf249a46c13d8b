/**
 * The gate on a large plan, as whole processes: plangate with its library, conftest with the same policies, and a Node
 * that only parses the file. Prints ratios of medians taken in turn in one run, with peak memory.
 *
 * `npm run bench -- [resources] [runs]`; 50,000 resources (about 100 MB) and 3 runs unless something else is said.
 */
import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measure } from './measure.mjs'
import { writePlan } from './plan.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const resources = Number(process.argv[2] ?? 50_000)
const runs = Number(process.argv[3] ?? 3)
const folder = join(root, '.cache', 'bench')
const plan = join(folder, `${resources}.plan.json`)
const data = join(folder, 'data.json')

mkdirSync(folder, { recursive: true })
if (!existsSync(plan)) {
  await writePlan(resources, `${plan}.part`)
  renameSync(`${plan}.part`, plan)
}
writeFileSync(data, JSON.stringify({ plangate: { config: { environment: 'prod' } } }))

const cli = join(root, 'packages', 'cli', 'bin', 'plangate.mjs')
const parse = `JSON.parse(require('node:fs').readFileSync(${JSON.stringify(plan)}, 'utf8'))`
const commands = {
  plangate: [process.execPath, [cli, 'test', '--policy', 'builtin', '--env', 'prod', '--output', 'json', plan]],
  conftest: [
    join(root, '.cache', 'oracle', 'conftest'),
    ['test', '-p', join(root, 'policies', 'plangate'), '-d', data, '-n', 'plangate.main', '-o', 'json', plan],
  ],
  'JSON.parse': [process.execPath, ['-e', parse]],
}

const results = await measure(commands, { runs, allowed: [0, 1] })
const base = results['JSON.parse']
const size = (statSync(plan).size / 1e6).toFixed(0)
console.log(`${resources} resources, ${size} MB, median of ${runs} runs in turn, whole processes`)
console.log('')
console.log('command       seconds   × JSON.parse   peak MB   × JSON.parse')
for (const [name, { seconds, megabytes }] of Object.entries(results)) {
  console.log(
    [
      name.padEnd(12),
      seconds.toFixed(2).padStart(8),
      (seconds / base.seconds).toFixed(2).padStart(14),
      megabytes.toFixed(0).padStart(9),
      (megabytes / base.megabytes).toFixed(2).padStart(14),
    ].join(' '),
  )
}
const { plangate, conftest } = results
console.log('')
console.log(
  `plangate is ${(conftest.seconds / plangate.seconds).toFixed(2)} times as fast as conftest and takes ` +
    `${(plangate.megabytes / conftest.megabytes).toFixed(2)} of its memory`,
)
