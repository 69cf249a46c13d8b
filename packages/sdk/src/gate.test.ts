import { readFileSync } from 'node:fs'
import { type Bundle, readBundle, type Reads, signBundle } from '@plangate/bundle'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { bundleOf, outcome, planWith, stack } from '../test/bundle.ts'
import { Decision } from './decision/schema.ts'
import { sectionsOf } from './evaluate/repair/binary.ts'
import { type Gate, gateOf, loadGate } from './gate.ts'
import { renderText } from './report/text.ts'

const library = `package plangate.main
_finding(r) := {"id": "model_endpoints/network_isolation", "severity": "high", "title": "open", "msg": concat("", [r.address, " is open"]),
	"remediation": "close it", "address": r.address, "path": ["enable_network_isolation"], "frameworks": {}}
deny contains _finding(r) if {
	some r in input.resource_changes
	r.type == "aws_sagemaker_model"
	not r.change.after.enable_network_isolation
	not _waiver
}
waived contains object.union(_finding(r), {"waiver": w}) if {
	some r in input.resource_changes
	r.type == "aws_sagemaker_model"
	w := _waiver
}
default _environment := "prod"

_environment := data.plangate.config.environment

_waiver := w if { some w in data.plangate.config.waivers; w.expires >= data.plangate.config.today }
findings := {"deny": deny, "warn": set(), "undecided": set(), "waived": waived,
	"unchanged": set(), "waivers": {"expired": [], "unused": []},
	"config": {"environment": _environment, "fail_on": "medium", "undecided": "warn"}}
`
const main = `package main
deny contains msg if msg := sprintf("count is %d", [input.variables.n.value])
deny contains {"msg": sprintf("at %s", [r.address]), "address": r.address} if some r in input.resource_changes
warn contains msg if some msg in {"b", "a", data.extra.note}
warn_secret contains msg if msg := input.variables.secret.value
warn_secret contains msg if msg := json.marshal({"v": input.variables.secret.value})
warn_secret contains msg if msg := base64.encode(concat("", ["x", input.variables.secret.value]))
warn_time contains msg if msg := concat(" ", [data.plangate.config.today, time.format(time.now_ns())])
violation contains "conflict" if conflict == 3
conflict := 1 if input.variables.conflict
conflict := 2 if input.variables.conflict
`
const entrypoints = ['main/deny', 'main/violation', 'main/warn', 'main/warn_secret', 'main/warn_time']
const clock = () => new Date('2026-11-21T10:00:00Z')
const open = stack('model-endpoint/open.plan.json')
let ours: Gate
let users: Gate
let userBundle: Uint8Array
beforeAll(async () => {
  ours = await loadGate(await bundleOf({ 'library.rego': library }, ['plangate/main/findings', 'plangate/main/deny']))
  userBundle = await bundleOf({ 'main.rego': main }, entrypoints)
  users = await loadGate(userBundle)
})

const messages = async (source: Parameters<Gate['evaluate']>[0], options = {}) =>
  (await users.evaluate(source, { clock, ...options })).findings.map(({ id, status, msg }) => `${status} ${id} ${msg}`)

