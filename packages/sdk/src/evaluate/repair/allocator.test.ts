import { readBundle } from '@plangate/bundle'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { bundleOf } from '../../../test/bundle.ts'
import { engine } from '../engine.ts'
import { allocating } from './allocator.ts'

let wasm: Uint8Array
beforeAll(async () => {
  const source =
    'package p\nx := [y | some y in input; regex.match("a+", y)]\nz := json.unmarshal(json.marshal(input))\n'
  wasm = (await readBundle(await bundleOf({ 'p.rego': source }, ['p/x', 'p/z']))).wasm ?? new Uint8Array()
})

const PAGES = 64
const stop = () => {
  throw new RangeError('aborted')
}
const isFull = (bytes: Uint8Array, mark: number): boolean => bytes.every((byte) => byte === mark)

const start = async (module: Uint8Array) => {
  const memory = new engine.Memory({ initial: PAGES, maximum: PAGES })
  const builtins = Object.fromEntries([0, 1, 2, 3, 4].map((count) => [`opa_builtin${count}`, stop]))
  const env = { memory, opa_abort: stop, opa_println: stop, ...builtins }
  const { exports } = new engine.Instance(await engine.compile(module), { env })
  // `as`: OPA exports it, which the types of what the SDK uses leave out
  const { opa_free: free } = exports as unknown as { readonly opa_free: (address: number) => void }
  return { ...exports, free, bytes: () => new Uint8Array(memory.buffer) }
}

describe('memory', () => {
  test('is never given twice, and keeps what is written, in ten thousand steps of any size', async () => {
    const { opa_malloc, opa_heap_ptr_get, free, bytes } = await start(allocating(wasm))
    const blocks: { readonly address: number; readonly size: number; readonly mark: number }[] = []
    let seed = 1
    let kept = true
    const random = (below: number) => (seed = (seed * 48_271) % 0x7fff_ffff) % below
    for (let step = 0; step < 10_000; step += 1) {
      if (blocks.length > 60 || (blocks.length > 0 && random(2) === 0)) {
        const [{ address, size, mark } = { address: 0, size: 0, mark: 0 }] = blocks.splice(random(blocks.length), 1)
        kept &&= isFull(bytes().subarray(address, address + size), mark)
        free(address)
      } else {
        const size = random([20, 600, 20_000][random(3)] ?? 1)
        const address = opa_malloc(size)
        kept &&= address + size <= opa_heap_ptr_get()
        bytes().fill(step % 251, address, address + size)
        blocks.push({ address, size, mark: step % 251 })
      }
    }
    expect(kept).toBe(true)
  })

  test('that is given back is the next of its size, and of a size that is nearly the same', async () => {
    const { opa_malloc, free } = await start(allocating(wasm))
    for (const [size, near] of [
      [1, 4],
      [100, 98],
      [512, 500],
      [1000, 1024],
      [70_000, 72_000],
    ] as const) {
      const address = opa_malloc(size)
      opa_malloc(size)
      free(address)
      expect(opa_malloc(near)).toBe(address)
      expect(opa_malloc(near)).not.toBe(address)
    }
  })

  test('above the pointer is forgotten when the pointer is set', async () => {
    const { opa_malloc, opa_heap_ptr_get, opa_heap_ptr_set, free } = await start(allocating(wasm))
    const begin = opa_heap_ptr_get()
    const after = () => {
      opa_heap_ptr_set(begin)
      const address = opa_malloc(100)
      free(address)
      return address
    }
    const address = after()
    opa_malloc(20)
    expect(after()).toBe(address)
  })

  test('ends with an abort, whatever is asked for', async () => {
    for (const size of [PAGES * 65_536, 0x7fff_ffff, 0x8000_0000, 0xf000_0000]) {
      const { opa_malloc } = await start(allocating(wasm))
      expect(() => opa_malloc(size)).toThrow('aborted')
    }
  })
})

test('a module without the functions of OPA stays as it is', () => {
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)
  expect(allocating(empty)).toBe(empty)
})
