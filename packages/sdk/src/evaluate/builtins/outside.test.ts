import { expect, test } from '@jest/globals'
import { readBundle } from '@plangate/bundle'
import { bundleOf } from '../../../test/bundle.ts'
import { compilePolicy } from '../wasm.ts'
import { outsidePaths } from './outside.ts'
import { answerOf } from './path.ts'
import { writeValue, type Value } from './value.ts'

test('an evaluation that begins again in more memory sends no request twice', async () => {
  const rego = `package p
r := [code, size] if {
	code := http.send({"method": "post", "url": "https://api.test/"}).status_code
	size := count(numbers.range(1, input))
}
`
  const { wasm } = await readBundle(await bundleOf({ 'p.rego': rego }, ['p/r']))
  const policy = await compilePolicy(wasm ?? new Uint8Array())
  const sent: string[] = []
  let calls = 0
  const send = outsidePaths({
    grants: { http: true },
    ask: ({ kind }) => {
      sent.push(kind)
      return { kind: 'http', status: '200 OK', statusCode: 200, headers: [], body: new Uint8Array() }
    },
    yaml: () => undefined,
  })['http.send']
  if (send === undefined) throw new TypeError('granted')
  const [value] = policy.evaluate({
    input: new TextEncoder().encode('600000'),
    data: { key: '', base: new TextEncoder().encode('{}'), mounts: [] },
    entrypoints: ['p/r'],
    builtin: (_, args) => {
      calls += 1
      // `as`: it is answered with a value
      return writeValue(answerOf(send, args) as Value)
    },
    memoryBytes: 2 ** 28,
  })
  expect({ value, sent, calls }).toEqual({ value: [200, 600_000], sent: ['http'], calls: 2 })
})
