import type { Body, Part } from './install.ts'

/**
 * Goes on from `e` up to `d`, and from `f` as long, while bytes are the same; where they are not, does what `then` says,
 * with the first of the two that differ in `c` and the other at `f`.
 */
export const differing = (then: string): string => `
  block  loop
    get d  get e  subtract  const 8  less  br-if 1
    get e  load-wide 0  get f  load-wide 0  not-equal-wide  br-if 1
    get e  const 8  add  set e
    get f  const 8  add  set f
    br 0
  end  end
  loop
    get e  get d  less  if
      get e  load-byte 0  tee c  get f  load-byte 0  equal  if
        get e  const 1  add  set e
        get f  const 1  add  set f
        br 2
      end
      ${then}
    end
  end`

const places = `
  get first  set e
  get first  get third  add  set d
  get second  set f`

const order = `
  ${places}
  ${differing('get c  get f  load-byte 0  less  if  const -1  return  end  const 1  return')}
  const 0`

const difference = `
  ${places}
  ${differing('get c  get f  load-byte 0  subtract  return')}
  const 0`

const from = (offset: number): string => `get second  get third  add  const ${offset}  subtract`
const to = (offset: number): string => `get first  get third  add  const ${offset}  subtract`

/** All that is copied is read before anything is written, so that places may overlap. */
const copy = `
  get third  const 32  greater  if
    get first  get second  get third  copy
    get first  return
  end
  get third  const 16  greater  if
    get second  load-wide 0  set w
    get second  load-wide 8  set x
    ${from(16)}  load-wide 0  set y
    ${from(8)}  load-wide 0  set z
    get first  get w  store-wide 0
    get first  get x  store-wide 8
    ${to(16)}  get y  store-wide 0
    ${to(8)}  get z  store-wide 0
    get first  return
  end
  get third  const 8  at-least  if
    get second  load-wide 0  set w
    ${from(8)}  load-wide 0  set x
    get first  get w  store-wide 0
    ${to(8)}  get x  store-wide 0
    get first  return
  end
  get third  const 4  at-least  if
    get second  load 0  set a
    ${from(4)}  load 0  set b
    get first  get a  store 0
    ${to(4)}  get b  store 0
    get first  return
  end
  get third  if
    get second  load-byte 0  set a
    get second  get third  const 1  right  add  load-byte 0  set b
    ${from(1)}  load-byte 0  set c
    get first  get a  store-byte 0
    get first  get third  const 1  right  add  get b  store-byte 0
    ${to(1)}  get c  store-byte 0
  end
  get first`

const fill = `
  get first  get second  get third  fill
  get first`

const three = (code: string): Body => ({ parameters: 3, results: 1, code })

/** Functions of the C library over bytes. OPA's take them one by one, and `memmove` allocates a copy. */
export const bytes: Part = {
  bodies: {
    memcpy: three(copy),
    memmove: three(copy),
    memset: three(fill),
    memcmp: three(difference),
    opa_strncmp: three(order),
  },
  calls: {},
}
