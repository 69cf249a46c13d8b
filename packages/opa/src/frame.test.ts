import { expect, test } from '@jest/globals'
import { decodeFrame, encodeFrame } from './frame.ts'

const text = (value: string): Uint8Array => new TextEncoder().encode(value)

const frameOf = (response: string): Uint8Array => {
  const json = text(response)
  return Uint8Array.from([json.length, 0, 0, 0, ...json])
}

test('a request is its length, its JSON and the contents of its files', () => {
  const json = '{"op":"annotations","files":[{"path":"a.rego","size":2}],"annotations":{"regoVersion":1}}'
  const frame = encodeFrame(
    { op: 'annotations', files: [{ path: 'a.rego', size: 2 }], annotations: { regoVersion: 1 } },
    [text('é')],
  )
  expect(frame).toEqual(Uint8Array.from([json.length, 0, 0, 0, ...text(json), ...text('é')]))
})

test('a response is taken apart into its JSON and what follows', () => {
  const frame = Uint8Array.from([...frameOf('{"builtin":{}}'), 7, 8])
  expect(decodeFrame(frame)).toEqual({ response: { builtin: {} }, bytes: Uint8Array.from([7, 8]) })
})

test.each([
  ['a panic', 'panic', 'OPA panicked'],
  ['a request that Go does not know', 'protocol_error', 'OPA did not understand the request'],
])('%s is a coded error that keeps what Go said as its cause', (_, code, message) => {
  let thrown: unknown
  try {
    decodeFrame(frameOf(JSON.stringify({ error: { code, message: 'index out of range' } })))
  } catch (error) {
    thrown = error
  }
  expect(thrown).toMatchObject({ code: 'ERR_OPA_FAILED', message, cause: { message: 'index out of range' } })
})
