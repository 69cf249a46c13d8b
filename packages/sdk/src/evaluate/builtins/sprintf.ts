import { type Answer, ASK, bytesOf, FAILED, type Paths } from './answer.ts'
import { kept } from './kept.ts'
import { sorted, sortedEntries } from './order.ts'
import { isArray, isNumber, isSet, type Value } from './value.ts'

// OPA: builtinSprintf in v1/topdown/strings.go, which hands its arguments to Go's fmt: https://pkg.go.dev/fmt

/** An argument as OPA hands it to Go. */
type Argument =
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'int64'; readonly value: bigint }
  | { readonly type: 'float64'; readonly value: number }
  | { readonly type: 'big'; readonly value: bigint }

/** Thrown where only Go knows. */
const ask = new Error('ask OPA')

const sprintf = (...[template, values]: readonly Value[]): Answer => {
  if (typeof template !== 'string' || values === undefined || values === null) return FAILED
  if (typeof values !== 'object' || !isArray(values)) return FAILED
  try {
    return format(template, values.map(argumentOf))
  } catch (cause) {
    if (cause === ask) return ASK
    throw cause
  }
}

const argumentOf = (value: Value): Argument => {
  if (typeof value === 'string') return { type: 'string', value }
  if (!isNumber(value)) return { type: 'string', value: textOf(value) }
  if (/[.eE]/.test(value.number)) {
    const float = Number(value.number)
    if (!Number.isFinite(float)) throw ask
    return { type: 'float64', value: float }
  }
  const integer = BigInt(value.number)
  return { type: BigInt.asIntN(64, integer) === integer ? 'int64' : 'big', value: integer }
}

/** A value as OPA's String() has it. */
const textOf = (value: Value): string => {
  if (value === null || typeof value === 'boolean') return `${value}`
  if (typeof value === 'string') return quoted(value)
  if (isArray(value)) return `[${value.map(textOf).join(', ')}]`
  if (isNumber(value)) return value.number
  if (isSet(value)) return value.set.length === 0 ? 'set()' : `{${sorted(value.set).map(textOf).join(', ')}}`
  return `{${sortedEntries(value.object)
    .map(([key, item]) => `${textOf(key)}: ${textOf(item)}`)
    .join(', ')}}`
}

const quoted = (text: string): string => {
  if (!/^[ -~]*$/.test(text)) throw ask
  return JSON.stringify(text)
}

interface Verb {
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
  readonly verb: string
}

const verbs = /%([-+# 0]*)(\d*)(?:\.(?!$)(\d*))?(.?)/gsu

/** A template as plain text and verbs by turns, undefined where only Go can read it. */
const partsOf = kept(256, (template): readonly (string | Verb)[] | undefined => {
  const parts: (string | Verb)[] = []
  let last = 0
  for (const match of template.matchAll(verbs)) {
    const [all, flags = '', width = '', precision, verb = ''] = match
    if (verb === '[' || verb === '*' || width.length > 3 || (precision ?? '').length > 2) return undefined
    parts.push(template.slice(last, match.index))
    last = match.index + all.length
    const wanted = precision === undefined ? undefined : Number(precision)
    if (verb === '') parts.push('%!(NOVERB)')
    else parts.push(verb === '%' ? '%' : { flags, width: Number(width), precision: wanted, verb })
  }
  parts.push(template.slice(last))
  return parts
})

const format = (template: string, args: readonly Argument[]): string => {
  const parts = partsOf(template)
  if (parts === undefined) throw ask
  let text = ''
  let used = 0
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part
      continue
    }
    const argument = args[used]
    used += 1
    text += argument === undefined ? `%!${part.verb}(MISSING)` : shown(argument, part)
  }
  if (used >= args.length) return text
  return `${text}%!(EXTRA ${args.slice(used).map(typed).join(', ')})`
}

/** An argument that nothing asked for, or that its verb does not suit. */
const typed = (argument: Argument): string => {
  if (argument.type === 'big') throw ask
  return `${argument.type}=${plain(argument)}`
}

