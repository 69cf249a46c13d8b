import type { Random } from '../../compiler/test/reads/random.ts'

/** Returns a plan with much missing, some of it odd, and marks everywhere that Terraform puts them. */
export const planDocument = (random: Random): unknown => {
  const { below, one, chance } = random
  let secrets = 0
  const some = <T>(make: () => T): T[] => Array.from({ length: below(4) }, make)
  const text = (): string => {
    const make = one<() => string>([
      () => `secret-value-${(secrets += 1)}`,
      () => `päss"wörd\\-${(secrets += 1)}\u2028😀`,
      () => `{"inner": "deep-secret-${(secrets += 1)}"}`,
      () => `postgres://app:Tr4ckP${(secrets += 1)}ss@db/x`,
      () => 'production',
      () => '',
    ])
    return make()
  }
  const scalar = (): unknown => one<unknown>([text(), text(), 7, 1.5e3, true, false, null, -0])
  const value = (depth: number): unknown => {
    if (depth === 0 || chance(50)) return scalar()
    return chance(50)
      ? some(() => value(depth - 1))
      : Object.fromEntries(
          (['a', 'b', 'é', 'a"b', '__proto__'] as const).filter(() => chance(40)).map((key) => [key, value(depth - 1)]),
        )
  }
  const mark = (of: unknown): unknown => {
    if (chance(20)) return true
    if (chance(20)) return one<unknown>([false, {}, [], null, 'true', { true: false }])
    if (Array.isArray(of)) return of.map(mark)
    if (typeof of !== 'object' || of === null) return chance(50)
    return Object.fromEntries(Object.entries(of).map(([key, each]: [string, unknown]) => [key, mark(each)]))
  }
  const shuffled = (object: Readonly<Record<string, unknown>>): unknown => {
    const entries = Object.entries(object).filter(() => chance(95))
    return Object.fromEntries(chance(70) ? entries : entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }
  const change = (): unknown => {
    const [before, after] = [value(3), value(3)]
    return chance(95)
      ? shuffled({
          actions: ['create'],
          before,
          after,
          after_unknown: {},
          before_sensitive: mark(before),
          after_sensitive: mark(after),
        })
      : scalar()
  }
  const type = () => one(['aws_a', 'aws_b', 'aws_c', 'aws_é'])
  const entry = (): unknown =>
    chance(95)
      ? shuffled({ address: `x.${below(9)}`, mode: 'managed', type: type(), name: 'n', change: change() })
      : one([scalar(), ['7', value(2)], ['secret', { a: 'x' }, 3]])
  const resource = (): unknown => {
    const values = value(3)
    return shuffled({ address: 'x', type: type(), values, sensitive_values: mark(values) })
  }
  const module = (depth: number): unknown =>
    chance(95)
      ? shuffled({
          resources: chance(95) ? some(resource) : scalar(),
          ...(depth > 0 && { child_modules: some(() => module(depth - 1)) }),
        })
      : scalar()
  const output = (): unknown => shuffled({ sensitive: chance(50), value: value(2) })
  const named = (make: () => unknown): unknown =>
    Object.fromEntries((['u', 'v', 'w'] as const).filter(() => chance(50)).map((key) => [key, make()]))
  const state = (): unknown => shuffled({ outputs: named(output), root_module: module(3) })
  const plan = {
    format_version: '1.2',
    ...Object(
      shuffled({
        terraform_version: '1.11.4',
        variables: named(() => ({ value: value(2) })),
        planned_values: state(),
        resource_drift: some(entry),
        resource_changes: some(entry),
        output_changes: named(change),
        prior_state: { format_version: '1.0', values: state() },
        configuration: {
          provider_config: { aws: { expressions: { token: { constant_value: text() } } } },
          root_module: { variables: named(() => shuffled({ sensitive: chance(70) })), resources: some(resource) },
        },
      }),
    ),
  }
  return chance(20) ? { run: { id: 'run-1' }, plan } : plan
}
