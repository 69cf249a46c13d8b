import { createHash } from 'node:crypto'
import { PlangateError } from '@plangate/bundle'
import { eventStream, planOf } from '../../src/input/plan.ts'
import { MAX_DEPTH, type PlanFacts } from '../../src/input/reading.ts'
import { scan } from './scan.ts'
import { sensitiveValues } from './sensitive.ts'

const showHint = 'write it with `terraform plan -out tf.plan` and `terraform show -json tf.plan > plan.json`'
const fail = (code: ConstructorParameters<typeof PlangateError>[0], message: string, hint: string): never => {
  throw new PlangateError(code, message, { hint })
}

/**
 * Returns the facts of a plan, after proving that its bytes are one UTF-8 JSON document that is a plan.
 *
 * INVARIANT: bytes that pass are read by OPA's WASM as the same document. It takes broken JSON for undefined input and
 * ignores what follows the first value, and both open a gate, so nothing that fails here may reach it.
 *
 * The document itself is dropped before this returns: while policies run, memory holds the bytes and the WASM's copy only.
 * No error carries text of the plan, nor a cause that does.
 *
 * @throws PlangateError each of the `ERR_INPUT_*` codes
 */
export const parsePlan = (bytes: Uint8Array): PlanFacts => {
  checkBytes(bytes)
  const shape = scan(bytes, MAX_DEPTH)
  if (shape.depth > MAX_DEPTH) {
    fail(
      'ERR_INPUT_TOO_DEEP',
      `the plan nests deeper than ${MAX_DEPTH} levels`,
      'Terraform writes no such plan: check where it comes from',
    )
  }
  const text = decode(bytes)
  if (/^[ \t\r\n]*$/.test(text)) fail('ERR_INPUT_EMPTY', 'the plan is empty', showHint)
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    throw brokenJson(bytes, text, shape)
  }
  const plan = planOf(document)
  return {
    formatVersion: plan.format_version,
    terraformVersion: plan.terraform_version ?? '',
    resources: plan.resource_changes?.length ?? 0,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sensitive: sensitiveValues(plan),
  }
}

const startsWith = (bytes: Uint8Array, ...prefix: number[]): boolean => prefix.every((byte, at) => bytes[at] === byte)

const checkBytes = (bytes: Uint8Array): void => {
  if (bytes.length === 0) fail('ERR_INPUT_EMPTY', 'the plan is empty: 0 bytes', showHint)
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) {
    fail(
      'ERR_INPUT_BINARY_PLAN',
      'the input is a binary plan file',
      'print it as JSON with `terraform show -json <plan file>`',
    )
  }
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
    fail(
      'ERR_INPUT_ENCODING',
      'the plan begins with a byte order mark',
      'save it as UTF-8 without one; in PowerShell 7: `terraform show -json tf.plan | Out-File -Encoding utf8NoBOM plan.json`',
    )
  }
  const utf16 =
    startsWith(bytes, 0xff, 0xfe) ||
    startsWith(bytes, 0xfe, 0xff) ||
    bytes[0] === 0 ||
    (bytes.length > 1 && bytes[1] === 0)
  if (utf16) {
    fail(
      'ERR_INPUT_ENCODING',
      'the plan is in UTF-16, not UTF-8',
      'Windows PowerShell writes UTF-16 with `>`: use `terraform show -json tf.plan | Out-File -Encoding ascii plan.json`, or cmd',
    )
  }
}

const decode = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return fail('ERR_INPUT_ENCODING', 'the plan is not valid UTF-8', showHint)
  }
}

const brokenJson = (bytes: Uint8Array, text: string, shape: ReturnType<typeof scan>): PlangateError => {
  if (/^[ \t\r\n]*\{"@level"/.test(text)) return eventStream()
  const container = /^[ \t\r\n]*[[{]/.test(text)
  if (container && (shape.open > 0 || shape.inString) && shape.end === -1) {
    return new PlangateError('ERR_INPUT_TRUNCATED', `the plan stops in the middle, after ${bytes.length} bytes`, {
      hint: 'the command that wrote it was cut off: write it again and check its exit code',
    })
  }
  if (container && shape.end !== -1 && isJson(bytes.subarray(0, shape.end))) {
    return new PlangateError('ERR_INPUT_TRAILING', `the plan is followed by something else, from byte ${shape.end}`, {
      hint: 'give one plan per file, with nothing before or after it',
    })
  }
  return new PlangateError('ERR_INPUT_NOT_JSON', 'the input is not JSON', { hint: showHint })
}

const isJson = (bytes: Uint8Array): boolean => {
  try {
    JSON.parse(new TextDecoder().decode(bytes))
    return true
  } catch {
    return false
  }
}
