import {
  type Decision,
  type EvaluateOptions,
  type Gate,
  type Outcome,
  PlangateError,
  mergeDecisions,
} from '@plangate/sdk'

/**
 * What all gates together decide about the plan in the file `name`, or in standard input for `-`.
 *
 * Throws `ERR_INPUT_EMPTY_PIPE` when nothing at all comes through standard input: the command before the pipe has
 * failed, which is another fault than an empty file.
 */
export async function decide(name: string, gates: readonly Gate[], options: EvaluateOptions): Promise<Decision> {
  if (name !== '-') return decideAll(gates, () => name, options)
  const input: StandardInput = { bytes: 0, chunks: [], keep: gates.length > 1 }
  try {
    return await decideAll(
      gates,
      (index) => (index === 0 ? standardInput(input) : Buffer.concat(input.chunks)),
      options,
    )
  } catch (error) {
    // What has not come to its end would keep the process waiting for it.
    process.stdin.destroy()
    if (!(error instanceof PlangateError) || error.code !== 'ERR_INPUT_EMPTY' || input.bytes > 0) throw error
    throw new PlangateError('ERR_INPUT_EMPTY_PIPE', 'nothing came through standard input', {
      hint: 'the command before the pipe printed nothing: run `terraform show -json tf.plan` by itself and see',
    })
  }
}

/** What becomes of one plan among several. */
export type Judged =
  | { readonly name: string; readonly decision: Decision; readonly error?: undefined }
  | { readonly name: string; readonly error: PlangateError; readonly decision?: undefined }

/**
 * What all gates together decide about each of several plans, in their order. One that cannot be decided stops no other; at
 * most as many are held as the gates have threads for.
 */
export async function* decideEach(
  names: readonly string[],
  gates: readonly Gate[],
  options: EvaluateOptions,
): AsyncGenerator<Judged, undefined> {
  const files = names.filter((name) => name !== '-')
  const all = gates.map((gate) => gate.evaluateAll(files, options))
  try {
    for (const name of names) yield await judged(name, () => (name === '-' ? decide(name, gates, options) : next(all)))
  } finally {
    await Promise.all(all.map((outcomes) => outcomes.return?.()))
  }
}

async function judged(name: string, decision: () => Promise<Decision>): Promise<Judged> {
  try {
    return { name, decision: await decision() }
  } catch (error) {
    if (error instanceof PlangateError) return { name, error }
    throw error
  }
}

/** The decision of all gates about the next plan; throws what the first of them throws that has none. */
async function next(all: readonly AsyncIterator<Outcome>[]): Promise<Decision> {
  const decisions: Decision[] = []
  for (const { value } of await Promise.all(all.map((outcomes) => outcomes.next()))) {
    if (value?.decision === undefined) throw value?.error ?? new TypeError('each plan has an outcome')
    decisions.push(value.decision)
  }
  return merged(decisions)
}

function merged([first, ...rest]: readonly Decision[]): Decision {
  if (first === undefined) throw new TypeError('a decision needs a gate')
  return mergeDecisions(first, ...rest)
}

type PlanSource = string | Uint8Array | AsyncIterable<Uint8Array>

async function decideAll(
  gates: readonly Gate[],
  plan: (index: number) => PlanSource,
  options: EvaluateOptions,
): Promise<Decision> {
  const decisions: Decision[] = []
  for (const [index, gate] of gates.entries()) decisions.push(await gate.evaluate(plan(index), options))
  return merged(decisions)
}

interface StandardInput {
  bytes: number
  readonly chunks: Uint8Array[]
  readonly keep: boolean
}

/** Standard input for the first gate, which alone checks how large it may be; kept for the gates after it. */
async function* standardInput(input: StandardInput): AsyncIterable<Uint8Array> {
  for await (const chunk of process.stdin) {
    // Without an encoding, standard input yields buffers.
    const bytes = chunk as Uint8Array
    input.bytes += bytes.length
    if (input.keep) input.chunks.push(bytes)
    yield bytes
  }
}
