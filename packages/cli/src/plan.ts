import {
  type Decision,
  type EvaluateOptions,
  type Gate,
  type Outcome,
  PlangateError,
  mergeDecisions,
} from '@plangate/sdk'

/**
 * What all gates together decide about the plan in standard input; each is given its own options.
 *
 * Throws `ERR_INPUT_EMPTY_PIPE` when nothing at all comes through: the command before the pipe has failed, which is another
 * fault than an empty file.
 */
async function decidePipe(gates: readonly Gate[], options: (at: number) => EvaluateOptions): Promise<Decision> {
  const input: StandardInput = { bytes: 0, chunks: [], keep: gates.length > 1 }
  try {
    const decisions: Decision[] = []
    for (const [at, gate] of gates.entries()) {
      decisions.push(await gate.evaluate(at === 0 ? standardInput(input) : Buffer.concat(input.chunks), options(at)))
    }
    return merged(decisions)
  } catch (error) {
    // What has not come to its end would keep the process waiting for it.
    process.stdin.destroy()
    if (!(error instanceof PlangateError) || error.code !== 'ERR_INPUT_EMPTY' || input.bytes > 0) throw error
    throw new PlangateError('ERR_INPUT_EMPTY_PIPE', 'nothing came through standard input', {
      hint: 'the command before the pipe printed nothing: run `terraform show -json tf.plan` by itself and see',
    })
  }
}

/** What becomes of one plan. */
export type Judged = {
  readonly name: string
  /** What policies have printed about it. */
  readonly printed: readonly string[]
} & (
  | { readonly decision: Decision; readonly error?: undefined }
  | { readonly error: PlangateError; readonly decision?: undefined }
)

/**
 * What all gates together decide about each of the plans, files or `-` for standard input, in their order; `shown` gives the bytes
 * of those that are not read as they lie there. One that cannot be decided stops no other; at
 * most as many are held as the gates have threads for.
 */
export async function* decideEach(
  names: readonly string[],
  gates: readonly Gate[],
  options: EvaluateOptions,
  shown: ReadonlyMap<string, () => Promise<Uint8Array>> = new Map(),
): AsyncGenerator<Judged, undefined> {
  const files = names.filter((name) => name !== '-' && !shown.has(name))
  const prints = gates.map(() => new Map<string, string[]>())
  const keeping = (at: number, unnamed = '-'): EvaluateOptions => ({
    ...options,
    onPrint: (line, plan) => {
      const name = typeof plan === 'string' ? plan : unnamed
      const lines = prints[at]?.get(name)
      if (lines === undefined) prints[at]?.set(name, [line])
      else lines.push(line)
    },
  })
  const printed = (name: string): readonly string[] =>
    prints.flatMap((kept) => {
      const lines = kept.get(name) ?? []
      kept.delete(name)
      return lines
    })
  const all = gates.map((gate, at) => gate.evaluateAll(files, keeping(at)))
  try {
    for (const name of names) {
      const show = shown.get(name)
      const outcome = await judged(async () => {
        if (show !== undefined) return decideBytes(await show(), gates, (at) => keeping(at, name))
        return name === '-' ? decidePipe(gates, keeping) : next(all)
      })
      yield { name, printed: printed(name), ...outcome }
    }
  } finally {
    await Promise.all(all.map((outcomes) => outcomes.return?.()))
  }
}

async function decideBytes(
  plan: Uint8Array,
  gates: readonly Gate[],
  options: (at: number) => EvaluateOptions,
): Promise<Decision> {
  return merged(await Promise.all(gates.map((gate, at) => gate.evaluate(plan, options(at)))))
}

async function judged(
  decision: () => Promise<Decision>,
): Promise<{ readonly decision: Decision } | { readonly error: PlangateError }> {
  try {
    return { decision: await decision() }
  } catch (error) {
    if (error instanceof PlangateError) return { error }
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
