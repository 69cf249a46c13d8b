import { badArgument, PlangateError } from '@plangate/bundle'

/** Returns the error for a plan of more bytes than were allowed. */
export const tooLarge = (limit: number): PlangateError =>
  new PlangateError('ERR_INPUT_TOO_LARGE', `the plan is larger than ${limit} bytes`, { hint: 'raise `limits.bytes`' })

/** Returns the error for a plan that cannot be read. */
export const unreadable = (what: string, cause: unknown): PlangateError =>
  new PlangateError('ERR_INPUT_NOT_FOUND', `cannot read ${what}`, {
    hint: 'write one with `terraform plan -out tf.plan` and `terraform show -json tf.plan > plan.json`',
    cause,
  })

/**
 * Returns the pieces of a plan as they come, as long as they are bytes, and no more than `limit`.
 *
 * @throws PlangateError `ERR_INPUT_NOT_FOUND`, `ERR_INPUT_TOO_LARGE`, `ERR_ARGUMENT_INVALID` for what is not bytes
 */
export async function* checked(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
  what = 'the stream of the plan',
): AsyncGenerator<Uint8Array> {
  let total = 0
  try {
    for await (const chunk of chunks) {
      if (!(chunk instanceof Uint8Array))
        throw badArgument('plan', 'is a stream that gives no bytes: leave its encoding unset')
      total += chunk.byteLength
      if (total > limit) throw tooLarge(limit)
      yield chunk
    }
  } catch (cause) {
    if (cause instanceof PlangateError) throw cause
    throw unreadable(what, cause)
  }
}
