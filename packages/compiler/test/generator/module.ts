import { type Random, randomOf } from './random.ts'
import { type Scope, term, type Type, types, withKnown } from './terms.ts'

/**
 * A module of one seed: valid Rego v1, whose rules have the same value for the interpreter and for WebAssembly. Its
 * functions are in a package of their own, since the document of a package with functions is no value.
 */
export interface GeneratedModule {
  readonly seed: number
  readonly entrypoint: string
  readonly files: Readonly<Record<string, string>>
}

/** Returns the module of a seed. */
export const moduleOf = (seed: number): GeneratedModule => {
  const random = randomOf(seed)
  let count = 0
  let scope: Scope = {
    known: [],
    functions: [
      { name: 'lib.twice', from: 'number', to: 'number' },
      { name: 'lib.tagged', from: 'string', to: 'string' },
      { name: 'lib.listed', from: 'string', to: 'boolean' },
    ],
    fresh: () => `v${count++}`,
  }
  const rules = Array.from({ length: 4 + random.below(8) }, (_, index) => {
    const rule = random.pick(kinds)(`r${index}`, scope, random)
    scope = {
      ...withKnown(scope, ...(rule.known ?? [])),
      functions: [...scope.functions, ...(rule.functions ?? [])],
    }
    return rule
  })
  const fileOf = (name: string, isFunction: boolean): string => {
    const own = rules.filter(({ functions }) => (functions !== undefined) === isFunction).map(({ text }) => text)
    return [`package ${name}`, 'import data.functions.m% as own', 'import data.generated.lib', ...own, '']
      .join('\n\n')
      .replaceAll('m%', `m${seed}`)
  }
  return {
    seed,
    entrypoint: `generated/m${seed}`,
    files: {
      [`functions/m${seed}.rego`]: fileOf('functions.m%', true),
      [`generated/m${seed}.rego`]: fileOf('generated.m%', false),
    },
  }
}

/** What the modules import, and what they read of data. */
export const surroundings: Readonly<Record<string, string>> = {
  'generated/lib/lib.rego': `package generated.lib

twice(x) := x * 2

tagged("alpha") := "first"

tagged(s) := sprintf("%s!", [lower(s)]) if s != "alpha"

listed(s) if s in data.settings.allowed
`,
  'settings/data.json': JSON.stringify({
    threshold: 3,
    owner: 'alpha',
    strict: true,
    steps: [4, 1, 2],
    allowed: ['alpha', 'gamma', 'x'],
    limits: { a: 1, b: 20, 'a,b,c': 3 },
  }),
}

const item = { id: 'one', size: 3, on: true, labels: ['alpha', 'hot'] }

/** The inputs on which modules are evaluated: a full one, one that lacks much, and one with other types. */
export const inputs: readonly unknown[] = [
  {
    name: 'alpha',
    count: 7,
    ok: true,
    tags: ['alpha', 'beta', 'naïve'],
    sizes: [3, 1, 2, 10],
    limits: { a: 1, b: 2, x: 3 },
    items: [item, { id: 'two', size: 12, labels: [] }, { id: 'three', on: false, labels: ['cold'] }],
    nested: { kind: 'beta', deep: { value: 3, on: false } },
  },
  { name: '', tags: [], items: [item], limits: {}, nested: {} },
  { name: 'x', count: 'seven', ok: null, tags: 'alpha', sizes: { a: 1 }, limits: [1], items: { k: item }, nested: [] },
]

interface Rule {
  readonly text: string
  readonly known?: Scope['known']
  readonly functions?: Scope['functions']
}

type Kind = (name: string, scope: Scope, random: Random) => Rule

const at = (name: string): string => `data.generated.m%.${name}`

/** Statements that bind and judge, and the scope after them. With `iterates`, there may be several solutions. */
const bodyOf = (
  scope: Scope,
  random: Random,
  iterates: boolean,
): { readonly lines: string[]; readonly inner: Scope } => {
  let inner = scope
  const lines = Array.from({ length: 1 + random.below(3) }, () => {
    const { line, known } = random.pick(iterates ? [...statements, ...iterations] : statements)(inner, random)
    inner = withKnown(inner, ...known)
    return line
  })
  return { lines, inner }
}

type Statement = (scope: Scope, random: Random) => { readonly line: string; readonly known: Scope['known'] }

const assignment: Statement = (scope, random) => {
  const type = random.pick(types)
  const name = scope.fresh()
  return { line: `${name} := ${term(type, scope, random, 2)}`, known: [{ type, term: name }] }
}

const condition: Statement = (scope, random) => ({ line: term('boolean', scope, random, 2), known: [] })

const statements: readonly Statement[] = [
  assignment,
  assignment,
  condition,
  condition,
  (scope, random) => ({ line: `not ${term('boolean', scope, random, 2)}`, known: [] }),
  (scope, random) => {
    const [key, bound] = [scope.fresh(), scope.fresh()]
    const inner = withKnown(scope, { type: 'number', term: key }, { type: 'string', term: bound })
    const body = `${key} < ${random.below(9)}; ${bound} != "beta"; ${term('boolean', inner, random, 1)}`
    return { line: `every ${key}, ${bound} in ${term('strings', scope, random, 1)} { ${body} }`, known: [] }
  },
  (scope, random) => {
    const rules = scope.known.filter((each) => each.term.startsWith('data.'))
    if (rules.length === 0) return condition(scope, random)
    const { type, term: rule } = random.pick(rules)
    const name = scope.fresh()
    return { line: `${name} := ${rule} ${random.pick(replacements)(scope, random)}`, known: [{ type, term: name }] }
  },
]

