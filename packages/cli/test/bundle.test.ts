import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { stacks } from '@plangate/test-plans'
import { folderOf } from './fixtures.ts'
import { plangate } from './runner.ts'

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const library = join(repository, 'policies', 'plangate')
const opa = join(repository, '.cache', 'oracle', process.platform === 'win32' ? 'opa.exe' : 'opa')

const missing = existsSync(opa) ? '' : ' (needs `node scripts/oracle.mjs`)'
const guarded = missing === '' ? test : test.skip
const rules = ['deny', 'findings', 'unchanged', 'undecided', 'waived', 'warn', 'warn_undecided'].map(
  (rule) => `plangate/main/${rule}`,
)

async function byOpa(...args: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(opa, [...args], { maxBuffer: 1 << 28 })
  return stdout === '' ? undefined : JSON.parse(stdout)
}

interface Bundles {
  readonly ours: string
  readonly theirs: string
}

let bundles: Promise<Bundles> | undefined

/** The library as the command builds it, and as `opa build` does; built once. */
function built(): Promise<Bundles> {
  bundles ??= buildBoth()
  return bundles
}

async function buildBoth(): Promise<Bundles> {
  const folder = folderOf({})
  const [ours, theirs] = [join(folder, 'ours.tar.gz'), join(folder, 'theirs.tar.gz')]
  await plangate('build', library, '-o', ours).outcome()
  const entrypoints = rules.flatMap((rule) => ['-e', rule])
  await byOpa('build', '-t', 'wasm', '--ignore', '*_test.rego', ...entrypoints, '-o', theirs, library)
  return { ours, theirs }
}

/** What `opa inspect` says about a bundle, without what only ours says about itself. */
async function inspect(bundle: string): Promise<unknown> {
  // `as`: the output of a stock tool
  const { manifest, namespaces } = (await byOpa('inspect', '--format', 'json', bundle)) as {
    manifest: { wasm: { entrypoint: string }[]; rego_version: number }
    namespaces: Record<string, string[]>
  }
  return {
    entrypoints: manifest.wasm.map(({ entrypoint }) => entrypoint).sort(),
    version: manifest.rego_version,
    packages: Object.keys(namespaces).sort(),
  }
}

guarded(`opa inspects our bundle as it inspects its own${missing}`, async () => {
  const { ours, theirs } = await built()
  const inspected = await inspect(ours)
  expect(inspected).toEqual(await inspect(theirs))
  expect(inspected).toMatchObject({ entrypoints: rules })
})

guarded(`the command decides the same with our bundle and with opa’s${missing}`, async () => {
  const { ours, theirs } = await built()
  const plans = stacks().map(({ path }) => path)
  const findings = async (bundle: string): Promise<unknown> => {
    const { stdout } = await plangate('test', '-p', bundle, '-o', 'json', ...plans).outcome()
    return JSON.parse(stdout).map(({ findings: found, undecided }: Record<string, unknown>) => ({ found, undecided }))
  }
  expect(await findings(ours)).toEqual(await findings(theirs))
})

guarded(`opa evaluates our bundle with the config beside it${missing}`, async () => {
  const { ours } = await built()
  const folder = folderOf({ 'config.json': '{"plangate":{"config":{"environment":"dev"}}}' })
  const plan = stacks().find(({ plan: name, stack }) => stack === 'model-endpoint' && name === 'open')?.path ?? ''
  const query = 'count(data.plangate.main.deny)'
  const counted = await byOpa('eval', '-f', 'raw', '-b', ours, '-d', join(folder, 'config.json'), '-i', plan, query)
  const { stdout } = await plangate('test', '-p', ours, '--env', 'dev', '-o', 'json', plan).outcome()
  expect(counted).toBe(JSON.parse(stdout).counts.fail)
  expect(counted).toBeGreaterThan(0)
})

/** A copy of the library and of a folder beside it, whose files were made in this order and at this time. */
function copyOf(order: (paths: readonly string[]) => readonly string[], time: Date): string {
  const folder = folderOf({
    'beside/own.rego': 'package own\n\np := 1\n',
    'beside/own/data.json': '{"q": {"b": 1, "a": 2}}',
  })
  const paths = readdirSync(library, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(rego|json|yaml)$/.test(path),
  )
  for (const path of order(paths)) {
    const copy = join(folder, 'library', path)
    mkdirSync(dirname(copy), { recursive: true })
    writeFileSync(copy, readFileSync(join(library, path)))
    utimesSync(copy, time, time)
  }
  return folder
}

test('copies of the sources give the same bytes, whatever their order, place, time and environment', async () => {
  const first = copyOf((paths) => paths.toSorted(), new Date('2001-01-01'))
  const second = copyOf((paths) => paths.toSorted().toReversed(), new Date('2031-07-01'))
  const flags = ['-e', 'own/p', '-e', 'plangate/main/deny', '-o', 'out.tar.gz']
  await plangate('build', 'library', 'beside', ...flags)
    .in(first)
    .env({ TZ: 'UTC', LC_ALL: 'C' })
    .outcome()
  const elsewhere = { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', HOME: second, USER: 'other' }
  const [beside, copy] = ['beside', 'library'].map((name) => join(second, name))
  await plangate(
    'build',
    `${beside}/`,
    `${copy}`,
    '-e',
    'plangate/main/deny',
    '-e',
    'own/p',
    '-o',
    join(second, 'out.tar.gz'),
  )
    .in('/')
    .env(elsewhere)
    .outcome()
  const [one, other] = [first, second].map((folder) => readFileSync(join(folder, 'out.tar.gz')))
  expect(one?.length).toBeGreaterThan(100_000)
  expect(one?.equals(other ?? Buffer.alloc(0))).toBe(true)
})
