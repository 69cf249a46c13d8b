/** How deep a document may nest; Go's decoder, and so OPA's, refuses more. */
const MAX_DEPTH = 10_000

interface OpenArray {
  text: string
}

interface OpenObject {
  readonly members: Map<string, string>
  key: string | undefined
}

/**
 * Returns the text that OPA hashes for a JSON document: without space, keys in the order of their UTF-8, the last of
 * two equal keys, strings as Go writes them without HTML escapes, and numbers digit for digit as they stand
 * (OPA v1/bundle/hash.go).
 *
 * The texts of the parts are only ever joined, never copied, so that deep nesting costs no more than its length.
 *
 * @throws SyntaxError when it is not JSON, RangeError when it nests too deeply
 */
export const canonicalJson = (text: string): string => canonical(text).text

/**
 * Returns the canonical texts of an object's values by key, for {@link objectText}; undefined for what is no object.
 *
 * @throws SyntaxError and RangeError as {@link canonicalJson}
 */
export const canonicalMembers = (text: string): ReadonlyMap<string, string> | undefined => canonical(text).members

const canonical = (text: string): { readonly text: string; readonly members?: ReadonlyMap<string, string> } => {
  // INVARIANT: from here on the text is known to be one JSON value, which the loop only has to walk.
  JSON.parse(text)
  const open: (OpenArray | OpenObject)[] = []
  let result: ReturnType<typeof canonical> = { text: '' }
  const add = (value: string): void => {
    const parent = open.at(-1)
    if (parent === undefined) result = { text: value }
    else if ('text' in parent) parent.text += parent.text === '[' ? value : `,${value}`
    else {
      parent.members.set(parent.key ?? '', value)
      parent.key = undefined
    }
  }
  const token = /[[\]{}"]|[^\s,:[\]{}"]+/g
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const found = match[0]
    if (found === '"') {
      const end = endOfString(text, token.lastIndex)
      const literal = text.slice(match.index, end)
      token.lastIndex = end
      const parent = open.at(-1)
      if (parent !== undefined && 'members' in parent && parent.key === undefined) parent.key = decoded(literal)
      else add(literal.includes('\\') ? quoted(decoded(literal)) : separatorsEscaped(literal))
    } else if (found === '[' || found === '{') {
      if (open.length === MAX_DEPTH) throw new RangeError('nested too deeply')
      open.push(found === '[' ? { text: '[' } : { members: new Map(), key: undefined })
    } else if (found === ']' || found === '}') {
      const closed = open.pop()
      if (closed === undefined) continue
      if ('text' in closed) add(`${closed.text}]`)
      else if (open.length > 0) add(objectText(closed.members))
      else result = { text: objectText(closed.members), members: closed.members }
    } else add(found)
  }
  return result
}

/** Returns the JSON of a string as Go's encoder writes it without HTML escapes. */
const quoted = (value: string): string => separatorsEscaped(JSON.stringify(value))

const separators = /[\u2028\u2029]/

const separatorsEscaped = (literal: string): string =>
  separators.test(literal) ? literal.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029') : literal

/** Returns the string of a literal; half of a surrogate pair is U+FFFD, as in Go. */
const decoded = (literal: string): string => {
  // What was decoded from UTF-8 holds no half: only an escape makes one.
  if (!literal.includes('\\')) return literal.slice(1, -1)
  // `as`: a literal that begins with a quote is a string
  return (JSON.parse(literal) as string).replaceAll(/\p{Surrogate}/gu, '\ufffd')
}

const endOfString = (text: string, from: number): number => {
  for (let at = from; ; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === 0x22) return at + 1
    if (unit === 0x5c) at += 1
  }
}

/** Returns the canonical JSON of an object, from the canonical texts of its values. */
export const objectText = (members: ReadonlyMap<string, string>): string => {
  let text = '{'
  for (const key of inOrder([...members.keys()])) {
    text += `${text === '{' ? '' : ','}${quoted(key)}:${members.get(key) ?? ''}`
  }
  return `${text}}`
}

const surrogate = /[\ud800-\udfff]/

/** Sorts by UTF-8. JavaScript's own order is the same, and much faster, where no key needs two code units. */
const inOrder = (keys: string[]): string[] =>
  keys.some((key) => surrogate.test(key)) ? keys.sort(byUtf8) : keys.sort()

/** Compares as UTF-8 bytes do, where JavaScript's own order puts U+E000 to U+FFFF after what needs two code units. */
const byUtf8 = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)]
    if (left !== right) return weight(left) - weight(right)
  }
  return a.length - b.length
}

const weight = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)
