import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { faults } from './check-metadata.mjs'

const metadata = `# title: disk is not encrypted
# description: Whoever copies the disk can read it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: set \`encrypted = true\` on the \`aws_ebs_volume\`
#   resource_types: [aws_ebs_volume]
#   frameworks:
#     nist_800_53: [SC-28]
#   aliases: [AB-001]
`
const rules = `
import data.plangate.lib.plan

deny contains finding.new(_policy, disk, ["encrypted"]) if {
	some disk in plan.resources.aws_ebs_volume
	not disk.encrypted
}
`
const page = (id) => `# ${id}\n\nA disk without encryption. Catalogue: AB-001.\n`
const lib = 'package plangate.lib.plan\n\nresources := {}\n'

const folders = []

/** A library of `storage/disk`, and of other policies by id, with the METADATA, rules and page given. */
function library(policies) {
  const folder = mkdtempSync(join(tmpdir(), 'metadata-'))
  folders.push(folder)
  const files = { 'lib/plan/plan.rego': lib }
  for (const [id, { meta = metadata, body = rules, readme = page(id) }] of Object.entries(policies)) {
    const name = id.split('/')[1]
    files[`policies/${id}/${name}.rego`] =
      `# METADATA\n${meta}package plangate.policies.${id.replace('/', '.')}\n${body}`
    files[`policies/${id}/README.md`] = readme
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

test('a policy with all that a reader needs has no fault', () => {
  expect(faults(library({ 'storage/disk': {} }))).toEqual([])
})

test.each([
  ['a long title', 'disk is not encrypted', 'x'.repeat(81), 'the title has 81 characters, 80 are enough'],
  ['a title that is a sentence', 'not encrypted', 'not encrypted.', 'the title ends like a sentence'],
  ['a description that is none', 'can read it.', 'can read it', 'the description is no sentence'],
  ['a remediation in words', /set .*/, 'encrypt it', 'the remediation has no HCL in backticks'],
  ['a remediation with a period', /`\n#   resource/, '`.\n#   resource', 'the remediation ends like a sentence'],
  [
    'no source of weight',
    'docs.aws.amazon.com',
    'example.com',
    'related_resources has no page of AWS or of the provider',
  ],
  [
    'a source that is no page',
    'https://docs',
    'http://docs',
    [
      '`http://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html` is no https address of a page',
      'related_resources has no page of AWS or of the provider',
    ],
  ],
  ['an id that no framework has', 'SC-28', 'SC-99', 'NIST SP 800-53 Revision 5 (update 1, 2020-12-10) has no `SC-99`'],
  ['an id twice', '[SC-28]', '[SC-28, SC-28]', '`SC-28` stands twice in nist_800_53'],
  ['an unknown framework', 'nist_800_53', 'nist_800', '`nist_800` is no framework of policies/frameworks.json'],
  ['no framework', /#   frameworks:\n.*\n/, '', 'no framework asks for it'],
  [
    'a type that nothing reads',
    '[aws_ebs_volume]',
    '[aws_ebs_volume, aws_vpc]',
    'resource_types has `aws_vpc`, which nothing reads',
  ],
  [
    'a type that is read but not listed',
    '[aws_ebs_volume]',
    '[]',
    'a finding is about `aws_ebs_volume`, which resource_types lacks',
  ],
  ['worse in dev', 'dev: medium', 'dev: critical', 'it is milder in stage than in dev'],
  ['milder in prod', 'dev: medium', 'prod: medium', 'it is milder in prod than in stage'],
  ['a severity said twice', 'dev: medium', 'dev: high', 'severity_by_environment repeats the severity for dev'],
  [
    'a severity where it does not hold',
    '#   remediation',
    '#   environments: [stage, prod]\n#   remediation',
    'severity_by_environment names dev, where the policy does not hold',
  ],
  [
    'all environments',
    '#   remediation',
    '#   environments: [dev, stage, prod]\n#   remediation',
    'environments names all of them, which it need not',
  ],
  ['a placeholder', 'Whoever copies', 'TBD', 'the METADATA still says `TBD`'],
  ['no alias', '[AB-001]', '[AB-002]', 'README.md names `AB-001`, the aliases do not'],
  ['an alias twice', '[AB-001]', '[AB-001, AB-001]', '`AB-001` stands twice in aliases'],
  [
    'a default of another type',
    '#   aliases',
    '#   parameters:\n#     sizes:\n#       type: array\n#       description: sizes that are fine\n#       default: 3\n#   aliases',
    'the default of `sizes` is no array',
  ],
])('%s', (_, from, to, expected) => {
  const found = faults(library({ 'storage/disk': { meta: metadata.replace(from, to) } }))
  expect(found).toEqual([expected].flat().map((fault) => `storage/disk: ${fault}`))
})

test('a policy without METADATA, and a page of another policy, are named', () => {
  expect(faults(library({ 'storage/disk': { meta: '' } }))).toEqual([
    'storage/disk: no METADATA with `custom` stands right above the package',
  ])
  expect(faults(library({ 'storage/disk': { readme: '# disk\n' } }))).toEqual([
    'storage/disk: README.md does not begin with `# storage/disk`',
  ])
})

test('two policies have titles of their own, and a first alias names one category', () => {
  expect(faults(library({ 'storage/disk': {}, 'machines/disk': {} }))).toEqual([
    'machines/disk, storage/disk: the same title, `disk is not encrypted`',
    'machines/disk, storage/disk: `AB-001` is the first alias in several categories',
  ])
  const meta = metadata.replace('not encrypted', 'open').replace('[AB-001]', '[AB-002, AB-001]')
  expect(faults(library({ 'storage/disk': {}, 'machines/disk': { meta } }))).toEqual([])
})