/** What `with` puts in the place of input, of data, and of functions. */
const replacements: readonly ((scope: Scope, random: Random) => string)[] = [
  (scope, random) => `with input.count as ${term('number', scope, random, 1)}`,
  (scope, random) => `with input as {"name": ${term('string', scope, random, 1)}, "count": 4, "sizes": [1, 2]}`,
  (scope, random) => `with data.settings.threshold as ${term('number', scope, random, 1)}`,
  () => 'with input.tags as ["beta", "other"] with data.settings.owner as "nobody"',
  () => 'with count as 3',
  () => 'with data.generated.lib.twice as abs',
]

const iterations: readonly Statement[] = [
  ['strings', 'string'],
  ['numbers', 'number'],
  ['labels', 'string'],
].map(
  ([from, to]): Statement =>
    (scope, random) => {
      const name = scope.fresh()
      // `as`: both columns of the table above are types
      return {
        line: `some ${name} in ${term(from as Type, scope, random, 1)}`,
        known: [{ type: to as Type, term: name }],
      }
    },
)

const block = (lines: readonly string[]): string => `{\n${lines.map((line) => `\t${line}\n`).join('')}}`

const kinds: readonly Kind[] = [
  // a value, with or without conditions
  (name, scope, random) => {
    const type = random.pick(types)
    const { lines, inner } = bodyOf(scope, random, false)
    const text = random.percent(30)
      ? `${name} := ${term(type, scope, random, 3)}`
      : `${name} := ${term(type, inner, random, 2)} if ${block(lines)}`
    return { text, known: [{ type, term: at(name) }] }
  },
  // a default, and alternatives in order
  (name, scope, random) => {
    const type = random.pick(['number', 'string', 'boolean'] as const)
    const constant = { number: '-1', string: '"none"', boolean: 'false' }[type]
    const [first, second] = [bodyOf(scope, random, false), bodyOf(scope, random, false)]
    const text = [
      ...(random.percent(70) ? [`default ${name} := ${constant}\n\n`] : []),
      `${name} := ${term(type, first.inner, random, 2)} if ${block(first.lines)}`,
      ` else := ${term(type, second.inner, random, 2)} if ${block(second.lines)}`,
      ...(random.percent(30) ? [` else := ${constant}`] : []),
    ].join('')
    return { text, known: [{ type, term: at(name) }] }
  },
  // true for any of several reasons
  (name, scope, random) => {
    const one = (): string => `${name} if ${block(bodyOf(scope, random, true).lines)}`
    return { text: `${one()}\n\n${one()}`, known: [{ type: 'boolean', term: at(name) }] }
  },
  // a set
  (name, scope, random) => {
    const one = (): string => {
      const { lines, inner } = bodyOf(scope, random, true)
      return `${name} contains ${term('string', inner, random, 2)} if ${block(lines)}`
    }
    return { text: random.percent(50) ? one() : `${one()}\n\n${one()}`, known: [{ type: 'labels', term: at(name) }] }
  },
  // an object: a key comes once, and its value depends on nothing that iterates beside it
  (name, scope, random) => {
    const [key, bound] = [scope.fresh(), scope.fresh()]
    const inner = withKnown(scope, { type: 'string', term: key }, { type: 'number', term: bound })
    const lines = [`some ${key}, ${bound} in ${term('table', scope, random, 2)}`, ...bodyOf(inner, random, false).lines]
    return {
      text: `${name}[${key}] := ${term('number', inner, random, 2)} if ${block(lines)}`,
      known: [{ type: 'table', term: at(name) }],
    }
  },
  // sets by key, which nothing else refers to
  (name, scope, random) => {
    const { lines, inner } = bodyOf(scope, random, true)
    const head = `${name}[${term('string', scope, random, 0)}] contains ${term('number', inner, random, 1)}`
    return { text: `${head} if ${block(lines)}` }
  },
  // values at paths below one rule
  (name, scope, random) => {
    const { lines, inner } = bodyOf(scope, random, false)
    // The last keys are not to come twice in a package: `opa build` makes imports of them, which then collide.
    const [first, second] = [`${name}.first.value_${name}`, `${name}.second_${name}`]
    const text = `${first} := ${term('number', inner, random, 2)} if ${block(lines)}\n\n${second} := ${term('string', scope, random, 1)}`
    return {
      text,
      known: [
        { type: 'number', term: at(first) },
        { type: 'string', term: at(second) },
      ],
    }
  },
  // a function, with an alternative
  (name, scope, random) => {
    const from = random.pick(['number', 'string'] as const)
    const to = random.pick(types)
    const argument = scope.fresh()
    // Neither `opa build` nor we can build a function that refers to a rule of an entrypoint.
    const inside = { ...scope, known: [{ type: from, term: argument }] }
    const { lines, inner } = bodyOf(inside, random, false)
    const otherwise = random.percent(50) ? ` else := ${term(to, inside, random, 1)}` : ''
    return {
      text: `${name}(${argument}) := ${term(to, inner, random, 2)} if ${block(lines)}${otherwise}`,
      functions: [{ name: `own.${name}`, from, to }],
    }
  },
]
