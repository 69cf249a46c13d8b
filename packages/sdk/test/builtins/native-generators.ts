import type { Value } from '../../src/evaluate/builtins/value.ts'
import { type Generator, generatorsOf } from './generators.ts'
import { objectOf, type Random, setOf, valuesOf } from './random.ts'

/** Returns a generator for each function that OPA's runtime holds, and that is called by its name with as many arguments. */
export const nativeGeneratorsOf = (random: Random): Readonly<Record<string, Generator>> => {
  const { text, word, number, value } = valuesOf(random)
  const { pick, list } = random
  const from = generatorsOf(random)
  const made = (name: string): readonly Value[] => from[name]?.() ?? []
  const small = (): Value => ({ number: `${random.below(9) - 3}` })
  const anyNumber = (): Value => pick([small, small, number, number])()
  const lines = (count: number) => () => Array.from({ length: count }, () => pick([word, () => text(6), sentence])())
  const sentence = (): string =>
    list(6, () =>
      pick(['a', 'b', 'ab', 'A', ' ', '\u00a0', '\u2003', '\t', 'é', '😀', 'ß', 'İ', 'Σ', 'ǆ', 'ﬁ', '\0']),
    ).join('')
  const collection = (make: () => Value): Value =>
    pick<() => Value>([() => list(4, make), () => setOf(list(4, make)), () => list(4, make)])()
  const object = (): Value => objectOf(list(4, () => [pick<() => Value>([word, word, number])(), value(1)] as const))
  const globPart = (): string =>
    pick([
      '*',
      '**',
      '?',
      'a',
      'b',
      '.',
      '/',
      '[ab]',
      '[!a]',
      '[a-c]',
      '{a,b}',
      '{a,b?,*c}',
      '\\*',
      'é',
      '😀',
      '{',
      '[',
      '}',
      ',',
      '-',
      '{a,{b,c}}',
      '[^a]',
      '\\',
    ])
  const globText = (): string => list(5, () => pick(['a', 'b', 'c', '.', '/', '*', 'é', '😀', 'ab', ',', '-'])).join('')
  const network = (): Value => {
    const [, networks] = made('net.cidr_contains_matches')
    return typeof networks === 'string' && random.chance(0.5) ? networks : (made('net.cidr_is_valid')[0] ?? null)
  }
  const path = (): Value =>
    random.chance(0.5)
      ? list(3, () => pick(['a', 'b', 'c', '0', '1', '-'])).join('/')
      : list(3, () => pick<Value>(['a', 'b', '0', 'c', '1', { number: '0' }]))
  const tree = (): Value => made('json.patch')[0] ?? null
  const json = (): string =>
    pick(['{"a": ', '[', '"', '', '{"a":1,"a":']) +
    pick([
      '1',
      '-0',
      '1.50',
      '1e3',
      '1E+400',
      'true',
      'null',
      '"\\u00e9"',
      '"\\ud83d\\ude00"',
      '"\\udc00a"',
      '{}',
      '[]',
      '01',
      '1.',
      '+1',
      'NaN',
      '\\',
    ]) +
    pick(['}', ']', '"', '', ' ', ',', '\0'])
  const base64 = (): string => {
    const plain = Buffer.from(text(5)).toString(pick(['base64', 'base64url'] as const))
    return plain.slice(0, plain.length - random.below(2)) + pick(['', '', '', '=', '==', '\n', ' ', '*'])
  }
  const graph = (): Value =>
    objectOf(
      list(
        4,
        () =>
          [
            pick(['a', 'b', 'c']),
            pick<() => Value>([() => collection(() => pick(['a', 'b', 'c', 'd'])), value])(),
          ] as const,
      ),
    )

  const generators: Readonly<Record<string, Generator>> = {
    abs: () => [anyNumber()],
    ceil: () => [anyNumber()],
    floor: () => [anyNumber()],
    round: () => [anyNumber()],
    plus: () => [anyNumber(), anyNumber()],
    minus: () => pick([() => [anyNumber(), anyNumber()], () => [setOf(list(4, small)), setOf(list(4, small))]])(),
    mul: () => [anyNumber(), anyNumber()],
    div: () => [anyNumber(), anyNumber()],
    rem: () => [anyNumber(), anyNumber()],
    and: () => [setOf(list(4, word)), setOf(list(4, word))],
    or: () => [setOf(list(4, word)), setOf(list(4, word))],
    equal: () => [value(), value()],
    neq: () => [value(), value()],
    lt: () => [value(), value()],
    lte: () => [value(), value()],
    gt: () => [value(), value()],
    gte: () => [value(), value()],
    union: () => [setOf(list(3, () => setOf(list(3, () => value(1)))))],
    intersection: () => [setOf(list(3, () => setOf(list(3, small))))],
    count: () => [value()],
    sum: () => [collection(anyNumber)],
    product: () => [collection(anyNumber)],
    max: () => [collection(() => value(1))],
    min: () => [collection(() => value(1))],
    sort: () => [collection(() => value(1))],
    'array.concat': () => [list(3, () => value(1)), list(3, () => value(1))],
    'array.flatten': () => [list(4, () => value(2))],
    'array.reverse': () => [list(4, () => value(1))],
    'array.slice': () => [list(4, word), anyNumber(), anyNumber()],
    'base64.decode': () => [base64()],
    'base64.encode': lines(1),
    'base64.is_valid': () => [base64()],
    'base64url.decode': () => [base64()],
    'base64url.encode': lines(1),
    'bits.and': () => [anyNumber(), anyNumber()],
    'bits.or': () => [anyNumber(), anyNumber()],
    'bits.xor': () => [anyNumber(), anyNumber()],
    'bits.negate': () => [anyNumber()],
    'bits.lsh': () => [anyNumber(), small()],
    'bits.rsh': () => [anyNumber(), small()],
    concat: () => [word(), collection(() => (random.chance(0.95) ? word() : value(1)))],
    contains: lines(2),
    endswith: lines(2),
    startswith: lines(2),
    format_int: () => [anyNumber(), { number: pick(['2', '8', '10', '16', '16', '7', '10.0']) }],
    indexof: lines(2),
    lower: lines(1),
    upper: lines(1),
    replace: lines(3),
    split: lines(2),
    'strings.replace_n': () => [objectOf(list(3, () => [word(), word()] as const)), sentence()],
    'strings.reverse': lines(1),
    substring: () => [sentence(), anyNumber(), anyNumber()],
    trim: lines(2),
    trim_left: lines(2),
    trim_prefix: lines(2),
    trim_right: lines(2),
    trim_space: lines(1),
    trim_suffix: lines(2),
    // What Go takes for a number though JSON does not is in the tests of the repairs.
    to_number: () => [
      pick<() => Value>([
        () => pick(['1', '-1.5', '1e5', '0x10', ' 1', 'Inf', '-', '1.2.3', '_1', '-0', '1E2', '', '1e400', '1e-400']),
        word,
        value,
      ])(),
    ],
    'glob.match': () => [
      list(4, globPart).join(''),
      pick<() => Value>([() => [], () => null, () => ['.'], () => ['/', '.'], () => [''], () => ['é'], () => ['ab']])(),
      globText(),
    ],
    'graph.reachable': () => [graph(), collection(() => pick(['a', 'b', 'x']))],
    'json.is_valid': () => [json()],
    'json.unmarshal': () => [json()],
    'json.marshal': () => [value()],
    'json.filter': () => [tree(), collection(path)],
    'json.remove': () => [tree(), collection(path)],
    'net.cidr_contains': () => [network(), network()],
    'net.cidr_intersects': () => [network(), network()],
    'numbers.range': () => [pick<Value>([small(), { number: '1.0' }, { number: '0.5' }]), small()],
    'object.filter': () => [object(), pick<() => Value>([object, () => collection(word)])()],
    'object.get': () => [
      pick([object, tree])(),
      pick<() => Value>([word, path, () => list(2, () => value(1))])(),
      word(),
    ],
    'object.keys': () => [object()],
    'object.remove': () => [object(), pick<() => Value>([object, () => collection(word)])()],
    'object.union': () => [object(), object()],
    'object.union_n': () => [list(3, object)],
    'regex.find_all_string_submatch_n': () => made('regex.find_n'),
    'regex.is_valid': () => made('regex.split').slice(0, 1),
    'regex.match': () => made('regex.split'),
    type_name: () => [value()],
    is_string: () => [value()],
    is_number: () => [value()],
  }
  return Object.fromEntries(
    Object.entries(generators).map(([name, generate]) => [
      name,
      () => {
        const args = generate()
        // A range between any two numbers, and a shift by any, may have no end.
        const wrong =
          name !== 'numbers.range' && name !== 'bits.lsh' && random.chance(0.05) ? random.below(args.length) : -1
        return args.map((arg, at) => (at === wrong ? value() : arg))
      },
    ]),
  )
}