describe('a gate with a library', () => {
  test('decides a real plan, whatever it comes as', async () => {
    const bytes = readFileSync(open)
    const decision = await ours.evaluate(open, { clock })
    expect(Decision.parse(decision)).toEqual({
      verdict: 'fail',
      findings: [
        {
          id: 'model_endpoints/network_isolation',
          severity: 'high',
          title: 'open',
          msg: 'module.endpoint["chat"].aws_sagemaker_model.this is open',
          remediation: 'close it',
          address: 'module.endpoint["chat"].aws_sagemaker_model.this',
          path: ['enable_network_isolation'],
          frameworks: {},
          status: 'fail',
        },
      ],
      undecided: [],
      waived: [],
      unchanged: [],
      waivers: { expired: [], unused: [] },
      counts: { fail: 1, warn: 0, undecided: 0, waived: 0, unchanged: 0, policies: 0, resources: 23 },
      plan: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), formatVersion: '1.2', terraformVersion: '1.11.4' },
      bundle: ours.bundle,
      config: { environment: 'prod', fail_on: 'medium', undecided: 'warn' },
    })
    const pieces = async function* () {
      yield new Uint8Array(bytes.subarray(0, 1000))
      yield new Uint8Array(bytes.subarray(1000))
    }
    for (const source of [
      bytes,
      new Uint8Array(bytes),
      new Uint8Array(bytes).buffer,
      pieces(),
      new Blob([bytes]).stream(),
    ]) {
      expect(await ours.evaluate(source, { clock })).toEqual(decision)
    }
    const document = await ours.evaluate(JSON.parse(bytes.toString()), { clock })
    expect({ ...document, plan: decision.plan }).toEqual(decision)
    const hcp = await ours.evaluate({ plan: JSON.parse(bytes.toString()), run: {} }, { clock })
    expect({ ...hcp, plan: decision.plan, findings: [] }).toEqual({
      ...decision,
      verdict: 'pass',
      findings: [],
      counts: { ...decision.counts, fail: 0 },
    })
  })

  test('gives policies the configuration and the day, from the clock unless it is given', async () => {
    const waiver = { policy: 'SM-011', address: '*', owner: 'ml', reason: 'test', expires: '2026-11-21' }
    const waived = async (config: object, now = clock) =>
      (await ours.evaluate(open, { config: { environment: 'dev', waivers: [waiver], ...config }, clock: now })).waived
        .length
    expect(await waived({})).toBe(1)
    expect(await waived({}, () => new Date('2026-11-22T00:00:00Z'))).toBe(0)
    expect(await waived({ today: '2026-11-22' })).toBe(0)
    const inData = { plangate: { config: { environment: 'stage', waivers: [waiver] } } }
    const decision = await ours.evaluate(open, { data: inData, config: { environment: 'dev' }, clock })
    expect({
      waived: decision.waived.map(({ waiver: applied }) => applied),
      environment: decision.config.environment,
    }).toEqual({
      waived: [{ owner: 'ml', reason: 'test', expires: '2026-11-21' }],
      environment: 'dev',
    })
  })

  test('refuses a configuration or data that cannot hold', async () => {
    // `as`: what a caller without types could pass
    expect(await outcome(ours.evaluate(open, { config: { enviroment: 'dev' } as never }))).toEqual({
      code: 'ERR_CONFIG_INVALID',
      message: 'the configuration is not valid: Unrecognized key: "enviroment"',
    })
    expect(await outcome(ours.evaluate(open, { data: { plangate: { config: { fail_on: 'all' } } } }))).toEqual({
      code: 'ERR_CONFIG_INVALID',
      message:
        'the configuration is not valid: `fail_on`: Invalid option: expected one of "critical"|"high"|"medium"|"low"',
    })
    const gate = await loadGate(userBundle, { data: { a: { b: 1 } } })
    expect(await outcome(gate.evaluate(planWith(), { data: { a: { b: 1 } } }))).toEqual({
      code: 'ERR_DATA_INVALID',
      message: 'two values are given for data `a.b`',
    })
  })
})

describe("a gate with a user's policies", () => {
  const plan = planWith({
    resource_changes: [
      { address: 'z.z', change: {} },
      { address: 'a.a', change: {} },
    ],
  })
  test('reads sets and objects, in one order whatever the input’s', async () => {
    const expected = [
      'fail main/deny at a.a',
      'fail main/deny at z.z',
      'warn main/warn a',
      'warn main/warn b',
      'warn main/warn note',
      'warn main/warn_time 2026-11-21 2026-11-21T10:00:00Z',
    ]
    expect(await messages(plan, { data: { extra: { note: 'note' } } })).toEqual(expected)
    expect(await messages(plan, { data: { extra: { note: 'note' } } })).toEqual(expected)
  })

  test('keeps all digits of a number in bytes', async () => {
    const bytes = Buffer.from(
      JSON.stringify(planWith({ variables: { n: { value: 0 } } })).replace('"value":0', '"value":9007199254740993'),
    )
    expect(await messages(bytes)).toContain('fail main/deny count is 9007199254740993')
  })

  test('masks what Terraform marks, as it stands, escaped and in base64', async () => {
    const secret = 'quote " and <tag>'
    const marked = planWith({
      variables: { secret: { value: secret } },
      configuration: { root_module: { variables: { secret: { sensitive: true } } } },
    })
    const decision = await users.evaluate(marked, { clock })
    expect(decision.findings.filter(({ id }) => id === 'main/warn_secret').map(({ msg }) => msg)).toEqual([
      '(redacted)',
      expect.stringContaining('(redacted)'),
      '{"v":"(redacted)"}',
    ])
    const shown = JSON.stringify(decision) + renderText([decision], { names: ['p'] })
    for (const part of ['quote', 'tag>', 'u003ctag', Buffer.from('e " and <').toString('base64').slice(2, -2)])
      expect(shown).not.toContain(part)
  })

  test('is right after evaluations that stop', async () => {
    const before = await users.evaluate(plan, { clock })
    const conflict = planWith({ variables: { conflict: { value: 1 } } })
    for (let at = 0; at < 20; at += 1) {
      expect(await outcome(users.evaluate(conflict))).toEqual({
        code: 'ERR_EVALUATION',
        message: 'the evaluation stopped: main.rego:11:1: rule data.main.conflict produced conflicting values',
      })
    }
    expect(await users.evaluate(plan, { clock })).toEqual(before)
  })

  test.each(['null', 'false', '0', '""', '[]'])('takes %s for no plan, never for undefined input', async (input) => {
    expect(await outcome(users.evaluate(Buffer.from(input)))).toEqual({
      code: 'ERR_INPUT_NOT_PLAN',
      message: 'the input is not a Terraform plan: it is not a JSON object',
    })
  })

  test('ends in the limits of bytes and memory', async () => {
    expect(await outcome(users.evaluate(plan, { limits: { bytes: 100 } }))).toEqual({
      code: 'ERR_INPUT_TOO_LARGE',
      message: 'the plan is larger than 100 bytes',
    })
    const large = planWith({
      resource_changes: Array.from({ length: 20_000 }, (_, at) => ({ address: `a.a[${at}]`, change: {} })),
    })
    expect(await outcome(users.evaluate(large, { limits: { memoryBytes: 4 * 1024 * 1024 } }))).toEqual({
      code: 'ERR_MEMORY_LIMIT',
      message: 'the evaluation needs more than 4194304 bytes of memory',
    })
    expect((await users.evaluate(large)).counts.fail).toBe(20_000)
  })
})

