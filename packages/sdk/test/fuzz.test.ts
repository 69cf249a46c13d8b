import { readFileSync } from 'node:fs'
import { PlangateError, type Reads, readBundle, readSets } from '@plangate/bundle'
import { loadOpa } from '@plangate/opa'
import { expect, test } from '@jest/globals'
import { type Random, randomOf } from '../../compiler/test/reads/random.ts'
import { compilePolicy } from '../src/evaluate/wasm.ts'
import { type InputReads, readInput, readInputStream } from '../src/input/read.ts'
import type { PlanInput } from '../src/input/reading.ts'
import { planWith, stack } from './bundle.ts'
import { planDocument } from './documents.ts'
import { mutated } from './mutate.ts'
import { readings } from './reads.ts'
import { parsePlan } from './reference/parse.ts'

const full = process.env['PLANGATE_TEST_FULL'] !== undefined
const count = Number(process.env['PLANGATE_FUZZ'] ?? (full ? 1_000_000 : 20_000))
const seed = Number(process.env['PLANGATE_SEED'] ?? (full ? 11 : 3))

const policy = `package a

by_type := {type: rs |
	some type in {r.type | some r in input.resource_changes}
	rs := [r | some r in input.resource_changes; r.type == type]
}

deny contains [r.address, r.change.after.a] if some r in by_type.aws_a

deny contains r.change if some r in by_type.aws_sagemaker_model

deny contains [name, v.value] if some name, v in input.variables

deny contains count(input.resource_changes)

deny contains [i, input.resource_changes[i].change.actions] if some i in [0, 1, 2]

deny contains walked if {
	some r in input.resource_drift
	r.type == "aws_b"
	walk(r.change, walked)
}
`

const unanswered = (): undefined => undefined

/** A policy, what it reads, and what it says about an input. */
const evaluator = async () => {
  const files = [{ path: 'a.rego', contents: new TextEncoder().encode(policy) }]
  const options = { target: 'wasm', entrypoints: ['a/deny'], fallback: 'test', regoVersion: 1, policies: {} } as const
  const { bundle, reads } = (await loadOpa()).build(files, options)
  if (bundle === undefined || reads === undefined) throw new Error('the policy does not compile')
  const { wasm = new Uint8Array() } = await readBundle(bundle)
  const compiled = await compilePolicy(wasm)
  const data = { key: '', base: new TextEncoder().encode('{}'), mounts: [] }
  const request = { data, entrypoints: ['a/deny'], builtin: unanswered, memoryBytes: 2 ** 28 }
  return {
    // `as`: the report as the compiler writes it into manifests
    reads: readSets(reads as Reads, { entrypoints: ['a/deny'] }),
    evaluate: (input: Uint8Array): unknown => outcome(() => compiled.evaluate({ ...request, input })[0]),
  }
}

/** Small plans, so that most changes hit something: generated ones, and a real one with only some of its resources. */
const seeds = (random: Random): readonly Uint8Array[] => {
  const real = JSON.parse(readFileSync(stack('model-endpoint/open.plan.json'), 'utf8'))
  const few = { ...real, resource_changes: real.resource_changes.slice(3, 5), planned_values: {}, prior_state: {} }
  const documents = [
    planWith(),
    { ...few, configuration: {} },
    ...Array.from({ length: full ? 200 : 60 }, () => planDocument(random)),
  ]
  return documents
    .map((document, index) => JSON.stringify(document, undefined, index % 7 === 3 ? 1 : undefined))
    .filter((text, index) => index < 2 || text.length < 4000)
    .map((text) => new TextEncoder().encode(text))
}

const outcome = <T>(run: () => T): T | { readonly code: string; readonly message: string } => {
  try {
    return run()
  } catch (error) {
    // What is no coded error is a fault, and ends the test.
    if (!(error instanceof PlangateError)) throw error
    return { code: error.code, message: error.message }
  }
}

const isRead = (read: ReturnType<typeof outcome<PlanInput>>): read is PlanInput => 'input' in read

const shown = (read: ReturnType<typeof outcome<PlanInput>>): unknown =>
  isRead(read) ? { ...read.facts, sensitive: [...read.facts.sensitive].sort() } : read

async function* cut({ below, chance }: Random, bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const most = chance(5) ? 3 : 400
  for (let at = 0; at < bytes.length; ) {
    const to = Math.min(bytes.length, at + 1 + below(most))
    yield bytes.slice(at, to)
    at = to
  }
}

test(`${count} mutated plans are read as the reference reads them, and decided as the whole is`, async () => {
  const { reads, evaluate } = await evaluator()
  const random = randomOf(seed)
  const bytesOf = seeds(random)
  const all: readonly InputReads[] = [reads, reads, ...Object.values(readings)]
  const counts = { accepted: 0, smaller: 0, said: 0 }
  const faults: unknown[] = []
  for (let number = 0; number < count && faults.length < 3; number++) {
    const bytes = mutated(random, bytesOf[random.below(bytesOf.length)] ?? new Uint8Array())
    const chosen = all[random.below(all.length)] ?? reads
    const read = outcome(() => readInput(bytes, chosen))
    const expected = outcome(() => {
      const { sensitive, ...facts } = parsePlan(bytes)
      return { ...facts, sensitive: [...sensitive].sort() }
    })
    const fault = (what: string, got: unknown) => faults.push({ what, got, expected, number, text: textOf(bytes) })
    if (!agrees(shown(read), expected)) fault('facts', shown(read))
    if (number % 6 === 0) {
      const streamed = await readInputStream(cut(random, bytes), chosen).then(
        (value) => value,
        (error: unknown) => outcome<PlanInput>(() => raise(error)),
      )
      if (JSON.stringify(shown(streamed)) !== JSON.stringify(shown(read))) fault('pieces', shown(streamed))
      if (isRead(streamed) && isRead(read) && Buffer.compare(streamed.input, read.input) !== 0)
        fault('pieces', textOf(streamed.input))
    }
    if (!isRead(read)) continue
    counts.accepted += 1
    if (read.input.length < bytes.length) counts.smaller += 1
    if (chosen !== reads) continue
    const [whole, selected] = [evaluate(bytes), evaluate(read.input)]
    if (JSON.stringify(ordered(whole)) !== JSON.stringify(ordered(selected)) && !isSurrogate(whole))
      fault('decision', [whole, selected])
    if (Array.isArray(whole) && whole.length > 1) counts.said += 1
  }
  expect(faults).toEqual([])
  expect(counts.accepted).toBeGreaterThan(count / 10)
  expect(counts.smaller).toBeGreaterThan(count / 20)
  expect(counts.said).toBeGreaterThan(count / 100)
}, 7_200_000)

const raise = (error: unknown): never => {
  throw error
}

/** Where a key is given twice, what was marked under the one that does not hold is masked as well. */
const agrees = (got: unknown, expected: unknown): boolean => {
  const { sensitive: found = [], ...facts } = Object(got)
  const { sensitive: marked = [], ...others } = Object(expected)
  return (
    JSON.stringify(facts) === JSON.stringify(others) && marked.every((value: string) => found.includes(value) === true)
  )
}

/** Half a surrogate pair stops the evaluation where it is read, and not where it is left out. */
const isSurrogate = (value: unknown): boolean => Object(value).code === 'ERR_INPUT_ENCODING'

/** Sets come as arrays in no order. */
const ordered = (value: unknown): unknown =>
  Array.isArray(value) ? value.map((each: unknown) => JSON.stringify(each)).sort() : value

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
