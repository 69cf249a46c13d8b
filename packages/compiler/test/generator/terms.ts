import type { Random } from './random.ts'

/** The types of generated terms. `numbers` and `strings` are arrays, `labels` a set of strings, `table` an object. */
export type Type = 'number' | 'string' | 'boolean' | 'numbers' | 'strings' | 'labels' | 'table'

/** What a term may refer to: terms by their type, functions by that of their result, and a name that is not taken. */
export interface Scope {
  readonly known: readonly { readonly type: Type; readonly term: string }[]
  /** Functions of one number, and of one string. */
  readonly functions: readonly { readonly name: string; readonly from: 'number' | 'string'; readonly to: Type }[]
  readonly fresh: () => string
}

/** A scope with more in it. */
export const withKnown = (scope: Scope, ...known: Scope['known']): Scope => ({
  ...scope,
  known: [...scope.known, ...known],
})

type Make = (of: (type: Type) => string, random: Random, scope: Scope) => string

const words = ['alpha', 'beta', 'gamma', 'naïve', 'x', 'a,b,c', ' padded ', '10.1.2.3', 'data:9', '']

/** A string constant; now and then one in backticks. */
const quoted = (random: Random): string => (random.percent(10) ? '`raw\\d+`' : JSON.stringify(random.pick(words)))

/** What there is of each type at the bottom: constants, and paths into input and data, which may hold nothing. */
const leaves: Readonly<Record<Type, readonly Make[]>> = {
  number: [
    // Not negative: OPA formats `(-2 == x)` as `-2 == x`, which then goes on with the line before it.
    (_, random) => `${random.below(20)}`,
    () => 'input.count',
    () => 'input.nested.deep.value',
    () => 'data.settings.threshold',
    () => 'data.settings["limits"].b',
  ],
  string: [
    (_, random) => quoted(random),
    () => 'input.name',
    () => 'input.nested["kind"]',
    () => 'data.settings.owner',
    () => 'input.items[0].id',
  ],
  boolean: [
    () => 'input.ok',
    () => 'data.settings.strict == true',
    () => 'true',
    () => 'input.nested.deep.on == false',
  ],
  numbers: [
    () => 'input.sizes',
    () => 'data.settings.steps',
    (_, random) => `[${random.below(9)}, 2, ${random.below(9)}]`,
  ],
  strings: [() => 'input.tags', () => 'data.settings.allowed', (_, random) => `[${quoted(random)}, "beta"]`],
  labels: [
    () => '{t | some t in input.tags}',
    (_, random) => `{"alpha", ${quoted(random)}, "beta"}`,
    () => '{t | some t in input.nothing}',
  ],
  table: [
    () => 'input.limits',
    () => 'data.settings.limits',
    (_, random) => `{"a": ${random.below(9)}, "b": 2, "naïve": ${random.below(9)}}`,
  ],
}

/** A comprehension over an array: iterating a set gives another order in WebAssembly, and so does an object. */
const over = (type: Type, item: Type, made: Type): Make => {
  const [open, close] = made === 'labels' || made === 'table' ? ['{', '}'] : ['[', ']']
  return (of, random, scope) => {
    const [bound, index] = [scope.fresh(), scope.fresh()]
    // of a set, the index would be the item
    const indexed = type !== 'labels'
    const found = [{ type: item, term: bound }, ...(indexed ? [{ type: 'number', term: index } as const] : [])]
    const inner = withKnown(scope, ...found)
    const head =
      made === 'table' ? `sprintf("%v-%d", [${bound}, ${index}]): ${index}` : term(headType[made], inner, random, 1)
    const condition = random.percent(50) ? `; ${term('boolean', inner, random, 1)}` : ''
    return `${open}${head} | some ${indexed ? `${index}, ` : ''}${bound} in ${of(type)}${condition}${close}`
  }
}

const headType: Readonly<Record<Type, Type>> = {
  number: 'number',
  string: 'string',
  boolean: 'boolean',
  numbers: 'number',
  strings: 'string',
  labels: 'string',
  table: 'number',
}

const call =
  (name: string, ...types: readonly Type[]): Make =>
  (of) =>
    `${name}(${types.map(of).join(', ')})`

const infix =
  (operator: string, type: Type): Make =>
  (of) =>
    `(${of(type)} ${operator} ${of(type)})`