const plain = ({ type, value }: Argument): string => (type === 'float64' ? shortest(value) : `${value}`)

const shown = (argument: Argument, how: Verb): string => {
  const { verb, flags, width } = how
  if (flags.includes('#')) throw ask
  if (verb === 'T') {
    if (argument.type === 'big' || flags !== '' || width > 0 || how.precision !== undefined) throw ask
    return argument.type
  }
  const text =
    argument.type === 'string'
      ? shownText(argument.value, how)
      : argument.type === 'float64'
        ? shownFloat(argument.value, how)
        : shownInteger(argument.value, how)
  if (text !== undefined) return text
  // Go's flags hold for the value in the message, too.
  if (flags !== '' || width > 0 || how.precision !== undefined) throw ask
  return `%!${verb}(${typed(argument)})`
}

const shownText = (value: string, { flags, width, precision, verb }: Verb): string | undefined => {
  if (!'svqxX'.includes(verb)) return undefined
  if (/[+ 0]/.test(flags)) throw ask
  const cut = precision === undefined ? value : [...value].slice(0, precision).join('')
  if (verb === 's' || verb === 'v') return padded(cut, width, flags)
  if (precision !== undefined) throw ask
  if (verb === 'q') return padded(quoted(value), width, flags)
  let hex = ''
  for (const byte of bytesOf(value)) hex += byte.toString(16).padStart(2, '0')
  return padded(verb === 'X' ? hex.toUpperCase() : hex, width, flags)
}

const radixes: Readonly<Record<string, number>> = { d: 10, v: 10, x: 16, X: 16, o: 8, b: 2 }

const shownInteger = (value: bigint, { flags, width, precision, verb }: Verb): string | undefined => {
  const radix = radixes[verb]
  if (radix === undefined) {
    if ('cqUO'.includes(verb)) throw ask
    return undefined
  }
  if (precision !== undefined || (verb === 'v' && flags.includes('+'))) throw ask
  const digits = (value < 0n ? -value : value).toString(radix)
  return signed(value < 0n, verb === 'X' ? digits.toUpperCase() : digits, width, flags)
}

const shownFloat = (value: number, { flags, width, precision, verb }: Verb): string | undefined => {
  if (!'vgGfFeEbxX'.includes(verb)) return undefined
  const negative = value < 0 || Object.is(value, -0)
  const size = Math.abs(value)
  if ((verb === 'v' || verb === 'g') && precision === undefined && !(verb === 'v' && flags.includes('+'))) {
    return signed(negative, shortest(size), width, flags)
  }
  if (verb !== 'f' && verb !== 'F') throw ask
  return signed(negative, fixed(size, precision ?? 6), width, flags)
}

/** The fewest digits that tell the number from its neighbours, in the form that Go chooses. */
const shortest = (value: number): string => {
  const [digits = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  if (Object.is(value, -0)) return '-0'
  if (power >= -4 && power < mostPlain) return `${value}`
  return `${digits}e${power < 0 ? '-' : '+'}${`${Math.abs(power)}`.padStart(2, '0')}`
}

/** From this power of ten on, Go's %g has an exponent. */
const mostPlain = 6

const fixed = (value: number, digits: number): string => {
  if (value >= 1e21 || digits > 60) throw ask
  // Go rounds halves to even and JavaScript up. More digits show whether it is a half.
  const rest =
    value
      .toFixed(Math.min(100, digits + 40))
      .split('.')[1]
      ?.slice(digits) ?? ''
  if (/^50*$/.test(rest)) throw ask
  return value.toFixed(digits)
}

const signed = (negative: boolean, digits: string, width: number, flags: string): string => {
  const sign = negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  if (flags.includes('0') && !flags.includes('-')) return sign + digits.padStart(width - sign.length, '0')
  return padded(sign + digits, width, flags)
}

const padded = (text: string, width: number, flags: string): string => {
  const missing = width - (width === 0 ? 0 : [...text].length)
  if (missing <= 0) return text
  return flags.includes('-') ? text + ' '.repeat(missing) : ' '.repeat(missing) + text
}

export const sprintfPaths: Paths = { sprintf }
