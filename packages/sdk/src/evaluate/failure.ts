import { PlangateError } from '@plangate/bundle'

/** A message that OPA's WASM gave before it stopped. */
export class Abort extends Error {}

/** Bytes that WASM can address, less the last page. */
const MOST_BYTES = 2 ** 32 - 2 ** 16

/** Where an evaluation was when it stopped. */
export type Step = 'load' | 'parse' | 'evaluate'

/**
 * Returns the coded error for whatever stopped an evaluation. A coded error stays as it is.
 *
 * Texts that come from OPA's WASM name places in policies, never values; those of other errors may quote one.
 */
export const failure = (cause: unknown, step: Step, memoryBytes: number): Error => {
  if (cause instanceof PlangateError) return cause
  const message = (cause instanceof Error ? cause.message : String(cause)).replaceAll(/\s+/g, ' ')
  // OPA's allocator counts in 32 bits, and does not notice when it passes the end of 4 GiB.
  const isPastEnd = memoryBytes >= MOST_BYTES && message.includes('memory access out of bounds')
  if (isPastEnd || /opa_malloc|memory\.grow|Array buffer allocation/i.test(message)) {
    return new PlangateError('ERR_MEMORY_LIMIT', `the evaluation needs more than ${memoryBytes} bytes of memory`, {
      hint: 'give it more memory, at most 4 GiB, or gate a smaller plan',
      cause,
    })
  }
  if (cause instanceof Abort && step === 'parse') {
    return new PlangateError('ERR_INPUT_ENCODING', `the plan holds text that is not Unicode: ${message}`, {
      hint: 'look for an escape from `\\ud800` to `\\udfff` without its other half',
      cause,
    })
  }
  if (!isTelling(cause)) return unexpected(cause)
  return new PlangateError('ERR_EVALUATION', `the evaluation stopped: ${message}`, {
    hint: /conflict|keys must be unique/.test(message)
      ? 'a rule or function at this place gives two values; let its bodies exclude each other'
      : 'nothing is decided; try the policy on a smaller plan',
    cause,
  })
}

/** Returns the coded error for one that nobody has foreseen, without its text and its cause, which may quote a value. */
export const unexpected = (cause: unknown): PlangateError => {
  const kind = cause instanceof Error ? cause.name : typeof cause
  return new PlangateError('ERR_EVALUATION', `the evaluation stopped: unexpected \`${kind}\``, {
    hint: 'nothing is decided; try the policy on a smaller plan',
  })
}

/** Whether an error's text is of OPA's WASM or of the engine, such as that the stack is full. */
const isTelling = (cause: unknown): boolean =>
  cause instanceof Abort ||
  (cause instanceof Error && cause.name === 'RuntimeError') ||
  (cause instanceof RangeError &&
    /^(?:Maximum call stack size exceeded$|Invalid (?:string|array|typed array) length)/.test(cause.message))
