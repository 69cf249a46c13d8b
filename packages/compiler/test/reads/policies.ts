import type { Random } from './random.ts'

/** A generated module: its text and its entrypoints, each one a rule of its own. */
export interface Generated {
  readonly text: string
  readonly entrypoints: readonly string[]
}

const helpers = `
document := input.wrapped if {
	is_object(input.wrapped)
} else := input

by_type := {type: rs |
	some type in {r.type | some r in document.rs}
	rs := [r | some r in document.rs; r.type == type]
}

kept(index) := {type: rs |
	some type, all in index
	rs := [r | some r in all; not r.after.c]
	count(rs) > 0
}

kept_by_type := kept(by_type)

names[r.type] contains r.name if some r in document.rs

last[r.name] := i if some i, r in document.rs

sets[r.type] contains r if some r in document.qs

pairs := [[r.type, r.after] | some r in array.concat(document.rs, document.qs)]

types := {"x", "y"}

wanted := document.kind

chosen := r if {
	some r in document.qs
	r.type == wanted
	r.mode == "m"
} else := document.byName.x

default allowed := false

allowed if document.flag == 1

is_x(r) if r.type == "x"

is_some(r) if r.type == "y"

is_some(r) if {
	r.type == "x"
	r.after.a == 1
}

inner(r) := r.after

inner_of(r, type) := r.after if r.type == type

either(r) := r.after.b if {
	r.mode == "m"
} else := r.list

at(r, [name]) := r.after[name]

at(r, path) := object.get(r.after, path, "none") if count(path) > 1
`

/** Returns a module with some rules of everything that the analysis has to see through. */
export const policiesOf = (random: Random, count: number): Generated => {
  const entrypoints = Array.from({ length: count }, (_, number) => `p${number}`)
  const rules = entrypoints.map((name) => ruleOf(random, name))
  return { text: ['package a', helpers, ...rules].join('\n'), entrypoints: entrypoints.map((name) => `a/${name}`) }
}

type Makers = readonly [() => string, ...(() => string)[]]

/** What one of some makers makes. */
const made = ({ one }: Random, makers: Makers): string => one(makers)()

interface Scope {
  /** Variables for elements, and for anything. */
  readonly elements: string[]
  readonly values: string[]
  next: number
}

const ruleOf = (random: Random, name: string): string => {
  const scope: Scope = { elements: [], values: [], next: 0 }
  const body = bodyOf(random, scope, 2 + random.below(5), 0)
  const head = made(random, [
    () => `${name} contains ${termOf(random, scope)} if`,
    () => `${name} contains [${termOf(random, scope)}, ${termOf(random, scope)}] if`,
    () => `${name} if`,
    () => `default ${name} := false\n\n${name} if`,
    () => `${name}[${keyOf(random, scope)}] contains ${termOf(random, scope)} if`,
  ])
  return `${head} {\n${body.map((line) => `\t${line}`).join('\n')}\n}\n`
}

const fresh = (scope: Scope, kind: 'elements' | 'values'): string => {
  const name = `v${scope.next++}`
  scope[kind].push(name)
  return name
}

const copyOf = (scope: Scope): Scope => ({ elements: [...scope.elements], values: [...scope.values], next: scope.next })

const bodyOf = (random: Random, scope: Scope, length: number, depth: number): string[] => [
  ...(scope.elements.length === 0 || random.chance(30) ? [iteration(random, scope)] : []),
  ...Array.from({ length }, () => statementOf(random, scope, depth)),
]

const iteration = (random: Random, scope: Scope): string => {
  const from = listOf(random, scope)
  if (random.chance(25)) {
    const key = `v${scope.next++}`
    const line = `some ${key}, ${fresh(scope, 'elements')} in ${from}`
    scope.values.push(key)
    return line
  }
  return `some ${fresh(scope, 'elements')} in ${from}`
}

const listOf = (random: Random, scope: Scope): string =>
  made(random, [
    () => 'document.rs',
    () => 'document.rs',
    () => 'input.rs',
    () => 'document.qs',
    () => 'document.byName',
    () => `by_type.${random.one(['x', 'y'])}`,
    () => `kept_by_type.${random.one(['x', 'y'])}`,
    () => `kept_by_type[${keyOf(random, scope)}]`,
    () => `sets[${random.one(['"x"', '"y"', 'wanted'])}]`,
    () => 'array.concat(by_type.x, document.qs)',
    () => 'array.slice(document.rs, 1, 3)',
    () => `[r | some r in document.rs; r.type == ${constantOf(random)}]`,
    () => `{r | some r in document.qs; r.type == ${constantOf(random)}}`,
    () => `[r | some r in document.rs; r.type == wanted]`,
    () => `object.union(document.byName, {"n": document.rs[0]})`,
    () => `[r | some type in types; some r in kept_by_type[type]]`,
    () => '[pair[1] | some pair in pairs; pair[0] == "x"]',
  ])

const constantOf = ({ one }: Random): string => one(['"x"', '"y"', '"z"', '"a"', '1', '0', 'true', 'null'])

const elementOf = (random: Random, scope: Scope): string => {
  const [first, ...others] = scope.elements
  if (first === undefined || random.chance(10))
    return random.one(['document.byName.y', 'document.qs[0]', 'chosen', 'document.obj'])
  return random.one([first, ...others, ...others])
}