const own =
  (type: Type): Make =>
  (of, random, scope) => {
    const candidates = scope.functions.filter(({ to }) => to === type)
    if (candidates.length === 0) return of(type)
    const { name, from } = random.pick(candidates)
    return `${name}(${of(from)})`
  }

/**
 * How to make a term of other terms. Built-ins that WebAssembly holds come first, then those that the host answers.
 *
 * Left out is what OPA's own WebAssembly does otherwise than its interpreter: the order of sets and objects, `replace` of
 * an empty text, which never ends, `json.remove` of an empty path, which breaks down, `indexof` of an empty text,
 * `json.marshal` of `<`, `>` and `&`, `json.is_valid` of a text that begins with a number, decimals, which keep their
 * zeros, `floor` and `ceil` between -1 and 0, negative zero, 0 / 0, and `format_int` of more than 64 bits.
 */
const branches: Readonly<Record<Type, readonly Make[]>> = {
  number: [
    ...['+', '-', '*'].map((operator) => infix(operator, 'number')),
    (of, random) => `${random.pick(['floor', 'round'])}(abs(${of('number')}) / ${random.pick([2, 4, 8])})`,
    (of) => `ceil(abs(${of('number')}) / 2)`,
    (of, random) => `(floor(${of('number')}) % ${random.pick([2, 3, 7])})`,
    ...['abs', 'round', 'floor'].map((name) => call(name, 'number')),
    ...(['numbers', 'strings', 'labels', 'table', 'string'] as const).map((type) => call('count', type)),
    ...['sum', 'max', 'min', 'product'].map((name) => call(name, 'numbers')),
    (of, random) => `indexof(${of('string')}, ${JSON.stringify(random.pick(['a', 'ï', ':9']))})`,
    (of) => `object.get(${of('table')}, ${of('string')}, ${of('number')})`,
    (of, random) => `${random.pick(['input', 'data.settings'])}.limits[${of('string')}]`,
    (of, random) => `bits.${random.pick(['and', 'or', 'xor'])}(${random.below(9)}, floor(abs(${of('number')})))`,
    (_, random) => `to_number("${random.below(99)}")`,
    call('strings.count', 'string', 'string'),
    (_, random) => `units.parse("${random.below(99)}K")`,
    (_, random) => `time.parse_duration_ns("${random.below(99)}ms")`,
    (_, random) => `semver.compare("1.${random.below(3)}.0", "1.1.${random.below(3)}")`,
    (_, random) => `time.parse_rfc3339_ns("2020-01-0${1 + random.below(9)}T00:00:00Z")`,
    own('number'),
  ],
  string: [
    ...['lower', 'upper', 'trim_space', 'base64.encode', 'strings.reverse'].map((name) => call(name, 'string')),
    ...['trim', 'trim_prefix', 'trim_suffix', 'trim_left'].map((name) => call(name, 'string', 'string')),
    call('concat', 'string', 'strings'),
    (of, random) => `replace(${of('string')}, ${JSON.stringify(random.pick(['a', 'ï', 'ta']))}, ${of('string')})`,
    (of, random) => `substring(${of('string')}, ${random.below(4)}, ${random.below(5) - 1})`,
    (of) => `format_int(max([min([floor(${of('number')}), 99999]), -99999]), 10)`,
    (of, random) => `split(${of('string')}, ",")[${random.below(2)}]`,
    (of, random) => `${of('strings')}[${random.below(2)}]`,
    (of, random) => `type_name(${of(random.pick(types))})`,
    (of, random) => `json.marshal(${of(random.pick(['number', 'string', 'numbers', 'strings'] as const))})`,
    (of) => `sprintf("%v/%s|%5.1f", [${of('number')}, ${of('string')}, ${of('number')}])`,
    (of) => `sprintf("%q %v %t", [${of('string')}, ${of('strings')}, is_string(${of('string')})])`,
    (of) => `$"({${of('string')}}:{${of('number')}})"`,
    ...['crypto.sha256', 'hex.encode', 'urlquery.encode', 'crypto.md5', 'glob.quote_meta'].map((name) =>
      call(name, 'string'),
    ),
    (of) => `regex.replace(${of('string')}, "[a-f]+", ${JSON.stringify('-')})`,
    own('string'),
  ],
  boolean: [
    ...['==', '!=', '<', '<=', '>', '>='].flatMap((operator) => [infix(operator, 'number'), infix(operator, 'string')]),
    infix('==', 'labels'),
    infix('!=', 'table'),
    infix('==', 'numbers'),
    ...['startswith', 'endswith', 'contains'].map((name) => call(name, 'string', 'string')),
    (of) => `regex.match("^[a-z]+$", ${of('string')})`,
    (of) => `glob.match("*.1.*", ["."], ${of('string')})`,
    (of) => `(${of('string')} in ${of('labels')})`,
    (of) => `(${of('number')} in ${of('numbers')})`,
    (of) => `(${of('string')}, ${of('number')} in ${of('table')})`,
    (of, random) => `${random.pick(['is_string', 'is_number', 'is_array', 'is_object'])}(${of(random.pick(types))})`,
    (_, random) => `net.cidr_contains("10.0.0.0/8", "1${random.below(3)}.1.2.3")`,
    call('semver.is_valid', 'string'),
    call('strings.any_prefix_match', 'string', 'strings'),
    (of) => `object.subset(${of('table')}, {"b": ${of('number')}})`,
    own('boolean'),
  ],
  numbers: [
    over('numbers', 'number', 'numbers'),
    over('strings', 'string', 'numbers'),
    call('array.concat', 'numbers', 'numbers'),
    (of, random) => `array.slice(${of('numbers')}, ${random.below(3)}, ${1 + random.below(3)})`,
    (_, random) => `numbers.range(${random.below(5)}, ${random.below(9)})`,
    call('sort', 'numbers'),
    call('array.reverse', 'numbers'),
    (_, random) => `numbers.range_step(${random.below(5)}, ${9 + random.below(9)}, ${1 + random.below(4)})`,
    (of) => `[object.get(it, "size", ${of('number')}) | some it in input.items]`,
  ],
  strings: [
    over('strings', 'string', 'strings'),
    over('numbers', 'number', 'strings'),
    call('array.concat', 'strings', 'strings'),
    call('split', 'string', 'string'),
    call('sort', 'labels'),
    call('sort', 'strings'),
    call('array.reverse', 'strings'),
    (of) => `regex.split("[,.:]", ${of('string')})`,
    (of, random) => `regex.find_n("[a-z]+", ${of('string')}, ${random.below(4) - 1})`,
    (of) => `strings.split_n(${of('string')}, ",", 2)`,
    (_, random, scope) => {
      const bound = scope.fresh()
      return `[${bound}.id | some ${bound} in input.items; ${random.percent(50) ? `${bound}.on` : `not ${bound}.on`}]`
    },
  ],
  labels: [
    over('strings', 'string', 'labels'),
    over('labels', 'string', 'labels'),
    ...['|', '&', '-'].map((operator) => infix(operator, 'labels')),
    (of) => `object.keys(${of('table')})`,
    (of) => `union({${of('labels')}, ${of('labels')}})`,
    (of) => `intersection({${of('labels')}, ${of('labels')}})`,
    (_of, _random, scope) => {
      const [bound, label] = [scope.fresh(), scope.fresh()]
      return `{${label} | some ${bound} in input.items; some ${label} in ${bound}.labels}`
    },
  ],
  table: [
    over('strings', 'string', 'table'),
    call('object.union', 'table', 'table'),
    call('object.remove', 'table', 'labels'),
    call('object.filter', 'table', 'strings'),
    (of) => `json.remove(${of('table')}, ["a", "/b", "c/d"])`,
    (of, random, scope) => {
      const [key, bound] = [scope.fresh(), scope.fresh()]
      const inner = withKnown(scope, { type: 'string', term: key }, { type: 'number', term: bound })
      return `{${key}: ${term('number', inner, random, 1)} | some ${key}, ${bound} in ${of('table')}}`
    },
    (of) => `json.patch(${of('table')}, [{"op": "add", "path": "/p", "value": ${of('number')}}])`,
    (of) => `object.union_n([${of('table')}, ${of('table')}])`,
  ],
}

/** All types. */
export const types: readonly Type[] = ['number', 'string', 'boolean', 'numbers', 'strings', 'labels', 'table']

/** Returns the text of a term of that type, not deeper than `depth`. */
export const term = (type: Type, scope: Scope, random: Random, depth: number): string => {
  const known = scope.known.filter((each) => each.type === type)
  if (known.length > 0 && random.percent(45)) return random.pick(known).term
  const makes = depth <= 0 || random.percent(25) ? leaves[type] : branches[type]
  return random.pick(makes)((inner) => term(inner, scope, random, depth - 1), random, scope)
}
