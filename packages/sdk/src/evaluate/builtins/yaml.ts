import { type Answer, ASK, ofStrings, type Paths } from './answer.ts'
import { isArray, isNumber, isObject, parseValue, type Value } from './value.ts'

// OPA: internal/yaml/yaml.go, on go-yaml v3. Here is what programs write: JSON, and block style with plain words, quoted
// strings and integers. Whatever people add to that (comments, anchors, dates, texts over several lines) is for Go.

const deepest = 64

/** Thrown where only Go knows. */
const ask = new Error('ask OPA')

const parse = (text: string): Value | typeof ASK => {
  if (!/^[\n -~]+$/.test(text)) return ASK
  try {
    return /^[{[]/.test(text) ? parseJson(text) : parseBlocks(text)
  } catch (cause) {
    if (cause === ask || cause instanceof SyntaxError) return ASK
    throw cause
  }
}

/** JSON is YAML, as far as its keys are short and differ and its texts need no escapes. */
const parseJson = (text: string): Value => {
  if (text.includes('\\')) throw ask
  JSON.parse(text)
  const value = parseValue(text.trim())
  proveJson(value, 0)
  return value
}

const proveJson = (value: Value, depth: number): void => {
  if (depth > deepest) throw ask
  if (value === null || typeof value !== 'object') return
  if (isNumber(value)) {
    if (!integer.test(value.number)) throw ask
  } else if (isArray(value)) {
    for (const item of value) proveJson(item, depth + 1)
  } else if (isObject(value)) {
    for (const [key, item] of entriesOf(value.object)) {
      if (String(key).length > 100) throw ask
      proveJson(item, depth + 1)
    }
  }
}

const entriesOf = (entries: readonly (readonly [Value, Value])[]): readonly (readonly [Value, Value])[] => {
  if (new Set(entries.map(([key]) => key)).size < entries.length || entries.some(([key]) => key === '<<')) throw ask
  return entries
}

interface Line {
  readonly indent: number
  readonly text: string
}

interface Lines {
  readonly lines: Line[]
  at: number
}

const parseBlocks = (text: string): Value => {
  if (/[#\t]| $/m.test(text)) throw ask
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ indent: line.search(/[^ ]/), text: line.trimStart() }))
  const first = lines[0]
  if (first === undefined || first.indent !== 0) throw ask
  const reader = { lines, at: 0 }
  const value = readBlock(reader, 0, 0)
  if (reader.at < lines.length) throw ask
  return value
}

const readBlock = (reader: Lines, indent: number, depth: number): Value => {
  if (depth > deepest) throw ask
  return isItem(reader.lines[reader.at]) ? readSequence(reader, indent, depth) : readMapping(reader, indent, depth)
}

const isItem = (line: Line | undefined): boolean =>
  line !== undefined && (line.text === '-' || line.text.startsWith('- '))

const readSequence = (reader: Lines, indent: number, depth: number): Value => {
  const items: Value[] = []
  for (let line = here(reader, indent); line !== undefined && isItem(line); line = here(reader, indent)) {
    const rest = line.text.slice(1).trimStart()
    const inner = indent + line.text.length - rest.length
    if (rest === '') {
      reader.at += 1
      items.push(readNested(reader, indent, depth, false))
    } else if (isItem({ indent, text: rest }) || keyIn(rest) !== undefined) {
      // What follows the dash stands as if it were on a line of its own.
      reader.lines[reader.at] = { indent: inner, text: rest }
      items.push(readBlock(reader, inner, depth + 1))
    } else {
      reader.at += 1
      items.push(scalarOf(rest))
      noneDeeper(reader, indent)
    }
  }
  return items
}

const readMapping = (reader: Lines, indent: number, depth: number): Value => {
  const entries: (readonly [Value, Value])[] = []
  for (let line = here(reader, indent); line !== undefined && !isItem(line); line = here(reader, indent)) {
    const [key, rest] = keyIn(line.text) ?? []
    if (key === undefined || rest === undefined) throw ask
    reader.at += 1
    if (rest === '') entries.push([key, readNested(reader, indent, depth, true)])
    else {
      entries.push([key, scalarOf(rest)])
      noneDeeper(reader, indent)
    }
  }
  return { object: entriesOf(entries) }
}

/** The line at this indent, if the next one is. */
const here = ({ lines, at }: Lines, indent: number): Line | undefined => {
  const line = lines[at]
  return line?.indent === indent ? line : undefined
}

const noneDeeper = ({ lines, at }: Lines, indent: number): void => {
  if ((lines[at]?.indent ?? 0) > indent) throw ask
}

/** What belongs to a key or a dash without a value of its own; the items of a key may stand as far left as the key. */
const readNested = (reader: Lines, indent: number, depth: number, isKey: boolean): Value => {
  const next = reader.lines[reader.at]
  if (next === undefined) return null
  if (next.indent > indent) {
    if (!isItem(next) && keyIn(next.text) === undefined) throw ask
    const value = readBlock(reader, next.indent, depth + 1)
    noneDeeper(reader, indent)
    return value
  }
  return isKey && next.indent === indent && isItem(next) ? readSequence(reader, indent, depth + 1) : null
}

const integer = /^(?:0|-?[1-9]\d{0,14})$/
const word = /^[A-Za-z/](?:[\w./@+=-]|:(?=[\w/]))*(?: [\w./@+=-](?:[\w./@+=-]|:(?=[\w/]))*)*$/
const plainKey = /^([A-Za-z][\w./-]{0,99}):(?: +(.+))?$/
const quotedKey = /^"([^"\\]{0,100})":(?: +(.+))?$/
// Words that are no texts, in some version of YAML.
const reserved = /^(?:true|false|null|yes|no|on|off|y|n)$/i

/** The key that a line begins with, and what follows it. */
const keyIn = (text: string): readonly [key: string, rest: string] | undefined => {
  const [, key, rest = ''] = (text.startsWith('"') ? quotedKey : plainKey).exec(text) ?? []
  if (key === undefined || (!text.startsWith('"') && reserved.test(key))) return undefined
  return [key, rest]
}

const literals = new Map<string, Value>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['~', null],
  ['{}', { object: [] }],
  ['[]', []],
])

const scalarOf = (text: string): Value => {
  const literal = literals.get(text)
  if (literal !== undefined) return literal
  if (integer.test(text)) return { number: text }
  if (/^"[^"\\]*"$/.test(text)) return text.slice(1, -1)
  if (/^'(?:[^']|'')*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'")
  if (!word.test(text) || reserved.test(text)) throw ask
  return text
}

const isValid = (value: Value | undefined): Answer => {
  if (typeof value !== 'string') return false
  return parse(value) === ASK ? ASK : true
}

export const yaml: Paths = {
  'yaml.is_valid': (value) => isValid(value),
  'yaml.unmarshal': ofStrings((text = '') => parse(text)),
}
