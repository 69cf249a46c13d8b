import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { compileBundle } from '@plangate/compiler'
import { type LoadedPolicy, loadPolicy } from '@plangate/sdk'
import { sources } from './library.ts'

/**
 * How the library reads statements, compared with the evaluation logic of the user guide written down once more here:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_allevaluation-logic.html
 */
interface Statement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Action?: string | readonly string[]
  readonly NotAction?: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly NotResource?: string | readonly string[]
}

interface Probe {
  readonly statements: readonly Statement[]
  readonly requests: readonly (readonly [string, string])[]
}

const rounds = process.env['PLANGATE_TEST_FULL'] === undefined ? 300 : 20_000

const probe = `
package probe

import data.plangate.lib.iam
import data.plangate.lib.iam.denials

# METADATA
# entrypoint: true
rights := [[_given(held, request) | some request in one.requests] |
	some one in input.probes
	held := _read(one.text)
]

# METADATA
# entrypoint: true
read := [_read(text) | some text in input.texts]

_read(text) := iam.read({"address": "aws_iam_policy.x", "change": {"after": {"policy": text}, "after_unknown": {}}}, ["policy"])

_given(held, [action, resource]) if {
	some statement in held.statements
	iam.acts(statement, action)
	_reaches(denials.left(statement, held.denied, action), resource)
	every pattern in statement.not_resources {
		not iam.within(resource, pattern)
	}
} else := false

_reaches(statement, resource) if {
	some pattern in statement.resources
	iam.within(resource, pattern)
}

_reaches(statement, resource) if {
	count(statement.not_resources) > 0
	every pattern in statement.not_resources {
		not iam.within(resource, pattern)
	}
}
`

let policy: LoadedPolicy
beforeAll(async () => {
  const { bundle, diagnostics } = await compileBundle({ sources: { ...library(), 'probe/probe.rego': probe } })
  if (bundle === undefined) throw new Error(JSON.stringify(diagnostics))
  policy = await loadPolicy(bundle)
}, 120_000)

/** The sources of `lib`, without tests, by path. */
function library(): Record<string, string> {
  const files = readdirSync(join(sources, 'lib'), { recursive: true }).map((name) => join(sources, 'lib', String(name)))
  return Object.fromEntries(
    files
      .filter((file) => file.endsWith('.rego') && !file.endsWith('_test.rego') && statSync(file).isFile())
      .map((file) => [`plangate/${relative(sources, file)}`, readFileSync(file, 'utf8')]),
  )
}

async function ask(entrypoint: string, input: object): Promise<unknown> {
  const answer = await policy.evaluate({ entrypoint, input })
  return answer.value
}

async function rights(probes: readonly Probe[]): Promise<boolean[][]> {
  const input = {
    probes: probes.map(({ statements, requests }) => ({
      requests,
      text: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    })),
  }
  // What the probe's entrypoint gives.
  return (await ask('probe/rights', input)) as boolean[][]
}

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value

/** Whether `*` and `?` of a pattern, which stand for any characters, make it the text. */
function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.')
  return new RegExp(`^${source}$`, 's').test(text)
}

const acts = (statement: Statement, action: string): boolean => {
  const any = (patterns: readonly string[]) => patterns.some((one) => matches(one.toLowerCase(), action.toLowerCase()))
  return statement.Action === undefined ? !any(list(statement.NotAction)) : any(list(statement.Action))
}

const reaches = (statement: Statement, resource: string): boolean => {
  const any = (patterns: readonly string[]) => patterns.some((one) => matches(one, resource))
  return statement.Resource === undefined ? !any(list(statement.NotResource)) : any(list(statement.Resource))
}

/** What AWS answers: a Deny that fits, then an Allow that fits, then no. */
function allowed(statements: readonly Statement[], [action, resource]: readonly [string, string]): boolean {
  const fitting = statements.filter((statement) => acts(statement, action) && reaches(statement, resource))
  return fitting.some(({ Effect }) => Effect === 'Allow') && !fitting.some(({ Effect }) => Effect === 'Deny')
}

/** Numbers below a bound, the same in each run (mulberry32). */
function numbers(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound
  }
}

