import { OpaError } from './errors.ts'
import type { Request, Response } from './protocol.ts'

/** What to do about what no stack holds. */
export const tooDeep = 'a source or a value nests too deeply'

/** Returns the frame of a request, with the contents of its files behind the JSON. */
export const encodeFrame = (request: Request, contents: readonly Uint8Array[]): Uint8Array => {
  const json = new TextEncoder().encode(JSON.stringify(request))
  const size = contents.reduce((sum, { length }) => sum + length, 4 + json.length)
  const frame = new Uint8Array(size)
  new DataView(frame.buffer).setUint32(0, json.length, true)
  frame.set(json, 4)
  let offset = 4 + json.length
  for (const part of contents) {
    frame.set(part, offset)
    offset += part.length
  }
  return frame
}

/**
 * Returns the response in a frame and the bytes behind it.
 *
 * @throws OpaError `ERR_OPA_FAILED` when the response is an error
 */
export const decodeFrame = (frame: Uint8Array): { readonly response: Response; readonly bytes: Uint8Array } => {
  const end = 4 + new DataView(frame.buffer, frame.byteOffset, frame.byteLength).getUint32(0, true)
  // `as`: the other side is ours, and its types are these
  const response = JSON.parse(new TextDecoder().decode(frame.subarray(4, end))) as Response
  if (response.error !== undefined) {
    const { code, message } = response.error
    if (code === 'too_deep') throw new OpaError('ERR_OPA_FAILED', message, { hint: tooDeep })
    const what = code === 'panic' ? 'OPA panicked' : 'OPA did not understand the request'
    throw new OpaError('ERR_OPA_FAILED', what, { cause: new Error(message) })
  }
  return { response, bytes: frame.slice(end) }
}
