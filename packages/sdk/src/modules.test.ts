import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from '@jest/globals'
import { bundleOf, stack } from '../test/bundle.ts'
import { loadGate } from './gate.ts'

const rego = `package main
deny contains msg if { some r in input.resource_changes; msg := sprintf("%s %v", [r.address, [x | some x in {3, 1, 2}]]) }
`
let bundle: Uint8Array
let plan: Uint8Array

beforeAll(async () => {
  bundle = await bundleOf({ 'main.rego': rego }, ['main/deny'])
  plan = readFileSync(stack('model-endpoint/open.plan.json'))
}, 60_000)

const keeping = () => {
  const entries = new Map<string, Uint8Array>()
  const reads: boolean[] = []
  const modules = {
    read: (key: string) => {
      reads.push(entries.has(key))
      return entries.get(key)
    },
    write: (key: string, bytes: Uint8Array) => void entries.set(key, bytes),
  }
  return { modules, reads, entries }
}

test('a gate of a module that was kept decides as one of a module that is mended', async () => {
  const { modules, reads } = keeping()
  const [plain, first, second] = [
    await loadGate(bundle),
    await loadGate(bundle, { modules }),
    await loadGate(bundle, { modules }),
  ]
  const decisions = await Promise.all([plain, first, second].map((gate) => gate.evaluate(plan)))
  expect(decisions.slice(1)).toEqual([decisions[0], decisions[0]])
  expect(decisions[0]?.findings.length).toBeGreaterThan(0)
  expect([second.unrepaired, reads]).toEqual([plain.unrepaired, [false, true]])
})

test('each way to mend a module, and each bundle, has its own', async () => {
  const { modules, entries } = keeping()
  const other = await bundleOf({ 'main.rego': rego.replace('3, 1', '4, 1') }, ['main/deny'])
  for (const options of [{}, { ordered: false }, { strictBuiltinErrors: true }]) {
    await loadGate(bundle, { ...options, modules })
    await loadGate(other, { ...options, modules })
  }
  expect(entries.size).toBe(6)
})

test('a limited gate takes a module that was kept, too', async () => {
  const { modules, reads } = keeping()
  await loadGate(bundle, { modules })
  const gate = await loadGate(bundle, { modules, workers: 1 })
  const decision = await gate.evaluate(plan)
  await gate.close()
  expect([decision, reads]).toEqual([await (await loadGate(bundle)).evaluate(plan), [false, true]])
})