const keyOf = (random: Random, scope: Scope): string => {
  const [first, ...others] = scope.values
  if (first === undefined || random.chance(50))
    return random.one(['"x"', '"y"', 'wanted', `${elementOf(random, scope)}.type`])
  return random.one([first, ...others])
}

const fieldOf = ({ one }: Random): string =>
  one([
    'type',
    'type',
    'mode',
    'name',
    'after',
    'after.a',
    'after.b',
    'after.x',
    'after.b.a',
    'list',
    'list[_]',
    'list[0].a',
    'a',
    'b',
  ])

const termOf = (random: Random, scope: Scope): string => {
  const element = elementOf(random, scope)
  const [first, ...others] = scope.values
  return made(random, [
    () => `${element}.${fieldOf(random)}`,
    () => `${element}.${fieldOf(random)}`,
    () => `${element}.type`,
    () => (first === undefined ? element : random.one([first, ...others])),
    () => element,
    () => constantOf(random),
    () => `object.get(${element}, ${random.one(['"after"', '["after", "a"]', '["list", 0]', 'wanted'])}, "none")`,
    () => random.one(['document.flag', 'document.kind', 'wanted', 'allowed', 'input.obj.a', 'document.obj']),
    () =>
      `count(${random.one([`object.keys(object.get(${element}, "after", {}))`, 'document.rs', 'types', 'by_type'])})`,
    () => `last[${keyOf(random, scope)}]`,
    () => `inner(${element}).${random.one(['a', 'b', 'x'])}`,
    () => `inner_of(${element}, ${random.one(['"x"', 'wanted', '"y"'])})`,
    () => `either(${element})`,
    () => `at(${element}, ${random.one(['["a"]', '["b", "a"]', '[wanted]'])})`,
    () => `{"k": ${element}.name, "v": ${element}}.${random.one(['k', 'v.after', 'v.type'])}`,
    () => `[${element}.after, ${element}.list][${random.one(['0', '1'])}]`,
  ])
}

const statementOf = (random: Random, scope: Scope, depth: number): string => {
  const { one, below } = random
  const element = elementOf(random, scope)
  const term = () => termOf(random, scope)
  const nested = (): string => {
    const inner = copyOf(scope)
    const lines = bodyOf(random, inner, 1 + below(2), depth + 1)
    scope.next = inner.next
    return lines.join('; ')
  }
  const comprehension = (): string => {
    const inner = copyOf(scope)
    const lines = bodyOf(random, inner, 1 + below(2), depth + 1).join('; ')
    scope.next = inner.next
    const value = termOf(random, inner)
    return one([
      `[${value} | ${lines}]`,
      `{${value} | ${lines}}`,
      `{${keyOf(random, inner)}: [${value} | ${lines}] | ${lines}}`,
    ])
  }
  const simple: Makers = [
    () => `${element}.type == ${one(['"x"', '"y"', 'wanted', '"x"'])}`,
    () => `${element}.type in ${one(['{"x", "y"}', 'types', '["z", "x"]'])}`,
    () => `${element}.mode == "m"`,
    () => `is_x(${element})`,
    () => `is_some(${element})`,
    () => `not is_x(${element})`,
    () => `not is_some(${element})`,
    () => `not ${element}.${fieldOf(random).replace('[_]', '[1]')}`,
    () => `${term()} == ${term()}`,
    () => `${term()} == ${constantOf(random)}`,
    () => `${term()} != ${constantOf(random)}`,
    () => `${term()} > ${constantOf(random)}`,
    () => term(),
    () => `count(${listOf(random, scope)}) > ${below(3)}`,
    () => iteration(random, scope),
    () => `names[${keyOf(random, scope)}][${element}.name]`,
    () => `${element}.name in names.x`,
    () => `${element} in sets.x`,
    () => `allowed == ${one(['true', 'false'])} with input.flag as ${one(['1', `${element}.type`])}`,
    () => `count(by_type.x) > 0 with input as ${one(['document.obj', `{"rs": [${element}]}`])}`,
    () => `count([1 | some r in document.rs; r.type == wanted; r.after.a]) > 0 with wanted as "y"`,
    () => `regex.match("x|1", json.marshal(${element}.${one(['after', 'list', 'name'])}))`,
  ]
  const assigned = (): string => {
    const value = made(random, [term, term, comprehension, () => elementOf(random, scope)])
    return `${fresh(scope, 'values')} := ${value}`
  }
  if (depth > 1) return one(simple)()
  return made(random, [
    ...simple,
    ...simple,
    assigned,
    assigned,
    () => `count(${comprehension()}) ${one(['> 0', '== 0', '!= 1'])}`,
    () => `every ${`e${scope.next++}`} in ${listOf(random, scope)} { ${nested()} }`,
    () => {
      const name = `e${scope.next++}`
      return `every ${name} in ${listOf(random, scope)} { ${name}.${fieldOf(random)} == ${constantOf(random)} }`
    },
    () => {
      const [path, value] = [`v${scope.next++}`, fresh(scope, 'values')]
      return `walk(${element}.after, [${path}, ${value}])`
    },
    () => `{"a": ${fresh(scope, 'values')}, "b": ${constantOf(random)}} = ${element}.after`,
    () => `[${fresh(scope, 'values')}, ${constantOf(random)}] = [${element}.name, ${element}.type]`,
  ])
}
