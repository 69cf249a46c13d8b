import { describe, expect, test } from '@jest/globals'
import { loadOpa } from '@plangate/opa'
import { NATIVE } from './native.ts'
import { evaluationPaths } from './evaluation.ts'
import { COMPILED_AWAY, EVALUATION, GO, JAVASCRIPT, loadPaths, OUTSIDE } from './table.ts'

describe('every function that OPA declares', () => {
  test('is in the WebAssembly, or in exactly one list', async () => {
    const { builtins } = await loadOpa()
    const native = builtins.filter((builtin) => builtin.native).map(({ name }) => name)
    expect(native.toSorted()).toEqual(NATIVE)
    const all = [...NATIVE, ...JAVASCRIPT, ...GO, ...EVALUATION, ...OUTSIDE, ...COMPILED_AWAY]
    expect([all.length, NATIVE.length]).toEqual([206, 98])
    expect(all.toSorted()).toEqual(builtins.map(({ name }) => name).toSorted())
  })

  test('is known to Go where Go has to answer, or to decide in the end', async () => {
    const { builtins } = await loadOpa()
    const callable = new Set(builtins.filter((builtin) => builtin.callable).map(({ name }) => name))
    expect([...GO, ...JAVASCRIPT].filter((name) => !callable.has(name))).toEqual([])
  })

  test('has the path that its list says', async () => {
    expect(Object.keys(await loadPaths(JAVASCRIPT)).toSorted()).toEqual(JAVASCRIPT)
    expect(Object.keys(evaluationPaths({ now: 0n, environment: undefined })).toSorted()).toEqual(EVALUATION)
  })
})
