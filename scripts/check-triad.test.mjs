import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { faults } from './check-triad.mjs'

const readme = '# Disk\n\n## Avoid\n\n## Prefer\n\n## Rationale\n\n## Exceptions\n'
const triad = {
  'storage/disk/disk.rego': '# METADATA\npackage plangate.policies.storage.disk\n',
  'storage/disk/disk_test.rego': 'package plangate.policies.storage.disk_test\n',
  'storage/disk/README.md': readme,
}

const folders = []

function library(files) {
  const folder = mkdtempSync(join(tmpdir(), 'triad-'))
  folders.push(folder)
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) continue
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

test('a triad has no fault', () => {
  expect(faults(library(triad))).toEqual([])
})

test.each([
  ['tests are missing', { 'storage/disk/disk_test.rego': undefined }, ['storage/disk: `disk_test.rego` is missing']],
  ['a file too many', { 'storage/disk/old.rego': '' }, ['storage/disk: `old.rego` does not belong to a policy']],
  [
    'a package beside its path',
    { 'storage/disk/disk.rego': 'package plangate.policies.storage.disks\n' },
    [
      'storage/disk: `disk.rego` has the package `plangate.policies.storage.disks`, its path says `plangate.policies.storage.disk`',
    ],
  ],
  [
    'tests in the package of the policy',
    { 'storage/disk/disk_test.rego': 'package plangate.policies.storage.disk\n' },
    [
      'storage/disk: `disk_test.rego` has the package `plangate.policies.storage.disk`, its path says `plangate.policies.storage.disk_test`',
    ],
  ],
  [
    'a heading is missing',
    { 'storage/disk/README.md': readme.replace('## Prefer', '### Prefer') },
    ['storage/disk: README.md has no heading `## Prefer`'],
  ],
  [
    'a folder in another case',
    { 'storage/Disk-1/Disk-1.rego': '', 'storage/Disk-1/Disk-1_test.rego': '', 'storage/Disk-1/README.md': readme },
    ['storage/Disk-1: `Disk-1` is not snake_case'],
  ],
])('%s', (_, change, expected) => {
  expect(faults(library({ ...triad, ...change }))).toEqual(expected)
})
