import { describe, expect, test } from '@jest/globals'
import type { DecidedFinding } from './schema.ts'
import { addressMatcher } from './glob.ts'
import { waive } from './waive.ts'

const finding = (address: string, path: readonly string[] = []): DecidedFinding => ({
  id: 'main/deny',
  severity: 'high',
  title: 't',
  msg: 'm',
  remediation: '',
  address,
  path: [...path],
  frameworks: {},
  status: 'fail',
})
const waiver = { policy: 'main/deny', owner: 'ml', reason: 'a test' }

describe('waive', () => {
  test('lets the first waiver that covers a finding and holds accept it, and says which cover one', () => {
    const { status: _, ...accepted } = finding('a.b', ['p'])
    expect(
      waive(
        [finding('a.b', ['p']), finding('a.c')],
        [
          { ...waiver, policy: 'main/warn', address: '*' },
          { ...waiver, address: 'a.*', expires: '2026-06-30' },
          { ...waiver, address: 'a.b', path: ['q'] },
          { ...waiver, address: 'a.b', path: ['p'], ticket: 'X-1', source: 'w.yaml' },
          { ...waiver, address: 'a.b' },
        ],
        '2026-07-01',
      ),
    ).toEqual({
      findings: [finding('a.c')],
      waived: [{ ...accepted, waiver: { owner: 'ml', reason: 'a test', ticket: 'X-1', source: 'w.yaml' } }],
      covering: new Set([1, 3, 4]),
    })
  })

  test('a block is meant with all its instances', () => {
    const block = { ...waiver, address: 'module.m.a.b', instances: true as const }
    const addresses = ['module.m["x.y]"].a.b[0]', 'module.m.a.b', 'module.m.module.n["x"].a.b', 'module.m.a.b[0].c']
    const { findings } = waive(
      addresses.map((address) => finding(address)),
      [block],
      '',
    )
    expect(findings.map(({ address }) => address)).toEqual(addresses.slice(2))
  })

  test('a waiver holds on its last day', () => {
    expect(
      waive([finding('a')], [{ ...waiver, address: 'a', expires: '2026-06-30' }], '2026-06-30').waived,
    ).toHaveLength(1)
  })
})

test.each<[string, readonly string[], readonly string[]]>([
  ['a.b', ['a.b'], ['axb', 'a.b.c', 'a.']],
  ['*', ['', 'module.m["x"].a.b\n[0]'], []],
  ['a.b[*]', ['a.b[0]', 'a.b["k"]', 'a.b[]'], ['a.b', 'a.b0']],
  ['a.?', ['a.b', 'a.𝒳'], ['a.', 'a.bc']],
  ['a.b[01]', ['a.b[01]'], ['a.b0', 'a.b1']],
  ['{a,b.*}.c', ['a.c', 'b.x.c'], ['b.c', '{a,b.*}.c']],
  [String.raw`a.\*`, ['a.*'], ['a.b']],
  ['a,b}', ['a,b}'], ['a']],
  ['{a', [], ['a', '{a']],
])('the glob %j covers %j and not %j', (pattern, covered, others) => {
  const covers = addressMatcher(pattern)
  expect(covered.filter((address) => !covers(address))).toEqual([])
  expect(others.filter((address) => covers(address))).toEqual([])
})

test.each([
  ['stars', `${'*a'.repeat(30)}!`],
  ['stars and question marks', `${'*?'.repeat(1000)}!`],
  ['alternatives that overlap', `${'{a,aa}'.repeat(100)}!`],
  ['braces in braces', `${'{'.repeat(20_000)}a${'}'.repeat(20_000)}!`],
  ['alternatives that are stars', `${'{*a,*?,?*}'.repeat(100)}!`],
])('a glob of many %s comes to its end', (_, pattern) => {
  expect(addressMatcher(pattern)('a'.repeat(200))).toBe(false)
  expect(addressMatcher(pattern.slice(0, -1))('a'.repeat(200))).toBe(
    !pattern.startsWith('*?') && !pattern.startsWith('{{'),
  )
})

test('thousands of waivers for as many findings cost no more than their length', () => {
  const addresses = Array.from({ length: 20_000 }, (_, at) => `aws_x.y[${at}]`)
  const { waived, covering } = waive(
    addresses.map((address) => finding(address)),
    addresses.map((address) => ({ ...waiver, address })),
    '',
  )
  expect([waived.length, covering.size]).toEqual([20_000, 20_000])
})
