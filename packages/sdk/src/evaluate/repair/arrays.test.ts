import { readBundle } from '@plangate/bundle'
import { beforeAll, expect, test } from '@jest/globals'
import { bundleOf } from '../../../test/bundle.ts'
import { engine } from '../engine.ts'
import { textOf } from '../instance.ts'
import { allocating } from './allocator.ts'

const source = `package p
pairs := [[place, value] | some place, value in input]
lists := [[value, 7, 7.5, -7] | some value in input]
joined := array.concat(pairs, [place | input[place]])
grown := [count(y) | some value in input; y := [x | some x in numbers.range(1, value)]]
same := [x | some list in lists; x := [list[1], list[2] > list[3], array.reverse(list), array.slice(list, 1, 3)]]
all := {"joined": joined, "lists": lists, "grown": grown, "same": same}
`

let wasm: Uint8Array
beforeAll(async () => {
  wasm = (await readBundle(await bundleOf({ 'p.rego': source }, ['p/all']))).wasm ?? new Uint8Array()
})

const stop = () => {
  throw new RangeError('aborted')
}

/** The value of `p/all` for an input, and the bytes that it took. */
const evaluated = async (change: typeof allocating, input: unknown) => {
  const memory = new engine.Memory({ initial: 1024, maximum: 1024 })
  const builtins = Object.fromEntries([0, 1, 2, 3, 4].map((count) => [`opa_builtin${count}`, stop]))
  const env = { memory, opa_abort: stop, opa_println: stop, ...builtins }
  const { exports: abi } = new engine.Instance(await engine.compile(change(wasm)), { env })
  const parsed = (value: unknown): number => {
    const text = new TextEncoder().encode(JSON.stringify(value))
    const address = abi.opa_malloc(text.length)
    new Uint8Array(memory.buffer, address, text.length).set(text)
    return abi.opa_json_parse(address, text.length)
  }
  const context = abi.opa_eval_ctx_new()
  abi.opa_eval_ctx_set_data(context, parsed({}))
  abi.opa_eval_ctx_set_input(context, parsed(input))
  const begin = abi.opa_heap_ptr_get()
  abi.eval(context)
  const bytes = abi.opa_heap_ptr_get() - begin
  return { text: textOf(memory, abi.opa_json_dump(abi.opa_eval_ctx_get_result(context))), bytes }
}

test.each([0, 1, 2, 3, 10, 11, 63, 64, 65, 1000])(
  'arrays of up to %d have the same values as before',
  async (length) => {
    const input = Array.from({ length }, (_, at) => at % 70)
    const { text } = await evaluated(allocating, input)
    expect(text).toBe((await evaluated((unchanged) => unchanged, input)).text)
  },
)

test('arrays take less than half of the memory', async () => {
  const input = Array.from({ length: 2000 }, (_, at) => at % 70)
  const { bytes } = await evaluated(allocating, input)
  expect(bytes * 2).toBeLessThan((await evaluated((unchanged) => unchanged, input)).bytes)
})
