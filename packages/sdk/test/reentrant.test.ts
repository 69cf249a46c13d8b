import { expect, test } from '@jest/globals'
import { loadOpa } from '@plangate/opa'
import { capabilitiesOf } from '../src/evaluate/builtins/capabilities.ts'
import type { CustomBuiltin } from '../src/evaluate/builtins/custom.ts'
import { loadGate } from '../src/gate.ts'
import { loadPolicy } from '../src/policy.ts'
import { outcome, planWith } from './bundle.ts'

const rego = `package main

deny contains msg if { some r in input.resource_changes; acme.again(r.address); msg := sprintf("at %s", [r.address]) }

again := acme.again("x")
`
const againCalling = (call: () => unknown): CustomBuiltin => ({
  name: 'acme.again',
  args: [{ type: 'string' }],
  result: { type: 'boolean' },
  call: () => {
    call()
    return true
  },
})
const compiled = async (): Promise<Uint8Array> => {
  const { bundle } = (await loadOpa()).build([{ path: 'p.rego', contents: new TextEncoder().encode(rego) }], {
    entrypoints: ['main/deny', 'main/again'],
    target: 'wasm',
    fallback: 'test',
    regoVersion: 1,
    capabilities: await capabilitiesOf([againCalling(() => undefined)]),
  })
  if (bundle === undefined) throw new Error('no bundle')
  return bundle
}
const plan = (...addresses: readonly string[]) =>
  planWith({ resource_changes: addresses.map((address) => ({ address })) })

test('a gate that is asked again by a built-in of its own answers both', async () => {
  const inner: Promise<unknown>[] = []
  const again = againCalling(() => {
    if (inner.length < 3) inner.push(messages(plan('inner')))
  })
  const gate = await loadGate(await compiled(), { builtins: [again] })
  const messages = async (source: ReturnType<typeof plan>) =>
    (await gate.evaluate(source)).findings.map(({ msg }) => msg)
  expect(await messages(plan('a', 'b'))).toEqual(['at a', 'at b'])
  expect(await Promise.all(inner)).toEqual([['at inner'], ['at inner'], ['at inner']])
})

test('a policy that is asked again inside of its own evaluation says so, and is right afterwards', async () => {
  let inner: Promise<unknown> | undefined
  const again = againCalling(() => {
    inner ??= outcome((async () => policy.evaluateSync({ entrypoint: 'main/again' }))())
  })
  const policy = await loadPolicy(await compiled(), { builtins: [again] })
  const input = plan('a')
  expect(policy.evaluateSync({ entrypoint: 'main/deny', input }).value).toEqual(['at a'])
  expect(await inner).toEqual({
    code: 'ERR_REENTRANT',
    message: 'the policy is evaluated already, further up the stack',
  })
  expect(policy.evaluateSync({ entrypoint: 'main/deny', input }).value).toEqual(['at a'])
})
