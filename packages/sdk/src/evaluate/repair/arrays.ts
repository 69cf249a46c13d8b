/** The code of a function that replaces one of OPA's runtime. */
export interface Body {
  readonly parameters: number
  readonly results: number
  readonly code: string
}

/** Where the allocator's table has the chunks of the numbers that arrays count by. */
export const INDICES = 232 * 4
/** Where it has the numbers that policies name: 128 pairs of an address of digits and a value. */
export const NUMBERS = INDICES + 32 * 4
/** How large the table is. */
export const TABLE_SIZE = NUMBERS + 128 * 8

/**
 * Adds a value to an array, and the number of its place. OPA makes one for each element of each array, a third of the memory
 * of a large plan; nobody changes them, so all arrays have the same ones: for the places from 2^c - 1 on in chunk c, whose
 * pointer is less by what precedes. Before each of them there is a zero, which for the allocator is a block to keep.
 */
const append = `
  global table  is-zero  if  get first  get second  call old  return  end

  get first  load 8  tee a  get first  load 12  tee b  at-least  if
    get first  get b  const 1  left  const 2  get b  select  tee b  store 12
    get b  const 3  left  call malloc  set c
    get first  load 4  tee d  if
      get c  get d  get a  const 3  left  copy
      get d  call free
    end
    get first  get c  store 4
  end
  get first  get a  const 1  add  tee b  store 8

  const 31  get b  clz  subtract  tee c  const 2  left  global table  add  tee d  load indices  tee e  is-zero  if
    const 16  get c  left  const 16  add  call malloc  tee e  const 0  const 16  fill
    get d  get e  const 16  add  const 16  get c  left  subtract  tee e  store indices
    const 1  get c  left  set c
    loop
      get e  get c  const 4  left  add  tee d  const 259  store 0
      get d  const 0  store 4
      get d  get c  const 1  subtract  store 8
      get d  const 0  store 12
      get c  const 1  add  tee c  get c  const 1  subtract  and  br-if 0
    end
  end

  get first  load 4  get a  const 3  left  add  tee d
  get e  get b  const 4  left  add  store 0
  get d  get second  store 4`

/** An array with room for as many values as are said, where OPA takes twice as much. */
export const withRoom = `
  const 16  call malloc  tee a  const 5  store 0
  get a  const 0  store 8
  get a  get first  store 12
  get a  get first  if-value  get first  const 3  left  call malloc  else  const 0  end  store 4
  get a`

/** A number that stands in a policy is made once, not each time that it is come by. */
const numberOf = `
  get first  const dataEnd  at-least  if  get first  get second  call old  return  end
  global table  is-zero  if  get first  get second  call old  return  end
  global table  get first  const 127  and  const 3  left  add  tee a  load numbers  get first  equal  if
    get a  load values  tee b  load 12  get second  equal  if  get b  return  end
  end
  const 40  call malloc  tee b  const 0  const 16  fill
  get b  const 16  add  tee b  const 515  store 0
  get b  const 0  store 4
  get b  get first  store 8
  get b  get second  store 12
  get b  const 0  store 16
  get a  get first  store numbers
  get a  get b  store values
  get b`

/** What OPA's arrays and numbers take less memory with. */
export const arrays: Readonly<Record<string, Body>> = {
  opa_array_append: { parameters: 2, results: 0, code: append },
  opa_array_with_cap: { parameters: 1, results: 1, code: withRoom },
  opa_number_ref: { parameters: 2, results: 1, code: numberOf },
}