describe('loadGate', () => {
  test('tells namespaces, and takes the chosen ones only', async () => {
    expect({ ours: ours.namespaces, users: users.namespaces }).toEqual({ ours: ['plangate.main'], users: ['main'] })
    expect(await outcome(loadGate(userBundle, { namespaces: ['man'] }))).toEqual({
      code: 'ERR_NAMESPACE_UNKNOWN',
      message: 'the bundle has no namespace `man`',
    })
  })

  test('names the built-ins that nobody answers', async () => {
    const source =
      'package main\ndeny contains "x" if http.send({"method": "get", "url": "http://localhost"}).status_code == 200'
    expect(await outcome(loadGate(await bundleOf({ 'a.rego': source }, ['main/deny'])))).toEqual({
      code: 'ERR_BUILTIN_MISSING',
      message: 'the bundle needs built-in functions that are not there: `http.send`',
    })
  })

  test('refuses data that the bundle has, and what is no bundle', async () => {
    const bundle = await bundleOf(
      { 'main.rego': main, 'data.json': '{"extra":{"note":"n","big":9007199254740993}}' },
      entrypoints,
    )
    expect(await outcome(loadGate(bundle, { data: { extra: { note: 'mine' } } }))).toEqual({
      code: 'ERR_DATA_INVALID',
      message: 'two values are given for data `extra.note`',
    })
    expect(await outcome(loadGate(bundle, { data: [] as never }))).toEqual({
      code: 'ERR_DATA_INVALID',
      message: 'the data is no object',
    })
    await expect(loadGate(undefined as never)).rejects.toThrow(/^`source` is a path/)
    expect(await loadGate(new Uint8Array(bundle).buffer)).toMatchObject({ namespaces: ['main'] })
    expect(await outcome(loadGate('no/such.tar.gz'))).toEqual({
      code: 'ERR_BUNDLE_NOT_FOUND',
      message: 'cannot read a bundle at `no/such.tar.gz`',
    })
  })

  test('keeps all digits of the bundle’s data', async () => {
    const source = 'package main\nwarn contains sprintf("%v and %v", [data.big, data.more.y])'
    const gate = await loadGate(
      await bundleOf({ 'a.rego': source, 'data.json': '{"big":9007199254740993,"more":{"x":1}}' }, ['main/warn']),
      { data: { more: { y: 2 } } },
    )
    expect((await gate.evaluate(planWith())).findings.map(({ msg }) => msg)).toEqual(['9007199254740993 and 2'])
  })
})

test('what is given for all evaluations is taken once, what is given for one each time', async () => {
  const source = 'package main\nwarn contains sprintf("%v %v", [data.all.n, data.one.n])'
  const all = { n: [1] }
  const one = { n: [1] }
  const gate = await loadGate(await bundleOf({ 'a.rego': source }, ['main/warn']), { data: { all } })
  const told = async () => (await gate.evaluate(planWith(), { data: { one } })).findings.map(({ msg }) => msg)
  const before = await told()
  all.n.push(2)
  one.n.push(2)
  expect([before, await told()]).toEqual([['[1] [1]'], ['[1] [1, 2]']])
})

test('a clock tells a time', async () => {
  const gate = await loadGate(await bundleOf({ 'main.rego': main }, ['main/deny']))
  await expect(gate.evaluate(planWith(), { clock: () => new Date(Number.NaN) })).rejects.toThrow(/^`clock` returns/)
})