const actions = ['iam:PassRole', 'iam:PutRolePolicy', 's3:GetObject', 's3:PutObject', 'sts:AssumeRole']
const patterns = [...actions, '*', 'iam:*', 's3:*', 'S3:get*', 'iam:P*', 's3:???Object', '*:*Role*', 'iam:passrole']
const arns = [
  'arn:aws:iam::111122223333:role/train-1',
  'arn:aws:iam::111122223333:role/serve/a',
  'arn:aws:iam::444455556666:role/train-2',
  'arn:aws:s3:::models/a',
  'arn:aws:s3:::models/b/c',
  'arn:aws:s3:::data/a',
]
const places = [
  ...arns,
  '*',
  'arn:aws:iam::111122223333:role/*',
  'arn:aws:iam::*:role/train-*',
  'arn:aws:iam::*:role/*',
  'arn:aws:s3:::*',
  'arn:aws:s3:::models/*',
  'arn:aws:s3:::models/?',
  'arn:aws:s3:::*/a',
  'arn:*',
]

function policies(seed: number): { some: () => readonly Statement[]; denial: () => Statement } {
  const next = numbers(seed)
  const pick = (from: readonly string[]): string | readonly string[] => {
    const chosen = Array.from({ length: 1 + next(3) }, () => from[next(from.length)] ?? '*')
    return next(2) === 0 ? (chosen[0] ?? '*') : chosen
  }
  const statement = (Effect: 'Allow' | 'Deny'): Statement => ({
    Effect,
    ...(next(5) === 0 ? { NotAction: pick(patterns) } : { Action: pick(patterns) }),
    ...(next(4) === 0 ? { NotResource: pick(places) } : { Resource: pick(places) }),
  })
  return {
    some: () => Array.from({ length: 1 + next(4) }, () => statement(next(5) < 3 ? 'Allow' : 'Deny')),
    denial: () => statement('Deny'),
  }
}

const requests = actions.flatMap((action) => arns.map((arn) => [action, arn] as const))

