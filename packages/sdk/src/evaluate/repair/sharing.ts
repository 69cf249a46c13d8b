import { type Body, withRoom } from './arrays.ts'
import { reading } from './document.ts'

/** A function that is added to a module. */
export interface Added extends Body {
  /** A function of OPA's that takes and returns the same. */
  readonly like: string
  /** What the host calls it by, if the host calls it. */
  readonly exported?: string
}

/** What the host calls instead of `opa_json_parse` for an input, whose equal values then are one. */
export const PARSE_SHARED = 'plangate_json_parse_shared'

// While an input is read, `share` is the address of a mask, a count, and a table of pairs of a hash and a value; then come
// null, false and true.
const STATE = 24
const FIRST_SLOTS = 1024
/** Texts from here on look through the constants of the module first. */
const LARGE = 128 * 1024

// The texts of constants lie one after the other, each with a NUL behind it, then their values do, in the same order.
const constants = `
  const stringsBegin  set b
  block  loop
    get b  const dataEnd  at-least  br-if 1
    get b  load-byte 0  const 8  equal  if
      get b  load 8  const stringsBegin  equal  if
        const stringsBegin  set c
        loop
          get b  load-byte 0  const 8  equal  if
            get b  load 8  get c  equal  if
              get b  call same  load 4  get c  add  const 1  add  set c
              get b  const 12  add  set b
              br 2
            end
          end
        end
        br 3
      end
    end
    get b  const 1  add  set b
    br 0
  end  end`

/** The text lies above the heap. What is open while it is read takes up to twice its length behind it. */
const parseShared = `
  const ${STATE}  call malloc  tee a  const 0  const ${STATE}  fill
  get a  const ${FIRST_SLOTS - 1}  store 0
  get a  const ${FIRST_SLOTS * 8}  call malloc  tee b  store 8
  get b  const 0  const ${FIRST_SLOTS * 8}  fill
  get first  set-global textBegin
  get first  get second  add  tee b  const 0  store 0
  get b  const 8  add  tee b  set-global top
  get b  get second  const 1  left  add  const 8  add  set-global textEnd
  get a  set-global share
  get second  const ${LARGE}  at-least  if  ${constants}  end
  get first  set-global at
  call read
  const 0  set-global share
  const 0  set-global textBegin
  get a  load 8  call free
  get a  call free`

const each = (code: string): string => `
  block  loop
    get b  get c  equal  br-if 1
    ${code}
    br 0
  end  end`

/** As it is taken while a text is read. */
const hashOfBytes = `
  const -2128831035  set d
  get first  load 8  tee b
  get first  load 12  get first  load 4  get a  const 3  equal  select  add  set c
  ${each('get d  const 16777619  multiply  get b  load-byte 0  xor  set d  get b  const 1  add  set b')}`

const hashOfObject = `
  get a  set d
  get first  load 4  tee b  get first  load 8  const 2  left  add  set c
  ${each(`
    get b  load 0  set e
    block  loop
      get e  is-zero  br-if 1
      ${reading.pair('get e')}
      get e  load 8  set e
      br 0
    end  end
    get b  const 4  add  set b`)}`

/** Leaves the type of a value: that of a string is 8 where it is not to be given back, and 4 where it is. */
const kindOf = (value: string): string => `get ${value}  load-byte 0  tee a  const 4  get a  const 8  not-equal  select`

const constant = (place: string): string =>
  `${place}  load 12  tee b  if  get first  call free  get b  return  end  ${place}  get first  store 12  get first  return`

/**
 * The value that is equal and was there before, or `first` itself, which is no array. Its keys and values have been here.
 * Booleans that the module has are themselves.
 */
const same = `
  ${kindOf('first')}  tee a  const 1  equal  if  ${constant('global share')}  end
  get a  const 2  equal  if
    global share  get first  load-byte 1  const 2  left  add  const 4  add  set c
    ${constant('get c')}
  end
  get a  const 6  greater  if  get first  return  end
  ; A number that is not kept as it is written.
  get a  const 3  equal  if  get first  load-byte 1  const 2  not-equal  if  get first  return  end  end
  get a  const 6  equal  if  ${hashOfObject}  else  ${hashOfBytes}  end
  ${reading.finish}
  ${reading.probe('get c  get first  call alike  if  get first  call discard  get c  return  end')}
  get a  const 4  equal  if  ${reading.hashed('get first')}  end
  ${reading.insert('get first')}
  get first`

/** Counts a value that was put into the table, whose size is doubled when half of it is full. */
const counted = `
  get first  get first  load 4  const 1  add  tee a  store 4
  get a  const 1  left  get first  load 0  tee a  at-most  if  return  end
  get a  const 1  left  const 1  add  tee a
  const 1  add  const 3  left  tee b  call malloc  tee c  const 0  get b  fill
  get first  load 8  tee b  get first  load 0  const 1  add  const 3  left  add  set d
  block  loop
    get b  get d  equal  br-if 1
    get b  load 4  if
      get b  load 0  get a  and  set e
      block  loop
        get c  get e  const 3  left  add  load 4  is-zero  br-if 1
        get e  const 1  add  get a  and  set e
        br 0
      end  end
      get c  get e  const 3  left  add  tee e  get b  load 0  store 0
      get e  get b  load 4  store 4
    end
    get b  const 8  add  set b
    br 0
  end  end
  get first  load 8  call free
  get first  get a  store 0
  get first  get c  store 8`

