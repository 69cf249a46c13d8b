import type { Value } from '../../src/evaluate/builtins/value.ts'
import { documentsOf } from './documents.ts'
import type { Random } from './random.ts'
import { objectOf, setOf, valuesOf } from './random.ts'

/** Makes arguments for one function. */
export type Generator = () => readonly Value[]

/** Returns a generator for each function that has a JavaScript path. */
export const generatorsOf = (random: Random): Readonly<Record<string, Generator>> => {
  const { text, word, integer, number, scalar, value } = valuesOf(random)
  const pick = random.pick
  const digits = (count: number): string => Array.from({ length: count }, () => random.below(10)).join('')
  const small = (): Value => ({ number: `${random.below(9) - 3}` })
  const mutated = (line: string): string => {
    const at = random.below(line.length + 1)
    return line.slice(0, at) + pick(['', text(1), digits(1), '.', '-', ':', '0']) + line.slice(at + random.below(2))
  }
  const maybe = (line: string): string => (random.chance(0.2) ? mutated(line) : line)
  const affixes = (): Value =>
    pick<() => Value>([
      word,
      word,
      () => random.list(4, word),
      () => setOf(random.list(4, word)),
      () => random.list(3, scalar),
    ])()

  const atom = (): string =>
    pick([
      'a',
      'b',
      '.',
      '\\d',
      '\\w',
      '\\s',
      '\\b',
      '^',
      '$',
      '[a-c]',
      '[^a]',
      '(a|b)',
      '(?:ab)',
      '(?i)a',
      '\\.',
      'é',
      '😀',
      '[[:alpha:]]',
      '(?P<n>a)',
      '(?<m>b)',
      '(?s).',
      '(?m)^',
      '\\Qa.\\E',
      '\\x41',
      '\\z',
      '\\A',
      '\\B',
      '(',
      ')',
      '[',
      '\\',
      '{',
      '|',
      '(?U)',
      '\\pL',
      '\\1',
      '(?=a)',
      '\\S',
      '[^\\W]',
      '\\v',
      '\\ca',
      '\\8',
      '[b-a]',
      '(?#x)',
      '[a&&b]',
      '\\x{1F600}',
      '\\_',
      '[\\d-z]',
      '(?-s).',
    ])
  const pattern = (): string =>
    random
      .list(
        4,
        () => atom() + pick(['', '', '', '*', '+', '?', '{2}', '{1,2}', '*?', '+?', '{,2}', '{0}', '{1001}', '**']),
      )
      .join(pick(['', '', '', '|']))
  const subject = (): string =>
    random.list(8, () => pick(['a', 'b', 'ab', 'A', ' ', '.', '1', 'é', '😀', '\n', 'foo', '_', 'K', 'ſ'])).join('')
  const replacement = (): string =>
    random
      .list(4, () =>
        pick([
          '$1',
          '${1}',
          '$n',
          '${n}',
          '$$',
          '$',
          'x',
          '$0',
          '${',
          '$01',
          '$1x',
          '${1}x',
          '$é',
          '${n',
          '$99999999999',
          '😀',
          '$-',
        ]),
      )
      .join('')

  const verb = (): string =>
    `%${pick(['', '', '', '-', '+', '0', ' ', '#', '-0', '+0'])}${pick(['', '', '', '5', '12', '1', '0'])}${pick(['', '', '', '.2', '.', '.0', '.10'])}${pick(['s', 's', 'v', 'v', 'd', 'd', 'f', 'g', 'e', 'q', 'x', 'X', 't', 'T', 'c', 'b', 'o', 'U', 'p', 'w', 'z', '%', '', '[1]s', '*d', 'é', '!'])}`
  const template = (): string =>
    random.list(4, () => (random.chance(0.7) ? verb() : text(3))).join(pick(['', ' ', '-']))

  const ns = (): Value => ({
    number: pick([
      () => `${BigInt(random.below(2 ** 31)) * 1_000_000_000n + BigInt(random.below(1e9))}`,
      () => `-${BigInt(random.below(2 ** 31)) * 1_000_000_000n + BigInt(random.below(1e9))}`,
      () => `${BigInt(random.below(1e9)) * BigInt(random.below(9e9))}`,
      integer,
    ])().replace(/^-0$/, '0'),
  })
  const layout = (): string =>
    random
      .list(6, () =>
        pick([
          '2006',
          '01',
          '02',
          '15',
          '04',
          '05',
          'Jan',
          'January',
          'Mon',
          'Monday',
          'MST',
          'Z07:00',
          '-0700',
          '-07:00',
          '-07',
          'Z0700',
          'Z07',
          '-070000',
          'Z07:00:00',
          '.000',
          '.999',
          ',000000',
          '.0000000000',
          'PM',
          'pm',
          '03',
          '3',
          '4',
          '5',
          '1',
          '2',
          '_2',
          '__2',
          '002',
          '06',
          '_2006',
          'Janu',
          'Mono',
          '.00a',
          '.0001',
        ]),
      )
      .join(pick(['', '-', ':', ' ', 'T', '/']))
  const named = (): string =>
    pick([
      'RFC3339',
      'RFC3339Nano',
      'ANSIC',
      'UnixDate',
      'RubyDate',
      'RFC822',
      'RFC822Z',
      'RFC850',
      'RFC1123',
      'RFC1123Z',
      'Kitchen',
    ])
  const moment = (): Value =>
    pick<() => Value>([
      ns,
      ns,
      () => [ns()],
      () => [ns(), pick(['UTC', '', 'UTC'])],
      () => [ns(), 'UTC', pick([layout, layout, named])()],
      () => [ns(), pick(['Europe/Berlin', 'America/New_York', 'Local', 'Nope', 'utc'])],
      value,
    ])()
  const two = (end: number): string => `${random.below(end + 2)}`.padStart(2, '0')
  const zone = (): string => pick(['Z', 'Z', '+01:00', '-07:30', '+23:59', '+24:00', '+1:00', 'z', '+0100', ''])
  const date = (): string =>
    `${pick(['2024', '1999', '2023', '1600', '2262', '0000', '9999', '2000'])}-${two(12)}-${two(31)}`
  const clock = (): string =>
    `${two(23)}:${two(59)}:${two(59)}${pick(['', '', '.5', '.123456789', '.1234567899', ',5', '.'])}`
  const timestamp = (): string => maybe(`${date()}T${clock()}${zone()}`)
  const duration = (): string =>
    maybe(
      pick(['', '', '-', '+']) +
        random
          .list(
            4,
            () =>
              `${pick([digits(1), digits(2), digits(3), digits(19), `${digits(1)}.${digits(3)}`, `.${digits(2)}`, `${digits(1)}.`])}${pick(['h', 'm', 's', 'ms', 'us', 'µs', 'μs', 'ns', 'd', 'w', 'y', 'x', ''])}`,
          )
          .join(''),
    )

  const versionPart = (): string => pick(['0', '1', '2', '10', '01', '', digits(3), digits(20), 'x', '-1', '+1'])
  const version = (): string =>
    maybe(
      `${pick(['', '', 'v', 'vv'])}${versionPart()}.${pick(['0', '1', '2', versionPart()])}.${pick(['0', '1', '3', versionPart()])}${pick(['', '', '-alpha', '-alpha.1', '-1', '-beta.11', '-rc.01', '-a-b', '-.', '-1.2.3', '-alpha.beta', `-${digits(4)}`])}${pick(['', '', '+build', '+1.2', '+', '+a-b', '+a_b'])}`,
    )

  const ipv4 = (): string =>
    maybe(
      `${pick(['10', '192', '255', '0', '256', '1'])}.${random.below(256)}.${random.below(256)}.${random.below(256)}`,
    )
  const group = (): string => pick(['0', 'ffff', '1', 'db8', '00ab', 'ABCD', '0', '0'])
  const ipv6 = (): string =>
    maybe(
      pick([
        () => Array.from({ length: 8 }, group).join(':'),
        () => `${random.list(3, group).join(':')}::${random.list(3, group).join(':')}`,
        () => pick(['::', '::1', '::ffff:1.2.3.4', '2001:db8::', 'fe80::1%eth0', '::1.2.3.4', '64:ff9b::192.0.2.1']),
      ])(),
    )
  const cidr = (): string =>
    maybe(
      random.chance(0.6)
        ? `${ipv4()}/${pick(['24', '32', '28', '30', '0', '33', '08', '', '-1'])}`
        : `${ipv6()}/${pick(['128', '124', '64', '120', '0', '129', '112'])}`,
    )
  const address = (): string => pick([ipv4, ipv6, cidr, cidr])()
  const cidrMember = (): Value =>
    random.chance(0.8) ? address() : pick<() => Value>([() => [address(), word()], value])()
  const cidrs = (): Value =>
    pick<() => Value>([
      cidr,
      () => random.list(3, cidrMember),
      () => setOf(random.list(3, cidrMember)),
      () => objectOf(random.list(3, () => [word(), cidrMember()] as const)),
      scalar,
    ])()

  const amount = (): string =>
    maybe(
      `${pick(['', '', '', '-', '+'])}${pick([digits(1), digits(3), digits(6), digits(17), digits(20), `${digits(1)}.${digits(2)}`, `0.${digits(6)}`, `.${digits(1)}`, `${digits(2)}.`, `${digits(1)}e${digits(1)}`, '1e-3', ''])}${pick(['', 'k', 'K', 'm', 'M', 'Mi', 'mi', 'MI', 'G', 'gb', 'GiB', 'Ki', 'KB', 'T', 'Ti', 'TB', 'p', 'P', 'e', 'E', 'Ei', 'EB', 'b', 'B', 'i', 'kib', '"', ' ', 'x'])}`,
    )

  const tree = (depth = 3): Value =>
    depth === 0 || random.chance(0.2)
      ? pick<() => Value>([word, small, () => null, () => true])()
      : pick<() => Value>([
          () => objectOf(random.list(3, () => [pick(['a', 'b', 'c', '0', '1']), tree(depth - 1)] as const)),
          () => objectOf(random.list(3, () => [pick(['a', 'b', 'c', '0', '1']), tree(depth - 1)] as const)),
          () => random.list(3, () => tree(depth - 1)),
          () => setOf(random.list(3, () => tree(depth - 1))),
        ])()
  const pointer = (): Value =>
    random.chance(0.9)
      ? pick(['', '/']) + random.list(3, () => pick(['a', 'b', 'c', '0', '1', '-', 'a~1b', '~0', ''])).join('/')
      : random.list(3, () => pick(['a', 'b', '0']))
  const operation = (): Value => ({
    object: [
      ['op', pick(['add', 'remove', 'replace', 'add', 'remove', 'replace', 'move', 'copy', 'test', 'x'])] as const,
      ['path', pointer()] as const,
      ...(random.chance(0.8) ? [['value', tree(1)] as const] : []),
      ...(random.chance(0.2) ? [['from', pointer()] as const] : []),
    ].filter(() => random.chance(0.98)),
  })

  const oneOf = (usual: string, ...odd: readonly string[]): string =>
    random.chance(0.7) ? usual : pick([usual, ...odd])
  const uri = (): string =>
    maybe(
      [
        oneOf('https://', '', 'HTTP://', 'a+b://', 'mailto:', 's3://', '//', '1a://', ':'),
        oneOf('example.com', '', 'a.b', '[::1]', 'u:p@h', '10.0.0.1', 'a_b', '-a-', 'é.com', 'a%20b'),
        oneOf('', ':80', ':', ':x', ':99999'),
        oneOf('/a/b', '', '/', '/a%2Fb', '//x', '/a b', '/é', 'rel/a', '/a:b@c', '/~u/!*', '*', '/./..'),
        oneOf('?a=b&c', '', '?', '?%zz', '?a b', '?é', '?x?y'),
        oneOf('', '#f', '#', '#a%20b', '#é', '#a#b'),
      ].join(''),
    )

  const document = documentsOf(random, mutated)
  const texts = (count: number) => () => Array.from({ length: count }, () => (random.chance(0.6) ? text(12) : word()))
  const escaped = (): string =>
    random
      .list(6, () => pick(['a', '=', '&', '%41', '%2', '%zz', '+', '%C3%A9', '%ff', ';', '%26', 'é', '😀', ' ', 'b']))
      .join('')

  const generators: Readonly<Record<string, Generator>> = {
    sprintf: () => [
      template(),
      random.list(4, () => pick<() => Value>([word, () => text(5), number, number, () => value(2)])()),
    ],
    'glob.quote_meta': texts(1),
    indexof_n: () => [subject(), pick<() => string>([word, () => text(2), () => 'a'])()],
    'strings.count': () => [subject(), pick<() => string>([word, () => text(2), () => 'a'])()],
    'strings.split_n': () => [subject(), pick<() => string>([word, () => text(1)])(), pick([small, small, number])()],
    'strings.any_prefix_match': () => [affixes(), affixes()],
    'strings.any_suffix_match': () => [affixes(), affixes()],
    'regex.split': () => [pattern(), subject()],
    'regex.replace': () => [subject(), pattern(), replacement()],
    'regex.find_n': () => [pattern(), subject(), pick([small, small, number])()],
    'regex.template_match': () => [
      random.list(3, () => pick([subject(), `{${pattern()}}`, `<${pattern()}>`, '{[a}{b]}', 'urn:', '.'])).join(''),
      subject(),
      pick(['{', '{', '<', '', '{{', 'é']),
      pick(['}', '}', '>', '{']),
    ],
    'hex.encode': texts(1),
    'hex.decode': () => [
      maybe(pick<() => string>([() => digits(4), () => 'c3a9F09f9880', () => 'ff', () => '616263', () => text()])()),
    ],
    'base64url.encode_no_pad': texts(1),
    'urlquery.encode': texts(1),
    'urlquery.decode': () => [escaped()],
    'urlquery.decode_object': () => [escaped()],
    'urlquery.encode_object': () => [
      random.chance(0.9)
        ? objectOf(random.list(4, () => [random.chance(0.95) ? text(3) : scalar(), affixes()] as const))
        : value(),
    ],
    'time.clock': () => [moment()],
    'time.date': () => [moment()],
    'time.weekday': () => [moment()],
    'time.format': () => [random.chance(0.8) ? [ns(), 'UTC', pick([layout, layout, named])()] : moment()],
    'time.diff': () => [moment(), moment()],
    'time.add_date': () => [
      moment(),
      ...Array.from({ length: 3 }, () =>
        pick([small, small, number, () => ({ number: `${random.below(4000) - 2000}` })])(),
      ),
    ],
    'time.parse_rfc3339_ns': () => [timestamp()],
    'time.parse_ns': () => {
      const [form, line] = pick<readonly [string, () => string]>([
        ['2006-01-02', date],
        ['2006-01-02 15:04:05', () => `${date()} ${clock()}`],
        ['RFC3339', timestamp],
        ['02/01/2006 15:04', () => `${two(31)}/${two(12)}/2024 ${two(23)}:${two(59)}`],
        ['2006-01-02T15:04:05-07:00', timestamp],
        [layout(), () => layout()],
        ['RFC1123', () => 'Mon, 02 Jan 2006 15:04:05 UTC'],
        ['15:04', () => `${two(23)}:${two(59)}`],
      ])
      return [form, maybe(line())]
    },
    'time.parse_duration_ns': () => [duration()],
    'semver.compare': () => [version(), version()],
    'semver.is_valid': () => [random.chance(0.95) ? version() : value()],
    'net.cidr_contains_matches': () => [cidrs(), cidrs()],
    'net.cidr_expand': () => [
      pick([() => `${ipv4()}/${28 + random.below(6)}`, () => `${ipv6()}/${122 + random.below(8)}`])(),
    ],
    'net.cidr_is_valid': () => [random.chance(0.95) ? address() : value()],
    'uri.parse': () => [uri()],
    'uri.is_valid': () => [random.chance(0.95) ? uri() : value()],
    'yaml.unmarshal': () => [document(tree())],
    'yaml.is_valid': () => [random.chance(0.95) ? document(tree()) : value()],
    'units.parse': () => [amount()],
    'units.parse_bytes': () => [amount()],
    'numbers.range_step': () => [
      small(),
      pick([small, number, () => ({ number: `${random.below(300)}` })])(),
      pick([small, () => ({ number: `${1 + random.below(7)}` })])(),
    ],
    'object.subset': () => {
      const whole = tree()
      return [whole, random.chance(0.5) ? partOf(whole, random) : tree()]
    },
    'json.patch': () => [tree(), random.list(3, operation)],
    'crypto.hmac.equal': () => [word(), word()],
    'crypto.hmac.md5': texts(2),
    'crypto.hmac.sha1': texts(2),
    'crypto.hmac.sha256': texts(2),
    'crypto.hmac.sha512': texts(2),
    'crypto.md5': texts(1),
    'crypto.sha1': texts(1),
    'crypto.sha256': texts(1),
  }
  const oneWrong = (args: readonly Value[]): readonly Value[] => {
    const wrong = random.below(args.length)
    return args.map((arg, at) => (at === wrong ? value() : arg))
  }
  return Object.fromEntries(
    Object.entries(generators).map(([name, generate]) => [
      name,
      () => (random.chance(0.05) ? oneWrong(generate()) : generate()),
    ]),
  )
}

/** A value with some of what another one has. */
const partOf = (value: Value, random: Random): Value => {
  if (value === null || typeof value !== 'object' || random.chance(0.1)) return value
  const some = () => random.chance(0.6)
  if ('set' in value) return { set: value.set.filter(some) }
  if ('object' in value) {
    return { object: value.object.filter(some).map(([key, item]) => [key, partOf(item, random)] as const) }
  }
  if ('number' in value) return value
  const from = random.below(value.length + 1)
  const part = value.slice(from, from + random.below(value.length + 1))
  return random.chance(0.7) ? part : setOf(part)
}
