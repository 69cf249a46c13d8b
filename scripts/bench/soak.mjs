/**
 * Decides many plans in threads, one in twenty of them so that the evaluation stops, checks every answer, and prints how
 * much memory the process holds; then swaps bundles under way. Ends with 1 for a wrong answer or for memory that grows.
 *
 * `npm run bench -- soak [evaluations] [swaps]`; 200,000 and 1,000 unless something else is said.
 */
import { compileBundle } from '../../packages/compiler/dist/index.js'
import { loadGate } from '../../packages/sdk/dist/index.js'

const evaluations = Number(process.argv[2] ?? 200_000)
const swaps = Number(process.argv[3] ?? 1_000)
const lanes = 8

const policies = (name) => `package main

deny contains msg if {
	some r in input.resource_changes
	r.type == "aws_s3_bucket"
	not r.change.after.encrypted
	msg := sprintf("${name}: %s is open (%d)", [r.address, r.change.after.size])
}

warn contains "conflict" if conflict == 3

conflict := 1 if input.variables.conflict

conflict := 2 if input.variables.conflict

warn contains "endless" if {
	input.variables.endless
	count([1 | some a in numbers.range(1, 100000); some b in numbers.range(1, 100000); a * b == -1]) > 0
}

warn contains "hog" if { input.variables.hog; count(numbers.range(1, 100000000)) > 0 }
`

const bundles = await Promise.all(
  ['a', 'b'].map(async (name) => {
    const sources = { 'main.rego': policies(name) }
    const { bundle, diagnostics } = await compileBundle({ sources, namespaces: ['main'], thread: 'caller' })
    if (bundle === undefined) throw new Error(JSON.stringify(diagnostics))
    return { name, bundle }
  }),
)

/** Random numbers that a seed repeats: mulberry32. */
const randomOf = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}

// How an evaluation stops, each with its share of those that do: what costs a thread is rare, and still comes by the hundred.
const stops = [
  { share: 0.9, code: 'ERR_EVALUATION', variable: 'conflict' },
  { share: 0.04, code: 'ERR_INPUT_TRUNCATED', cut: true },
  { share: 0.02, code: 'ERR_MEMORY_LIMIT', variable: 'hog', limits: { memoryBytes: 4 * 2 ** 20 } },
  { share: 0.02, code: 'ERR_TIME_LIMIT', variable: 'endless', limits: { milliseconds: 100 } },
  { share: 0.02, code: 'ERR_ABORTED', variable: 'endless', abortMs: 100 },
]
const stopOf = (random) => {
  let left = random()
  return stops.find(({ share }) => (left -= share) < 0) ?? stops[0]
}

/** A plan and what has to come of it. */
const caseOf = (number, name) => {
  const random = randomOf(number)
  const stop = number % 20 === 7 ? stopOf(random) : undefined
  const resources = Array.from({ length: Math.floor(random() * 12) }, (_, at) => ({
    address: `aws_s3_bucket.b${number}[${at}]`,
    type: random() < 0.7 ? 'aws_s3_bucket' : 'aws_kms_key',
    change: { actions: ['create'], after: { size: Math.floor(random() * 1e6), encrypted: random() < 0.5 } },
  }))
  const text = JSON.stringify({
    format_version: '1.2',
    planned_values: {},
    resource_changes: resources,
    variables: stop?.variable === undefined ? {} : { [stop.variable]: { value: 1 } },
  })
  const open = resources.filter(({ type, change }) => type === 'aws_s3_bucket' && !change.after.encrypted)
  const messages = open.map(({ address, change }) => `${name}: ${address} is open (${change.after.size})`)
  const bytes = new TextEncoder().encode(text)
  return {
    plan: stop?.cut ? bytes.subarray(0, bytes.length - 9) : bytes,
    stop,
    expected: stop?.code ?? messages.sort().join(),
  }
}

const counts = {}
const check = async (gate, number, name) => {
  const { plan, stop, expected } = caseOf(number, name)
  const controller = new AbortController()
  const timer = stop?.abortMs === undefined ? undefined : setTimeout(() => controller.abort(), stop.abortMs)
  const options = { limits: stop?.limits ?? {}, ...(timer === undefined ? {} : { signal: controller.signal }) }
  const answer = await gate.evaluate(plan, options).then(
    ({ findings }) =>
      findings
        .map(({ msg }) => msg)
        .sort()
        .join(),
    ({ code, message }) => code ?? message,
  )
  clearTimeout(timer)
  const kind = stop?.code ?? 'decided'
  counts[kind] = (counts[kind] ?? 0) + 1
  if (answer !== expected) throw new Error(`evaluation ${number}: \`${answer}\` instead of \`${expected}\``)
}

const start = process.hrtime.bigint()
const curve = []
const sample = (label) => {
  const { rss, heapUsed } = process.memoryUsage()
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  const { user, system } = process.cpuUsage()
  curve.push(rss)
  const cells = [
    label,
    seconds.toFixed(0),
    ((user + system) / 1e6).toFixed(0),
    ...[rss, heapUsed].map((bytes) => (bytes / 2 ** 20).toFixed(0)),
  ]
  console.log(cells.map((cell) => String(cell).padStart(12)).join(''))
}
/** Whether the last third of the curve holds more than a tenth, and 32 MiB, more than the third before it. */
const grows = (from) => {
  const part = curve.slice(from)
  const third = Math.floor(part.length / 3)
  return third > 0 && Math.max(...part.slice(-third)) > Math.max(...part.slice(third, -third)) * 1.1 + 32 * 2 ** 20
}

console.log('how much the whole process holds, threads included\n')
console.log(['evaluations', 'seconds', 'cpu s', 'RSS MiB', 'heap MiB'].map((cell) => cell.padStart(12)).join(''))
const [first, second] = bundles
const gate = await loadGate(first.bundle, { workers: 2 })
let next = 0
const lane = async () => {
  while (next < evaluations) {
    const number = next++
    await check(gate, number, first.name)
    if (number % Math.ceil(evaluations / 20) === 0) sample(number)
  }
}
await Promise.all(Array.from({ length: lanes }, lane))
sample(evaluations)
await gate.close()
console.log(`\nevery answer is right: ${JSON.stringify(counts)}`)
let failed = grows(0)

console.log(`\n${['swaps', 'seconds', 'cpu s', 'RSS MiB', 'heap MiB'].map((cell) => cell.padStart(12)).join('')}`)
const from = curve.length
let current = { ...first, gate: await loadGate(first.bundle) }
let number = 0
for (let swap = 0; swap < swaps; swap++) {
  if (swap % Math.ceil(swaps / 20) === 0) sample(swap)
  const { name, gate: old } = current
  const evaluation = () => check(old, 20 * number++, name)
  const running = Array.from({ length: 3 }, evaluation)
  const other = current.name === first.name ? second : first
  // One in ten has threads, which take longer to start than a gate without.
  current = { ...other, gate: await loadGate(other.bundle, swap % 10 === 0 ? { workers: 1 } : {}) }
  await old.close({ drain: true })
  await Promise.all(running)
}
await current.gate.close()
sample(swaps)
failed ||= grows(from)
console.log(`\n${failed ? 'memory grows' : 'memory is flat'}`)
process.exitCode = failed ? 1 : 0
