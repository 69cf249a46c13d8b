import { differing } from './bytes.ts'
import type { Body, Part } from './install.ts'

// Layout: wasm/src/value.h of OPA. A string is 4, or 8 in the module itself; an array 5, an object 6, a set 7.

/** Whether the value at an address is a string. */
const isText = (address: string): string => `const 272  ${address}  load-byte 0  right  const 1  and`

const byte = (at: number): string => `const 16777619  multiply  get a  load-byte ${at}  xor`

/** Takes the `b` bytes at `a` into the hash in `d`, FNV-1 of 32 bits, and changes `a` and `c`. */
const hashOfText = `
  const -2128831035  set d
  get a  get b  add  set c
  block  loop
    get c  get a  subtract  const 8  less  br-if 1
    get d  ${Array.from({ length: 8 }, (_, at) => byte(at)).join('  ')}  set d
    get a  const 8  add  set a
    br 0
  end  end
  block  loop
    get a  get c  equal  br-if 1
    get d  ${byte(0)}  set d
    get a  const 1  add  set a
    br 0
  end  end`

/** Leaves the first element of the place for the hash in `d`, with the number of places in `e`, and one less in `f`. */
const bucket = `
  get first  load 4
  get e  get f  and
  if-value
    get d  get e  remainder
  else
    get d  get f  and
  end
  const 2  left  add  load 0`

const places = `get first  load 8  tee e  const 1  subtract  set f`

/** Leaves the first element of the place for the string at `second`, whose length is left in `b`. */
const bucketOfText = `
  get second  load 4  set b
  ${places}
  block
    block
      ; A string of an input has the last bits of its hash behind its type, which do where there are few places.
      get second  load 0  tee d  const 255  and  const 8  not-equal  br-if 0
      get d  const 16  right  tee d  is-zero  br-if 0
      get f  const 65535  greater  br-if 0
      get e  get f  and  is-zero  br-if 1
    end
    get second  load 8  set a
    ${hashOfText}
  end
  ${bucket}`

/**
 * Goes out of the block around it where the `b` bytes of the strings at `a` and `second` are not the same, and changes `d`,
 * `e` and `f`.
 */
const sameText = `
  get a  load 8  set e
  get second  load 8  set f
  get b  const 8  at-least  if
    get e  get b  add  const 8  subtract  set d
    block  loop
      get e  get d  at-least  br-if 1
      get e  load-wide 0  get f  load-wide 0  not-equal-wide  br-if 3
      get e  const 8  add  set e
      get f  const 8  add  set f
      br 0
    end  end
    get d  load-wide 0
    get second  load 8  get b  add  const 8  subtract  load-wide 0  not-equal-wide  br-if 1
  else
    get b  const 4  at-least  if
      get e  load 0  get f  load 0  not-equal  br-if 2
      get e  get b  add  const 4  subtract  load 0
      get f  get b  add  const 4  subtract  load 0  not-equal  br-if 2
    else
      get b  if
        get e  load-byte 0  get f  load-byte 0  not-equal  br-if 3
        get e  get b  const 1  right  add  load-byte 0
        get f  get b  const 1  right  add  load-byte 0  not-equal  br-if 3
        get e  get b  add  const 1  subtract  load-byte 0
        get f  get b  add  const 1  subtract  load-byte 0  not-equal  br-if 3
      end
    end
  end`

/**
 * Returns `result` of the element `c` of an object or a set whose key is the value at `second`, and 0 where there is none.
 * `next` is where an element says which comes after it.
 */
const find = (next: number, result: string): string => `
  ${isText('get second')}  if
    ${bucketOfText}  set c
    loop
      get c  is-zero  if  const 0  return  end
      get c  load 0  tee a  get second  equal  if  ${result}  return  end
      block
        get a  load 4  get b  not-equal  br-if 0
        ${isText('get a')}  is-zero  br-if 0
        ${sameText}
        ${result}  return
      end
      get c  load ${next}  set c
      br 0
    end
  end
  get second  call hash  set d
  ${places}
  ${bucket}  set c
  loop
    get c  is-zero  if  const 0  return  end
    get c  load 0  get second  call compare  is-zero  if  ${result}  return  end
    get c  load ${next}  set c
    br 0
  end
  const 0`

const inObject = 8
const inSet = 4

const get = `
  get first  is-zero  if  const 0  return  end
  get first  load-byte 0  tee a  const 6  equal  if
    ${find(inObject, 'get c  load 4')}  return
  end
  get a  const 7  equal  if
    ${find(inSet, 'get c  load 0')}  return
  end
  ; An integer of an array, as it is kept mostly.
  get a  const 5  equal  if
    get second  load-half 0  const 259  equal  if
      get second  load 12  is-zero  if
        get second  load 8  tee b  get first  load 8  less  if
          get first  load 4  get b  const 3  left  add  load 4  return
        end
      end
    end
  end
  get first  get second  call old`

/** Leaves -1, 0 or 1 as `a` is less than `b`, the same or more. */
const order = `get a  get b  greater  get a  get b  less  subtract`

const compare = `
  get first  get second  equal  if  const 0  return  end
  get first  is-zero  get second  is-zero  or  if  get first  get second  call old  return  end
  ${isText('get first')}  is-zero  if  get first  get second  call old  return  end
  ${isText('get second')}  is-zero  if  get first  get second  call old  return  end
  get first  load 4  tee a  get second  load 4  tee b  get a  get b  less  select  set c
  get first  load 8  tee e  get c  add  set d
  get second  load 8  set f
  ${differing(`
    get c  set a
    get f  load-byte 0  set b`)}
  ${order}`

const two = (code: string): Body => ({ parameters: 2, results: 1, code })

/**
 * Comparisons, and what is found by them. OPA's WebAssembly compares strings byte by byte, and keys by order where only
 * sameness counts; here eight bytes are taken at a time, and strings of other lengths are not looked at. Hashes are those
 * of OPA, but a string is hashed where it is looked up. What is not a string is left to OPA's own code.
 */
export const lookup: Part = {
  bodies: {
    opa_value_compare: two(compare),
    opa_value_get: two(get),
    opa_object_get: two(find(inObject, 'get c')),
    opa_set_get: two(find(inSet, 'get c')),
  },
  calls: { hash: ['opa_value_hash', 1, 1], compare: ['opa_value_compare', 2, 1] },
}
