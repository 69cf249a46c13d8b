/**
 * The evaluator beside conftest, `opa eval`, bare opa-wasm and a Node that only parses the plan: ratios of medians taken
 * in turn in one run, whole processes and warm, with CPU time and peak memory.
 *
 * `npm run bench -- evaluate [part]`, all parts unless one is named:
 *
 *     library [resources] [runs]        the library; 50,000 resources (100 MB) and 3 runs unless something else is said
 *     rules [policies] [resources] [runs]   policies as people write them for conftest, 120 unless said
 *     small [runs]                      50 resources: whole processes, and in a process that has decided before
 *     grow [resources] [runs]           30, 120 and 240 policies, all of which find faults, and of which 30 do
 *     profile [resources]               the share of each policy
 *
 * Compare CPU time where other work runs on the machine. A command that takes more than two minutes is given up.
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { commandsOf, findingsOf, library, megabytesOf, planOf, warm, written } from './cases.mjs'
import { measure } from './measure.mjs'

const timeoutMs = 120_000

const parts = {
  library: async (resources = 50_000, runs = 3) => whole(await library(), resources, runs),
  rules: async (count = 120, resources = 50_000, runs = 3) => whole(await written(count), resources, runs),
  small: async (runs = 11) => {
    for (const policies of [await library(), await written(30)]) {
      await whole(policies, 50, runs, { 'node -e 0': [process.execPath, ['-e', '0']] })
      await inProcess(policies, 50, 400)
    }
  },
  grow: async (resources = 50_000, runs = 1) => {
    // With as many findings as more policies make of the same faults, and with those of 30 only.
    for (const isCalm of [false, true]) {
      const taken = []
      for (const count of [30, 120, 240]) {
        const policies = await written(count, { isCalm })
        const { plangate } = await whole(policies, resources, runs)
        const findings = findingsOf(commandsOf(policies, await planOf(resources)).plangate)
        taken.push({ count, findings, cpu: plangate.cpu })
      }
      for (const { count, findings, cpu } of taken) {
        console.log(`${count} policies: ${findings} findings, ${ratio(cpu, taken[0].cpu)} times the CPU time of 30`)
      }
      console.log('')
    }
  },
  profile: async (resources = 50_000) => {
    const { bundle } = await library()
    const script = fileURLToPath(new URL('profile.mjs', import.meta.url))
    execFileSync(process.execPath, [script, bundle, await planOf(resources)], { stdio: 'inherit' })
  },
}

/** All parts, in an order that shows something early. */
const all = async () => {
  await parts.small()
  await parts.library(1_000, 5)
  await parts.library()
  await parts.profile()
  await parts.grow()
}

async function whole(policies, resources, runs, others = {}) {
  const plan = await planOf(resources)
  const commands = { ...others, ...commandsOf(policies, plan) }
  const results = await measure(commands, { runs, allowed: [0, 1], timeoutMs })
  const heading = `${policies.name}, ${resources} resources, ${megabytesOf(plan).toFixed(1)} MB, whole processes, median of ${runs}`
  print(heading, results, Object.keys(commands)[0])
  const { plangate, conftest } = results
  console.log(
    `plangate: ${ratio(conftest.cpu, plangate.cpu)} times as fast as conftest by CPU time, ` +
      `${ratio(conftest.seconds, plangate.seconds)} by the clock, in ${ratio(plangate.megabytes, conftest.megabytes)} of its memory\n`,
  )
  return results
}

async function inProcess(policies, resources, rounds) {
  const plan = await planOf(resources)
  const subjects = ['JSON.parse', 'plangate', 'opa-wasm']
  const results = Object.fromEntries(subjects.map((subject) => [subject, warm(subject, policies, plan, rounds)]))
  print(`${policies.name}, ${resources} resources, warm in a process, median of ${rounds}`, results, 'JSON.parse', 1000)
  for (const [name, { first }] of Object.entries(results))
    console.log(`first of ${name}: ${(first * 1000).toFixed(1)} ms`)
  console.log('')
}

/** Prints a table of results beside the one that is named; `scale` is 1000 for milliseconds. */
function print(heading, results, base, scale = 1) {
  const unit = scale === 1 ? 's' : 'ms'
  const than = `× ${base}`
  console.log(`${heading}\n`)
  console.log(['', unit, than, `CPU ${unit}`, than, 'peak MB', than].map((cell) => cell.padStart(13)).join(''))
  for (const [name, result] of Object.entries(results)) {
    const cells = ['seconds', 'cpu', 'megabytes'].flatMap((key) => {
      const value = key === 'megabytes' ? result[key] : result[key] * scale
      return [value.toFixed(key === 'megabytes' ? 0 : 3), ratio(result[key], results[base][key])]
    })
    console.log(
      name.padStart(13) + cells.map((cell) => (Number.isNaN(Number(cell)) ? '-' : cell).padStart(13)).join(''),
    )
  }
  console.log('')
}

function ratio(value, base) {
  return (value / base).toFixed(2)
}

const [name, ...numbers] = process.argv.slice(2)
const part = name === undefined ? all : parts[name]
if (part === undefined || numbers.some((number) => !/^\d+$/.test(number))) {
  console.error(
    `usage: npm run bench -- evaluate [${Object.keys(parts).join(' | ')}] [numbers, see scripts/bench/evaluate.mjs]`,
  )
  process.exitCode = 1
} else await part(...numbers.map(Number))