const no = 'const 0  return'

const alike = `
  ${kindOf('second')}  set b
  ${kindOf('first')}  tee a  get b  not-equal  if  ${no}  end
  get a  const 5  less  if
    get first  load 12  get first  load 4  get a  const 3  equal  tee d  select  tee b
    get second  load 12  get second  load 4  get d  select  not-equal  if  ${no}  end
    get b  get first  load 8  tee b  add  set c
    get second  load 8  set d
    ${each(`
      get b  load-byte 0  get d  load-byte 0  not-equal  if  ${no}  end
      get b  const 1  add  set b
      get d  const 1  add  set d`)}
    const 1  return
  end
  get first  load 8  get second  load 8  not-equal  if  ${no}  end
  get first  load 12  get second  load 12  not-equal  if  ${no}  end
  get second  load 4  set d
  get first  load 4  tee b  get first  load 8  const 2  left  add  set c
  ${each(`
    get b  load 0  set e
    get d  load 0  set a
    block  loop
      get e  is-zero  get a  is-zero  or  if
        get e  get a  not-equal  if  ${no}  end
        br 2
      end
      get e  load 0  get a  load 0  not-equal  if  ${no}  end
      get e  load 4  get a  load 4  not-equal  if  ${no}  end
      get e  load 8  set e
      get a  load 8  set a
      br 0
    end  end
    get b  const 4  add  set b
    get d  const 4  add  set d`)}
  const 1`

/** Gives back a value, but not its parts. */
const discard = `
  get first  load-byte 0  tee a  const 8  equal  if  return  end
  get a  const 6  equal  if
    get first  load 4  tee b  get first  load 8  const 2  left  add  set c
    ${each(`
      get b  load 0  set d
      block  loop
        get d  is-zero  br-if 1
        get d  load 8  get d  call free  set d
        br 0
      end  end
      get b  const 4  add  set b`)}
    get first  load 4  call free
  else
    get first  load-byte 16  get first  load-byte 1  get a  const 3  equal  select  if  get first  load 8  call free  end
  end
  get first  call free`

/**
 * Functions that are added, by the words for them.
 *
 * GUARANTEE: two strings of an input are equal exactly where their addresses are, and so are numbers that are written the
 * same, booleans, null, arrays and objects. Keys are strings of the input like any other. Strings of the input have OPA's
 * type of interned strings, 8, as constants of the module have, and the last 16 bits of `opa_value_hash` in the two bytes
 * at 2, which OPA leaves 0 in constants and does not read: a hash that is 0 there is not known. In an input of 128 kB and
 * more, a string that is a constant of the module is that constant. Values of `data`, and those that policies make, may be
 * equal and lie elsewhere. Nothing may change or give back a value of the input: OPA's code does neither, as `with` and all
 * built-in functions copy what they change.
 */
export const added: Readonly<Record<string, Added>> = {
  parseShared: { like: 'opa_json_parse', exported: PARSE_SHARED, parameters: 2, results: 1, code: parseShared },
  same: { like: 'opa_malloc', parameters: 1, results: 1, code: same },
  alike: { like: 'opa_realloc', parameters: 2, results: 1, code: alike },
  counted: { like: 'opa_free', parameters: 1, results: 0, code: counted },
  discard: { like: 'opa_free', parameters: 1, results: 0, code: discard },
  make: { like: 'opa_malloc', parameters: 1, results: 1, code: withRoom },
  read: { like: 'opa_heap_ptr_get', parameters: 0, results: 1, code: reading.value },
  readText: { like: 'opa_json_parse_string', parameters: 3, results: 1, code: reading.text },
  readArray: { like: 'opa_heap_ptr_get', parameters: 0, results: 1, code: reading.array },
  readObject: { like: 'opa_heap_ptr_get', parameters: 0, results: 1, code: reading.object },
}

/** Functions of OPA's that they call, with what these take and return: all that reading JSON calls anyway. */
export const called: Readonly<Record<string, readonly [name: string, parameters: number, results: number]>> = {
  append: ['opa_array_append', 2, 0],
  boolean: ['opa_boolean', 1, 1],
  compare: ['opa_value_compare', 2, 1],
  hash: ['opa_value_hash', 1, 1],
  null: ['opa_null', 0, 1],
  number: ['opa_number_ref_allocated', 2, 1],
  object: ['opa_object', 0, 1],
  parseString: ['opa_json_parse_string', 3, 1],
  put: ['opa_object_insert', 3, 0],
}
