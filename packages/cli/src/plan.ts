import { type Decision, type EvaluateOptions, type Gate, PlangateError, mergeDecisions } from '@plangate/sdk'

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

type PlanSource = string | Uint8Array | AsyncIterable<Uint8Array>

async function decideAll(
  gates: readonly Gate[],
  plan: (index: number) => PlanSource,
  options: EvaluateOptions,
): Promise<Decision> {
  const decisions: Decision[] = []
  for (const [index, gate] of gates.entries()) decisions.push(await gate.evaluate(plan(index), options))
  const [first, ...rest] = decisions
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
