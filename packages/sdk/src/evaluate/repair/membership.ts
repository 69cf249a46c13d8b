import type { Part } from './install.ts'

const answer = (value: string): string => `${value}  call boolean  return`

/** Goes through the buckets of an object or a set, whose elements say at `value` what is compared and at `next` what is next. */
const through = (value: number, next: number): string => `
  get second  load 4  set a
  get second  load 8  set b
  block  loop
    get b  is-zero  br-if 1
    get a  load 0  set c
    block  loop
      get c  is-zero  br-if 1
      get first  get c  load ${value}  call compare  is-zero  if  ${answer('const 1')}  end
      get c  load ${next}  set c
      br 0
    end  end
    get a  const 4  add  set a
    get b  const 1  subtract  set b
    br 0
  end  end`

const member = `
  get first  is-zero  get second  is-zero  or  if  ${answer('const 0')}  end
  get second  load-byte 0  tee d  const 5  equal  if
    get second  load 4  set a
    get second  load 8  set b
    block  loop
      get b  is-zero  br-if 1
      get first  get a  load 4  call compare  is-zero  if  ${answer('const 1')}  end
      get a  const 8  add  set a
      get b  const 1  subtract  set b
      br 0
    end  end
  end
  get d  const 6  equal  if  ${through(4, 8)}  end
  get d  const 7  equal  if
    const 272  get first  load-byte 0  right  const 1  and  if
      ${answer('get second  get first  call get-value  const 0  not-equal')}
    end
    ${through(0, 4)}
  end
  const 0  call boolean`

/**
 * `x in collection`. OPA's WebAssembly steps through the collection by looking up each key twice, also where it is a set:
 * here a string is looked up in a set. Any other value may have numbers in it, which OPA takes for the same in more ways of
 * writing than have the same hash; so it is compared with each, as before.
 */
export const membership: Part = {
  bodies: { builtin_member: { parameters: 2, results: 1, code: member } },
  calls: {
    boolean: ['opa_boolean', 1, 1],
    compare: ['opa_value_compare', 2, 1],
    'get-value': ['opa_value_get', 2, 1],
  },
}