test('gates do not share a clock', async () => {
  const plan = planWith({ variables: { n: { value: 3 } } })
  const times = async (gate: Gate, day: string) => {
    const { findings } = await gate.evaluate(plan, { clock: () => new Date(`${day}T10:00:00Z`) })
    return findings.filter(({ id }) => id === 'main/warn_time').map(({ msg }) => msg)
  }
  const [first, second] = [await loadGate(userBundle), await loadGate(userBundle)]
  expect(await times(first, '2026-01-01')).toEqual(['2026-01-01 2026-01-01T10:00:00Z'])
  expect(await times(second, '2027-01-01')).toEqual(['2027-01-01 2027-01-01T10:00:00Z'])
})

describe('a gate with keys', () => {
  const keys = { k: { key: 'canary', algorithm: 'HS256' } } as const
  let signed = new Uint8Array()
  beforeAll(async () => {
    signed = Uint8Array.from(await signBundle(userBundle, { ...keys.k, claims: { exp: 2_000_000_000 } }))
  })

  test('decides with a bundle that is signed with one of them', async () => {
    const gate = await loadGate(signed, { verification: { keys, clock } })
    const plan = planWith({ variables: { n: { value: 3 } } })
    const decided = async ({ evaluate }: Gate) => ({ ...(await evaluate(plan, { clock })), bundle: {} })
    expect(await decided(gate)).toEqual(await decided(users))
  })

  test('is not there for any other bundle', async () => {
    const other = { k: { ...keys.k, key: 'other' } }
    expect(await outcome(loadGate(userBundle, { verification: { keys } }))).toEqual({
      code: 'ERR_BUNDLE_SIGNATURE_MISSING',
      message: 'the bundle is not signed',
    })
    expect(await outcome(loadGate(signed, { verification: { keys: other } }))).toEqual({
      code: 'ERR_BUNDLE_SIGNATURE_INVALID',
      message: 'the signature was not made with the given key, or was changed since',
    })
    expect(await outcome(loadGate(signed, { verification: { keys, clock: () => new Date('2040-01-01') } }))).toEqual({
      code: 'ERR_BUNDLE_SIGNATURE_EXPIRED',
      message: 'the signature has expired',
    })
  })
})

describe("a stranger's bundle", () => {
  test('that has lost the names of its functions decides, and says what is not mended', async () => {
    expect(users.unrepaired).toEqual([])
    const bundle = await readBundle(userBundle)
    const wasm = bundle.wasm ?? new Uint8Array()
    const kept = sectionsOf(wasm).filter(({ id }) => id !== 0)
    const stripped = Buffer.concat([wasm.subarray(0, 8), ...kept.map(({ from, end }) => wasm.subarray(from, end))])
    const gate = await gateOf({ ...bundle, wasm: stripped })
    expect(gate.unrepaired).toContain('opa_value_iter')
    expect((await gate.evaluate(planWith({ resource_changes: [{ address: 'a.b' }] }), { clock })).counts.fail).toBe(1)
  })

  const strange: readonly Reads['sets'][number]['input'][] = [
    [],
    [[]],
    [['**', 'x'], ['*', '*', '**', '*'], ['__proto__', 'constructor'], ['']],
    [{ at: [], key: [], in: [], read: [[]] }],
    [{ at: ['**'], key: ['*'], in: ['__proto__', ''], read: [['**'], []] }],
    [{ at: ['resource_changes'], key: ['type'], in: ['x'], read: [['*', '**']] }, ['resource_changes', '0', '1e3']],
    [
      { at: ['resource_changes', '*'], key: ['address'], in: ['a.b'], read: [['address']] },
      { at: ['resource_changes', '0'], key: ['address', 'x'], in: ['a.b'], read: [['address', '**']] },
      { at: ['*', '*'], key: ['type'], in: ['b'], read: [['**']] },
    ],
    [Array.from({ length: 20_000 }, () => '*')],
    [Array.from({ length: 20_000 }, () => 'resource_changes')],
  ]
  test.each(strange.map((input, at) => [at, input] as const))(
    'that lies about what it reads blinds itself only (%d)',
    async (_, input) => {
      const bundle = await readBundle(userBundle)
      const reads: Reads = {
        sets: [{ input, data: [] }],
        entrypoints: Object.fromEntries([...entrypoints, '__proto__'].map((name) => [name, [0, 7]])),
        policies: {},
      }
      // `as`: the rest of what plangate's compiler says of a bundle is not looked at here
      const metadata = { plangate: { reads, catalogue: [] } } as unknown as Bundle['manifest']['metadata']
      const gate = await gateOf({ ...bundle, manifest: { ...bundle.manifest, metadata } })
      const plan = planWith({ resource_changes: [{ address: 'a.b', type: 'b' }], x: [[{ type: 'b', y: [1] }], 2] })
      const { counts, plan: facts } = await gate.evaluate(plan, { clock })
      expect(counts.resources).toBe(1)
      expect(facts).toEqual((await users.evaluate(plan, { clock })).plan)
      await expect(gate.evaluate(Buffer.from('{"format_version": "1.2", '))).rejects.toThrow('stops in the middle')
    },
  )
})
