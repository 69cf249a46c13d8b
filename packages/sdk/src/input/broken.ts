import { PlangateError } from '@plangate/bundle'
import { eventStream } from './plan.ts'

const showHint = 'write it with `terraform plan -out tf.plan` and `terraform show -json tf.plan > plan.json`'
const fail = (code: ConstructorParameters<typeof PlangateError>[0], message: string, hint: string): PlangateError =>
  new PlangateError(code, message, { hint })

const startsWith = (bytes: Uint8Array, ...prefix: number[]): boolean => prefix.every((byte, at) => bytes[at] === byte)

/**
 * Proves by its first bytes that a plan may be JSON in UTF-8.
 *
 * @param bytes at least four, if the plan has so many
 * @throws PlangateError `ERR_INPUT_EMPTY`, `ERR_INPUT_BINARY_PLAN`, `ERR_INPUT_ENCODING`
 */
export const checkStart = (bytes: Uint8Array): void => {
  if (bytes.length === 0) throw fail('ERR_INPUT_EMPTY', 'the plan is empty: 0 bytes', showHint)
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) {
    throw fail(
      'ERR_INPUT_BINARY_PLAN',
      'the input is a binary plan file',
      'print it as JSON with `terraform show -json <plan file>`',
    )
  }
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
    throw fail(
      'ERR_INPUT_ENCODING',
      'the plan begins with a byte order mark',
      'save it as UTF-8 without one; in PowerShell 7: `terraform show -json tf.plan | Out-File -Encoding utf8NoBOM plan.json`',
    )
  }
  const isUtf16 =
    startsWith(bytes, 0xff, 0xfe) ||
    startsWith(bytes, 0xfe, 0xff) ||
    bytes[0] === 0 ||
    (bytes.length > 1 && bytes[1] === 0)
  if (isUtf16) {
    throw fail(
      'ERR_INPUT_ENCODING',
      'the plan is in UTF-16, not UTF-8',
      'Windows PowerShell writes UTF-16 with `>`: use `terraform show -json tf.plan | Out-File -Encoding ascii plan.json`, or cmd',
    )
  }
}

/** Returns the error for a plan that nests deeper than `most` levels. */
export const tooDeep = (most: number): PlangateError =>
  fail(
    'ERR_INPUT_TOO_DEEP',
    `the plan nests deeper than ${most} levels`,
    'Terraform writes no such plan: check where it comes from',
  )

/** Returns the error for a plan that is not UTF-8. */
export const notUtf8 = (): PlangateError => fail('ERR_INPUT_ENCODING', 'the plan is not valid UTF-8', showHint)

/** What is known of a text that is not one JSON document. */
export interface Broken {
  /** Its first bytes, without white space. */
  readonly head: Uint8Array
  readonly bytes: number
  /** The offset behind the first document, where there is one. */
  readonly end: number | undefined
  /** Whether its last object, array or string is open, and no other has ended before it. */
  readonly isOpen: boolean
}

/** Returns the error for a text that is not one JSON document. */
export const brokenJson = ({ head, bytes, end, isOpen }: Broken): PlangateError => {
  if (head.length === 0) return fail('ERR_INPUT_EMPTY', 'the plan is empty', showHint)
  if (startsWith(head, ...new TextEncoder().encode('{"@level"'))) return eventStream()
  if (head[0] === 0x7b || head[0] === 0x5b) {
    if (end !== undefined) {
      return fail(
        'ERR_INPUT_TRAILING',
        `the plan is followed by something else, from byte ${end}`,
        'give one plan per file, with nothing before or after it',
      )
    }
    if (isOpen) {
      return fail(
        'ERR_INPUT_TRUNCATED',
        `the plan stops in the middle, after ${bytes} bytes`,
        'the command that wrote it was cut off: write it again and check its exit code',
      )
    }
  }
  return fail('ERR_INPUT_NOT_JSON', 'the input is not JSON', showHint)
}
