import type { Random } from '../reads/random.ts'

/** Types of real plans, and some that none has. */
export const types = [
  'aws_iam_role',
  'aws_s3_bucket',
  'aws_sagemaker_model',
  'aws_kms_key',
  'aws_vpc',
  'aws_sagemaker_endpoint',
  'x',
  '1',
] as const

/** A package of rules that go through resources as people write it, each in a style of its own. */
export const moduleOf = (random: Random): Readonly<Record<string, string>> => {
  const { one, chance, below } = random
  const type = () => JSON.stringify(one(types))
  const list = () => `{${type()}, ${type()}}`
  const root = () =>
    one([
      'input.resource_changes',
      'input.resource_changes',
      'input.plan.resource_changes',
      'tfplan.resource_changes',
      'changes',
    ])
  const filters = (rc: string): string =>
    one([
      () => `${rc}.type == ${type()}`,
      () => `${rc}.type == ${type()}`,
      () => `${type()} == ${rc}.type`,
      () => `${rc}.type = ${type()}`,
      () => `${rc}["type"] == ${type()}`,
      () => `${rc}.type in ${list()}`,
      () => `${rc}.type in [${type()}, ${type()}, ${type()}]`,
      () => `${rc}.type in watched`,
      () => `${rc}.type == special`,
      () => `is_watched(${rc})`,
      () => `is_role(${rc})`,
      () => `known(${rc})`,
      () => `of_type(${rc}, ${type()})`,
      () => `t0 := ${rc}.type\n\tt0 == ${type()}`,
      () => `some t1 in ${list()}\n\t${rc}.type == t1`,
      () => `not ${rc}.type == ${type()}`,
      () => `${rc}.type != ${type()}`,
      () => `startswith(${rc}.type, "aws_s3")`,
      () => `${rc}.type == ${rc}.name`,
    ])()
  const between = (rc: string): string =>
    one<string>([
      '',
      '',
      '',
      `${rc}.mode == "managed"\n\t`,
      `some action in ${rc}.change.actions\n\taction in ["create", "update"]\n\t`,
      `not is_data(${rc})\n\t`,
      `managed(${rc})\n\t`,
      `name := ${rc}.name\n\tname != "x"\n\t`,
      `count(${rc}.address) > 3\n\t`,
      `${rc}.change.actions[_] == "create"\n\t`,
    ])
  const walk = (rc: string): string => {
    const from = root()
    return one<string>([
      `some ${rc} in ${from}`,
      `some ${rc} in ${from}`,
      `${rc} := ${from}[_]`,
      `some i_${rc}, ${rc} in ${from}`,
      `some i_${rc}\n\t${rc} := ${from}[i_${rc}]`,
      `${rc} := ${from}[i_${rc}]`,
      `${rc} = ${from}[_]`,
      `some _, ${rc} in ${from}`,
      `all_${rc} := ${from}\n\tsome ${rc} in all_${rc}`,
    ])
  }
  const body = (rc: string): string => `${walk(rc)}\n\t${between(rc)}${filters(rc)}`
  const rules: ((n: number) => string)[] = [
    (n) => `deny contains msg if {\n\t${body('rc')}\n\tmsg := sprintf("${n} %v", [rc.address])\n}`,
    (n) =>
      `deny contains msg if {\n\t${body('rc')}\n\tnot rc.change.after.tags\n\tmsg := concat(" ", ["${n}", rc.address])\n}`,
    (n) =>
      `deny contains sprintf("${n} %v", [i]) if {\n\t${one(['', 'some i\n\t'])}input.resource_changes[i].type == ${type()}\n\tinput.resource_changes[i].mode == "managed"\n}`,
    (n) => `deny contains "${n}" if input.resource_changes[_].type == ${type()}`,
    (n) => `deny contains msg if {\n\tnames := [r.address | ${body('r')}]\n\tmsg := {"n": ${n}, "names": names}\n}`,
    (n) =>
      `deny contains msg if {\n\tnames := {r.address: r.name | ${body('r')}}\n\tmsg := {"n": ${n}, "names": names}\n}`,
    (n) =>
      `deny contains msg if {\n\tfound := {r.address | ${body('r')}}\n\tcount(found) > 0\n\tmsg := {"n": ${n}, "found": found}\n}`,
    (n) =>
      `deny contains msg if {\n\t${body('rc')}\n\tcount([r | ${body('r')}; r.module_address == rc.module_address]) == ${below(2)}\n\tmsg := sprintf("${n} %v", [rc.address])\n}`,
    (n) =>
      `deny contains msg if {\n\t${body('rc')}\n\tevery r in [r | ${body('r')}] { r.mode == rc.mode }\n\tmsg := sprintf("${n} %v", [rc.address])\n}`,
    (n) =>
      `deny contains msg if {\n\tevery t in ${list()} { some r in input.resource_changes; r.type == t }\n\tmsg := "${n}"\n}`,
    (n) => `deny contains msg if {\n\tsome r in of(${type()})\n\tmsg := sprintf("${n} %v", [r.address])\n}`,
    (n) => `deny contains msg if {\n\tsome r in listed(${type()})\n\tmsg := sprintf("${n} %v", [r.address])\n}`,
    (n) =>
      `deny contains msg if {\n\tsome t in ${list()}\n\tsome r in input.resource_changes\n\tr.type == t\n\tmsg := sprintf("${n} %v %v", [t, r.address])\n}`,
    (n) =>
      `deny contains msg if {\n\tsome t, c in {"a": ${type()}, "b": 1}\n\tr := input.resource_changes[_]\n\tr.type == c\n\tmsg := sprintf("${n} %v %v", [t, r.address])\n}`,
    (n) => `r${n}[rc.address] := rc.mode if {\n\t${body('rc')}\n}\n\ndeny contains {"${n}": r${n}}`,
    (n) =>
      `r${n} contains rc.address if {\n\t${body('rc')}\n}\n\ndeny contains msg if {\n\tsome a in r${n}\n\tmsg := [${n}, a]\n}`,
    (n) =>
      `default r${n} := false\n\nr${n} if {\n\t${body('rc')}\n} else := "other" if {\n\t${body('rc')}\n}\n\ndeny contains {"${n}": r${n}}`,
    (n) =>
      `r${n} contains rc.address if {\n\t${body('rc')}\n}\n\ndeny contains msg if {\n\tother := r${n} with input.resource_changes as [{"type": ${type()}, "address": "a", "name": "x"}]\n\tmsg := {"n": ${n}, "other": other, "own": r${n}}\n}`,
    (n) =>
      `deny contains msg if {\n\tr := input.planned_values.root_module.resources[_]\n\tr.type == ${type()}\n\tmsg := [${n}, r.address]\n}`,
  ]
  const made = Array.from({ length: 14 }, (_, n) => one(rules as [(n: number) => string])(n))
  const text = [
    'package rules',
    'import input as tfplan',
    'changes := input.resource_changes',
    `watched := ${list()}`,
    `special := ${type()}`,
    `is_watched(r) if r.type in watched\n\nis_watched(r) if {\n\tr.mode == "managed"\n\tr.type == ${type()}\n}`,
    `is_role(r) := r.type == ${type()}`,
    `default known(_) := false\n\nknown(r) if r.type == ${type()}`,
    'of_type(r, t) if r.type == t',
    'is_data(r) if r.mode == "data"',
    'managed(r) if {\n\tr.mode == "managed"\n\tnot is_data(r)\n}',
    'of(t) := {r | some r in input.resource_changes; r.type == t}',
    'listed(t) := [r | some r in input.resource_changes; r.type == t]',
    ...(chance(50) ? [`buckets := [r.address | ${body('r')}]`] : ['buckets := []']),
    `sure contains rc.address if {\n\tsome rc in input.resource_changes\n\trc.type == ${type()}\n}`,
    ...made,
  ].join('\n\n')
  const main =
    'package main\n\nimport data.rules\n\nbuckets := rules.buckets\n\ndeny := rules.deny\n\nsure := rules.sure\n'
  return { 'main.rego': main, 'rules.rego': `${text}\n` }
}

/** A plan of odd elements and an odd shape. */
export const planOf = (random: Random): unknown => {
  const { one, below, chance } = random
  const element = (): unknown =>
    chance(92)
      ? Object.fromEntries(
          Object.entries({
            address: `a.${below(9)}`,
            type: chance(85) ? one(types) : one<unknown>([1, 1.5, null, true, ['x'], { x: 1 }, '']),
            mode: one(['managed', 'data']),
            name: one(['x', 'y', ...types]),
            module_address: one(['m', 'n']),
            change: {
              actions: one([['create'], ['update'], ['create', 'delete'], []]),
              after: one<unknown>([{}, { tags: {} }, null]),
            },
          }).filter(() => chance(93)),
        )
      : one<unknown>([1, 'x', null, [], ['type', 'x'], true])
  const elements = (): unknown => Array.from({ length: below(12) }, element)
  const shape = (): unknown =>
    chance(88) ? elements() : one<unknown>([null, 'x', {}, 3, { a: element(), b: element() }])
  return Object.fromEntries(
    Object.entries({
      resource_changes: shape(),
      plan: { resource_changes: shape() },
      planned_values: { root_module: { resources: elements() } },
    }).filter(() => chance(93)),
  )
}
