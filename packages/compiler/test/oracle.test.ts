import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Bundle, readBundle } from '@plangate/bundle'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { compileBundle } from '../src/index.ts'
import { sample } from './sample.ts'

const opa = process.env['PLANGATE_OPA'] ?? fileURLToPath(new URL('../../../.cache/oracle/opa', import.meta.url))
const reason = existsSync(opa) ? undefined : 'there is no `opa`: `npm test` builds one, PLANGATE_OPA names another'
const guarded = reason === undefined ? test : test.skip
const because = reason === undefined ? '' : ` (${reason})`

const folder = mkdtempSync(join(tmpdir(), 'oracle-'))
const sources = join(folder, 'sources')
const ours = join(folder, 'ours.tar.gz')
const input = { disks: { a: { encrypted: false, size: 20 }, b: { encrypted: true, size: 20 }, c: { size: 5 } } }

const hashes = ({ files }: Bundle): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...files]
      .filter(([path]) => path !== '.manifest')
      .map(([path, bytes]) => [path, createHash('sha256').update(bytes).digest('hex')]),
  )

const run = (...args: readonly string[]): string => execFileSync(opa, args, { cwd: sources, encoding: 'utf8' })

beforeAll(async () => {
  for (const [path, text] of Object.entries(sample)) {
    if (path.startsWith('.') || path.startsWith('node_modules') || path.includes('_test')) continue
    mkdirSync(dirname(join(sources, path)), { recursive: true })
    writeFileSync(join(sources, path), text)
  }
  const { bundle } = await compileBundle({ sources, revision: '7' })
  writeFileSync(ours, bundle ?? new Uint8Array())
  writeFileSync(join(folder, 'input.json'), JSON.stringify(input))
})

afterAll(() => rmSync(folder, { recursive: true }))

const answer = (from: string): unknown => {
  const args = ['--bundle', from, '--input', join(folder, 'input.json'), '--format', 'json']
  return JSON.parse(run('eval', ...args, 'data.plangate.main.deny')).result[0].expressions[0].value
}

guarded(`opa build makes the same files${because}`, async () => {
  const theirs = join(folder, 'theirs.tar.gz')
  run('build', '--bundle', '.', '--target', 'wasm', '--revision', '7', '--output', theirs)
  const [expected, actual] = [await readBundle(theirs), await readBundle(ours)]
  expect({ ...actual.manifest, roots: [''], metadata: {} }).toEqual(expected.manifest)
  expect(hashes(actual)).toEqual(hashes(expected))
})

guarded(`opa inspect reads the bundle${because}`, () => {
  const { manifest, namespaces } = JSON.parse(run('inspect', '--format', 'json', ours))
  expect({ roots: manifest.roots, catalogue: manifest.metadata.plangate.catalogue.length, namespaces }).toEqual({
    roots: ['plangate/lib', 'plangate/main', 'plangate/policies'],
    catalogue: 1,
    namespaces: {
      data: ['/data.json'],
      'data.plangate.main': ['/plangate/main/main.rego'],
      'data.plangate.main.deny': ['/policy.wasm'],
      'data.plangate.policies.storage.disk': ['/plangate/policies/storage/disk/disk.rego'],
    },
  })
})

guarded(`opa eval gives the same answer from the bundle and from the sources${because}`, () => {
  expect([answer(ours), answer(sources)]).toEqual([[{ msg: 'a is not encrypted' }], [{ msg: 'a is not encrypted' }]])
})
