import { differing } from './bytes.ts'
import type { Part } from './install.ts'

// A table: 8 bytes for the text that is looked at; 256 places for patterns, by the addresses of their values, each with that
// address, the compiled expression, and the address and the length of a copy of the pattern; and 64 expressions that are in
// OPA's cache.
const PATTERNS = 8
const KNOWN = PATTERNS + 256 * 16
const SIZE = KNOWN + 64 * 4

const table = `
  global table  is-zero  if
    const ${SIZE}  call malloc  set-global table
    global table  const 0  const ${SIZE}  fill
  end`

const pattern = `global table  const ${PATTERNS}  add  get first  const 2  right  const 255  and  const 4  left  add`
const known = `global table  const ${KNOWN}  add  get first  const 4  right  const 63  and  const 2  left  add`

const isText = (address: string): string => `const 272  ${address}  load-byte 0  right  const 1  and`

/** The answer for the text at `second` and an expression. */
const found = (expression: string): string => `
  global table  get second  load 8  store 0
  global table  get second  load 4  store 4
  global table  ${expression}  const 0  const 0  call partial-match  call boolean  return`

const match = `
  block
    get second  is-zero  br-if 0
    ${isText('get first')}  is-zero  br-if 0
    ${isText('get second')}  is-zero  br-if 0
    ${table}
    ${pattern}  set a
    block
      get a  load 0  get first  not-equal  br-if 0
      ; What the module itself and the input hold stays what it is. Elsewhere there may be another pattern by now.
      get first  load-byte 0  const 8  not-equal  if
        get a  load 12  get first  load 4  not-equal  br-if 1
        get first  load 8  tee e  get first  load 4  add  set d
        get a  load 8  set f
        ${differing('br 3')}
      end
      ${found('get a  load 4')}
    end

    ; The host knows what Go makes of NUL, \`\\B\`, \`\\C\` and classes, as in grammars.ts.
    get first  load 8  tee b  get first  load 4  add  set c
    block  loop
      get b  get c  equal  br-if 1
      get b  load-byte 0  tee d  is-zero  br-if 2
      get d  const 92  equal  if
        get b  load-byte 1  tee d  const 66  equal
        get d  const 67  equal  or
        get d  const 223  and  const 80  equal  or  br-if 3
      end
      get b  const 1  add  set b
      br 0
    end  end
    get first  load 4  const 1  add  call malloc  tee b  get first  load 8  get first  load 4  copy
    get b  get first  load 4  add  const 0  store-byte 0
    get b  call compile  tee d  is-zero  if  get b  call free  br 1  end
    get d  call keep
    ${table}
    ${pattern}  tee a  load 8  tee c  if  get c  call free  end
    get a  get first  store 0
    get a  get d  store 4
    get a  get b  store 8
    get a  get first  load 4  store 12
    ${found('get d')}
  end
  get first  get second  call old`

/** Leaves how many expressions OPA's cache holds. */
const count = `const 0  call cache  tee a  if-value  get a  load 12  else  const 0  end`

const keep = (most: number): string => `
  ${count}  const ${most}  at-least  if
    ; One is deleted, and it is not known which.
    const 0  set-global table
    get first  call old
    return
  end
  ${table}
  ${known}  tee b  load 0  get first  equal  if  return  end
  get first  call old
  get b  get first  store 0`

/**
 * Matches of patterns. OPA's WebAssembly copies pattern and text for each match, looks the compiled expression up by its
 * text, and puts it back into its cache by a copy of that text. Here it is found by the address of the pattern, and is it
 * where the pattern is the same; the text is read where it lies, and nothing is put back that is there.
 *
 * @param most How many expressions OPA keeps, from which on it deletes some
 */
export const patternsOf = (most: number): Part => ({
  bodies: {
    opa_regex_match: { parameters: 2, results: 1, code: match },
    [KEEP]: { parameters: 1, results: 0, code: keep(most) },
  },
  calls: {
    malloc: ['opa_malloc', 1, 1],
    free: ['opa_free', 1, 0],
    boolean: ['opa_boolean', 1, 1],
    cache: ['opa_builtin_cache_get', 1, 1],
    compile: ['compile(char const*)', 1, 1],
    keep: [KEEP, 1, 0],
    'partial-match': [
      're2::RE2::PartialMatchN(re2::StringPiece const&, re2::RE2 const&, re2::RE2::Arg const* const*, int)',
      4,
      1,
    ],
  },
  globals: ['table'],
})

const KEEP = 'reuse(re2::RE2*)'
