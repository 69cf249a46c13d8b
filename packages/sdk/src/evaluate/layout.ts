import { PlangateError } from '@plangate/bundle'
import { type Instance, textOf } from './instance.ts'

const SAMPLE = '{"a": [0, -7, 1.5, 12345678901234567890, null, true, false], "b": {1, "x\\ny"}, "c": {}, 3: set()}'
/** As OPA orders it. */
const READ = '{3: set(), "a": [0, -7, 1.5, 12345678901234567890, null, true, false], "b": {1, "x\\ny"}, "c": {}}'
const WRITTEN = '["x\\ny",-7,1.5,[true]]'

/**
 * Proves that values lie in the memory of a module as they are read and written here, by having its own functions make and
 * print some: one whose values are other structs would be misread without a sign.
 *
 * @throws PlangateError `ERR_BUNDLE_INVALID`
 */
export const proveLayout = (instance: Instance): void => {
  const { abi, loaded } = instance
  let isRight = false
  try {
    isRight = readsIt(instance) && countsIt(instance) && writesIt(instance)
  } catch (cause) {
    throw otherLayout(cause)
  } finally {
    abi.opa_heap_ptr_set(loaded.dataHeapPtr)
    instance.repairs.reset()
  }
  if (!isRight) throw otherLayout()
}

const readsIt = ({ reader, writer }: Instance): boolean => reader.text(writer.text(SAMPLE)) === READ

/** Integers that no text comes to be: the places of an array's items, which stand before each. */
const countsIt = ({ memory, reader, writer }: Instance): boolean => {
  const list = writer.text('[null, null, null]')
  const view = new DataView(memory.buffer)
  const place = view.getUint32(view.getUint32(list + 4, true) + 16, true)
  return reader.number(place) === '2' && reader.integer(place) === 2
}

const writesIt = ({ abi, memory, writer }: Instance): boolean => {
  const items = [writer.string('x\ny'), writer.number('-7'), writer.number('1.5'), writer.array([writer.text('true')])]
  return textOf(memory, abi.opa_json_dump(writer.array(items))) === WRITTEN
}

const otherLayout = (cause?: unknown): PlangateError =>
  new PlangateError('ERR_BUNDLE_INVALID', "values of the bundle's WASM lie otherwise in memory than OPA's", {
    hint: 'build it with `plangate build`, or `opa build -t wasm` of OPA 1',
    cause,
  })