describe('statements', () => {
  test('the examples of the user guide are answered as it answers them', async () => {
    const table: readonly (readonly [string, readonly Statement[], string, string, boolean])[] = [
      ['nothing is allowed by default', [], 's3:GetObject', arns[3] ?? '', false],
      ['an Allow allows', [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }], 's3:GetObject', 'a', true],
      [
        'an explicit Deny wins',
        [
          { Effect: 'Allow', Action: '*', Resource: '*' },
          { Effect: 'Deny', Action: 's3:*', Resource: '*' },
        ],
        's3:GetObject',
        'a',
        false,
      ],
      [
        'whatever the order',
        [
          { Effect: 'Deny', Action: 's3:*', Resource: '*' },
          { Effect: 'Allow', Action: '*', Resource: '*' },
        ],
        's3:GetObject',
        'a',
        false,
      ],
      [
        'a Deny of one bucket leaves the other',
        [
          { Effect: 'Allow', Action: 's3:*', Resource: ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'] },
          { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::a/*' },
        ],
        's3:GetObject',
        'arn:aws:s3:::b/x',
        true,
      ],
      [
        'NotAction with Allow gives all other services',
        [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
        's3:DeleteBucket',
        'a',
        true,
      ],
      [
        'and not those it names',
        [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
        'iam:CreateUser',
        'a',
        false,
      ],
      [
        'NotAction with Deny leaves what it names',
        [
          { Effect: 'Allow', Action: ['s3:*', 'iam:*'], Resource: '*' },
          { Effect: 'Deny', NotAction: 's3:*', Resource: '*' },
        ],
        's3:GetObject',
        'a',
        true,
      ],
      [
        'NotResource with Deny leaves what it names',
        [
          { Effect: 'Allow', Action: 's3:*', Resource: '*' },
          {
            Effect: 'Deny',
            Action: 's3:*',
            NotResource: ['arn:aws:s3:::HRBucket/Payroll', 'arn:aws:s3:::HRBucket/Payroll/*'],
          },
        ],
        's3:GetObject',
        'arn:aws:s3:::HRBucket/Payroll/may',
        true,
      ],
      [
        'and takes the rest',
        [
          { Effect: 'Allow', Action: 's3:*', Resource: '*' },
          { Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::HRBucket/Payroll/*' },
        ],
        's3:GetObject',
        'arn:aws:s3:::other/may',
        false,
      ],
      [
        'actions ignore case',
        [{ Effect: 'Allow', Action: 'IAM:ListAccessKeys', Resource: '*' }],
        'iam:listaccesskeys',
        'a',
        true,
      ],
      [
        'resources do not',
        [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::A' }],
        's3:GetObject',
        'arn:aws:s3:::a',
        false,
      ],
      [
        'a star stands for slashes and colons too',
        [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::*/test/*' }],
        's3:GetObject',
        'arn:aws:s3:::bucket/1/2/test/3/object.jpg',
        true,
      ],
    ]
    const answers = await rights(
      table.map(([, statements, action, resource]) => ({ statements, requests: [[action, resource]] })),
    )
    expect(table.map(([name], i) => [name, answers[i]?.[0]])).toEqual(table.map(([name, , , , right]) => [name, right]))
  })

  test('no right that AWS gives is lost, and none is seen where whole resources are named', async () => {
    const make = policies(1)
    const probes = Array.from({ length: rounds }, () => ({ statements: make.some(), requests }))
    const answers = await rights(probes)
    const wrong = probes.flatMap(({ statements }, i) =>
      requests.flatMap((request, j) => {
        const right = allowed(statements, request)
        const seen = answers[i]?.[j] === true
        return right === seen || inPart(statements, seen) ? [] : [{ statements, request, right, seen }]
      }),
    )
    expect(wrong.slice(0, 3)).toEqual([])
  })

  test('one more Deny gives nothing, and one wider Allow takes nothing', async () => {
    const make = policies(2)
    const all = Array.from({ length: rounds }, () => make.some())
    const denied = all.map((statements) => [...statements, make.denial()])
    const wider = all.map((statements) =>
      statements.map((one) =>
        one.Effect === 'Allow' ? { Effect: one.Effect, Action: one.Action ?? '*', Resource: '*' } : one,
      ),
    )
    const [before, less, more] = await Promise.all(
      [all, denied, wider].map((some) => rights(some.map((statements) => ({ statements, requests })))),
    )
    const wrong = all.flatMap((statements, i) =>
      requests.flatMap((request, j) => {
        const gained = less?.[i]?.[j] === true && before?.[i]?.[j] === false
        const lost = before?.[i]?.[j] === true && more?.[i]?.[j] === false
        return gained || lost ? [{ denied: denied[i], statements, request, gained, lost }] : []
      }),
    )
    expect(wrong.slice(0, 3)).toEqual([])
  })

  test('a text and a list of one, a statement and a list of one, and any order of keys say the same', async () => {
    const statement = {
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalTag/a': 'b' } },
    }
    const forms = [
      { Statement: [statement] },
      { Statement: statement },
      { Statement: [{ ...statement, Action: ['s3:GetObject'], Resource: ['*'] }] },
      {
        Statement: [Object.fromEntries(Object.entries(statement).toSorted(([a], [b]) => (a < b ? 1 : -1)))],
        Version: '2012-10-17',
      },
      { Statement: [{ ...statement, Condition: { StringEquals: { 'aws:PrincipalTag/a': ['b'] } } }] },
      { Statement: [{ ...statement, Condition: { stringequals: { 'AWS:principaltag/A': ['b'] } } }] },
    ]
    const texts = forms.map((form) => JSON.stringify(form))
    const read = (await ask('probe/read', { texts })) as unknown[]
    expect(read).toEqual(forms.map(() => read[0]))
    expect(read[0]).toMatchObject({
      statements: [{ actions: ['s3:GetObject'], resources: ['*'] }],
      denied: [],
      open: false,
    })
  })
})

const wild = (values: readonly string[]): boolean => values.some((value) => /[*?]/.test(value))

/**
 * Whether patterns meet in part: what a Deny takes of a wider Allow stays with the Allow, and what is left by
 * `NotResource` counts where one pattern holds the other.
 */
function inPart(statements: readonly Statement[], seen: boolean): boolean {
  const allows = statements.some(
    ({ Effect, Resource, NotResource }) => Effect === 'Allow' && (NotResource !== undefined || wild(list(Resource))),
  )
  const denials = statements.filter(({ Effect }) => Effect === 'Deny')
  const spares = denials.filter(({ NotResource }) => NotResource !== undefined)
  const names = denials.some(({ Resource }) => !list(Resource).includes('*'))
  return allows && (seen ? names || spares.length > 0 : spares.some(({ NotResource }) => wild(list(NotResource))))
}
