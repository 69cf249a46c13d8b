import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { faults as metadataFaults } from './check-metadata.mjs'
import { faults as triadFaults } from './check-triad.mjs'
import { closure, readLibrary } from './mutate/library.mjs'
import { run } from './new-policy.mjs'

const lib = fileURLToPath(new URL('../policies/plangate/lib', import.meta.url))
let root
let folder
let printed

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'policy-'))
  folder = join(root, 'policies')
  mkdirSync(folder)
  printed = []
  jest.spyOn(console, 'log').mockImplementation((text) => printed.push(text))
})

afterEach(() => {
  jest.restoreAllMocks()
  rmSync(root, { recursive: true })
})

const args = ['model_endpoints/open_disk', '--alias', 'SM-999', '--type', 'aws_sagemaker_model']

test('a new policy is a triad that OPA takes, with a test that fails and placeholders that the lint refuses', async () => {
  const { loadOpa } = await import('../packages/opa/dist/index.js')
  expect(await run({ args, folder })).toBe(0)
  expect(triadFaults(folder)).toEqual([])
  expect(metadataFaults(root)).toEqual(
    expect.arrayContaining([
      'model_endpoints/open_disk: the METADATA still says `TBD`',
      'model_endpoints/open_disk: the policy still says `"tbd"`',
      'model_endpoints/open_disk: README.md still says `TBD`',
      'model_endpoints/open_disk: NIST SP 800-53 Revision 5 (update 1, 2020-12-10) has no `TBD`',
    ]),
  )
  const opa = await loadOpa()
  const own = [...readLibrary(root).values()]
  const library = readLibrary(lib)
  const needed = closure(['plangate.lib.finding', 'plangate.lib.plan', 'plangate.lib.fixture_test'], library)
  const files = [...own, ...[...needed].map((name) => library.get(name))].map(({ path, source }) => ({
    path,
    contents: Buffer.from(source),
  }))
  for (const { source, path } of own) {
    expect(opa.format(Buffer.from(source), { name: path })).toMatchObject({ diagnostics: [], changed: false })
  }
  const { diagnostics } = opa.check(files, { regoVersion: 1, strict: true, maxErrors: 0 })
  expect(diagnostics.filter(({ file, warning }) => warning !== true || file.startsWith('policies/'))).toEqual([])
  const request = { bundle: false, regoVersion: 1, timeoutMs: 5000, count: 1, maxErrors: 0, verbose: false }
  const { runs } = opa.test(files, {
    ...request,
    paths: files.map(({ path }) => path),
    run: 'open_disk_test',
    varValues: false,
    coverage: false,
    json: false,
    pretty: false,
  })
  expect(runs[0].results.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['test_deny_absent', 'fail'],
    ['test_undecided_unknown', 'pass'],
  ])
}, 120_000)

test('the alias and the type stand where they belong, and what to do next is printed', async () => {
  await run({ args, folder })
  const read = (file) => readFileSync(join(folder, 'model_endpoints', 'open_disk', file), 'utf8')
  expect(read('open_disk.rego')).toContain('#   aliases: [SM-999]\n')
  expect(read('open_disk.rego')).toContain('plan.resources.aws_sagemaker_model')
  expect(read('README.md')).toContain('Catalogue: SM-999.')
  expect(printed.join('\n')).toBe(
    [
      'model_endpoints/open_disk begins in policies/plangate/policies/model_endpoints/open_disk:',
      '  README.md',
      '  open_disk.rego',
      '  open_disk_test.rego',
      '',
      'Next:',
      '  1. fill in each TBD of the METADATA and the README; node scripts/check-metadata.mjs says what is left',
      '  2. write the tests first, then the policy; opa test policies/plangate/lib policies/plangate/policies/model_endpoints/open_disk',
      '  3. npm run mutate -- model_endpoints/open_disk',
      '  4. node policies/docs.mjs --write; npm run build && node scripts/expected.mjs, and read what changed before --write',
      '  5. model_endpoints is a new category: give it a row in policies/README.md',
    ].join('\n'),
  )
})

const usage = 'usage: npm run new:policy -- <category>/<name> [--alias SM-001] [--type aws_sagemaker_model]'

test.each([
  [[], usage],
  [['disk'], usage],
  [['a/b/c'], usage],
  [['a/b', 'c/d'], usage],
  [['Storage/disk'], 'new:policy: `Storage` is not snake_case'],
  [['storage/../disk'], usage],
  [['storage/open-disk'], 'new:policy: `open-disk` is not snake_case'],
  [['storage/disk', '--alias', 'x'], 'new:policy: `x` is no id such as SM-011 or CKV_AWS_24'],
  [['storage/disk', '--type', 'x y'], 'new:policy: `x y` is no type of resources such as aws_sagemaker_model'],
  [['storage/disk', '--what'], `new:policy: Unknown option '--what'`],
])('%j is refused', async (given, message) => {
  await expect(run({ args: given, folder })).rejects.toThrow(message)
  expect(readdirSync(folder)).toEqual([])
})

test('a policy that exists is left alone', async () => {
  await run({ args, folder })
  await expect(run({ args, folder })).rejects.toThrow('new:policy: `model_endpoints/open_disk` exists already')
})
