import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleLimits, readArchive } from '@plangate/bundle'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type CompileSettings, compileBundle } from '../src/index.ts'

const opa = process.env['PLANGATE_OPA'] ?? fileURLToPath(new URL('../../../.cache/oracle/opa', import.meta.url))
const because = existsSync(opa) ? '' : ' (needs `node scripts/oracle.mjs`)'
const guarded = because === '' ? test : test.skip

const app = {
  'app.rego': `package app

import data.lib

default allow := false

# METADATA
# title: who may
# entrypoint: true
allow if {
	lib.roles[input.user][_] == "admin"
	print("allowed", input.user)
}

limit := lib.limits.high + 1

report := {"allow": allow, "limit": limit}
`,
  'app/sub/sub.rego': 'package app.sub\n\nq contains x if some x in input.xs\n',
  'app/all.rego': '# METADATA\n# entrypoint: true\npackage app.all\n\np := input.x\n\nq := input.y + 1\n',
  'lib/lib.rego': 'package lib\n\nroles[user] contains role if some user, role in data.lib.granted\n',
  'lib/data.json': '{"granted": {"ann": "admin"}}',
  'lib/limits/data.yaml': 'high: 10\nlow: 1\n',
  'legacy/old.rego': 'package app.old\n\np[x] { x := input.xs[_] }\n',
  'legacy/old_test.rego': 'package app.old_test\n\ntest_p { data.app.old.p[1] with input.xs as [1] }\n',
  '.manifest': JSON.stringify({
    roots: ['lib', 'app'],
    revision: 'r1',
    metadata: { team: 'platform' },
    file_rego_versions: { '/legacy/*.rego': 0 },
  }),
}
const other = {
  'other.rego': 'package other\n\n# METADATA\n# entrypoint: true\ndeny[msg] { input.bad; msg := "bad" }\n',
  'app.rego': 'package other.app\n\nimport rego.v1\n\np := data.other.size\n',
  'other/data.json': '{"size": 3}',
  '.manifest': '{"roots": ["other"], "revision": "o1", "rego_version": 0}',
}

const folder = mkdtempSync(join(tmpdir(), 'build-'))
const run = (cwd: string, ...args: readonly string[]): string => execFileSync(opa, args, { cwd, encoding: 'utf8' })

beforeAll(() => {
  for (const [name, files] of Object.entries({ app, other })) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name, path)), { recursive: true })
      writeFileSync(join(folder, name, path), text)
    }
  }
  if (because === '') run(join(folder, 'other'), 'build', '-b', '.', '-o', '../other.tar.gz', '--v0-compatible')
})

afterAll(() => rmSync(folder, { recursive: true }))

/** What is no text stands as its hash; the manifest in protobuf holds our metadata and is only there. */
const textOf = (path: string, bytes: Uint8Array): string => {
  if (path === '.manifest.pb') return ''
  return /\.(wasm|pb)$/.test(path)
    ? createHash('sha256').update(bytes).digest('hex')
    : new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}

/** A bundle as text by path: without the folder that its sources lay in, and without what only we write. */
const contents = async (
  bundle: Uint8Array,
  prefixes: readonly string[] = [],
): Promise<Readonly<Record<string, unknown>>> => {
  const files = [...(await readArchive(bundle, bundleLimits()))].map(([path, bytes]): [string, unknown] => {
    const prefix = prefixes.find((each) => path.startsWith(`${each}/`))
    return [prefix === undefined ? path : path.slice(prefix.length + 1), textOf(path, bytes)]
  })
  const found = Object.fromEntries(files)
  if (found['.manifest'] === undefined) return found
  // `as`: the bundle was built a moment ago
  const manifest = JSON.parse(found['.manifest'] as string) as Record<string, Record<string, unknown> | string[]>
  const { plangate: _, ...metadata } = { ...manifest['metadata'] } as Record<string, unknown>
  const versions = Object.entries({ ...manifest['file_rego_versions'] }).map(([path, version]) => {
    const prefix = prefixes.find((each) => path.startsWith(`/${each}/`))
    return [prefix === undefined ? path : path.slice(prefix.length + 1), version]
  })
  return { ...found, '.manifest': { ...manifest, metadata, file_rego_versions: Object.fromEntries(versions) } }
}

const ours = async (settings: CompileSettings): Promise<Readonly<Record<string, unknown>>> => {
  const { bundle, diagnostics } = await compileBundle({ thread: 'caller', ...settings })
  if (bundle === undefined) throw new Error(JSON.stringify(diagnostics))
  return contents(bundle)
}

const theirs = (
  cwd: string,
  prefixes: readonly string[],
  ...args: readonly string[]
): Promise<Readonly<Record<string, unknown>>> => {
  const output = join(folder, 'theirs.tar.gz')
  run(join(folder, cwd), 'build', '-b', ...args, '-o', output)
  return contents(readFileSync(output), prefixes)
}

type Row = readonly [string, Omit<CompileSettings, 'sources'>, readonly string[]]

const rows: readonly Row[] = [
  ['WebAssembly', {}, ['-t', 'wasm']],
  ['Rego', { target: 'rego' }, ['-t', 'rego']],
  ['a plan', { target: 'plan' }, ['-t', 'plan']],
  ['a plan as protobuf', { target: 'plan', planFormat: 'proto' }, ['-t', 'plan', '--format', 'proto']],
  ['no more than is needed', { pruneUnused: true }, ['-t', 'wasm', '--prune-unused']],
  ['print', { includePrint: true }, ['-t', 'wasm', '--wasm-include-print']],
  [
    'rules and packages as entrypoints',
    { entrypoints: ['app/sub', 'app/report'] },
    ['-t', 'wasm', '-e', 'app/report', '-e', 'app/sub'],
  ],
  ['a revision', { target: 'rego', revision: 'x' }, ['-t', 'rego', '-r', 'x']],
  ['an empty revision', { target: 'rego', revision: '' }, ['-t', 'rego', '-r', '']],
  [
    'no tests',
    { target: 'rego', ignore: ['*_test.rego', 'sub'] },
    ['-t', 'rego', '--ignore', '*_test.rego', '--ignore', 'sub'],
  ],
  ['what an older OPA has', { capabilities: 'v1.0.0' }, ['-t', 'wasm', '--capabilities', 'v1.0.0']],
  [
    'v0 beside what the manifest says',
    { target: 'rego', regoVersion: 0, ignore: ['app.rego', 'lib.rego', 'sub.rego', 'all.rego'] },
    ['-t', 'rego', '--v0-compatible', '--ignore', 'app.rego,lib.rego,sub.rego,all.rego'],
  ],
  ['Rego, level 1', { target: 'rego', optimize: 1, revision: 'o' }, ['-t', 'rego', '-O', '1', '-r', 'o']],
  [
    'Rego, level 2',
    { target: 'rego', optimize: 2, revision: 'o', entrypoints: ['app/report'] },
    ['-t', 'rego', '-O', '2', '-r', 'o', '-e', 'app/report'],
  ],
  [
    'Rego, level 2, in a namespace',
    { target: 'rego', optimize: 2, revision: 'o', partialNamespace: 'lib' },
    ['-t', 'rego', '-O', '2', '-r', 'o', '--partial-namespace', 'lib'],
  ],
  ['a plan, level 2', { target: 'plan', optimize: 2, revision: 'o' }, ['-t', 'plan', '-O', '2', '-r', 'o']],
]

for (const [name, settings, args] of rows) {
  guarded(`a bundle folder becomes ${name}, as with opa build${because}`, async () => {
    const found = await ours({ sources: join(folder, 'app'), ...settings })
    expect(found).toEqual(await theirs('app', [], '.', ...args))
  })
}

/** The rules that a plan says were not planned, each with its file. */
const unplanned = (files: Readonly<Record<string, unknown>>): readonly string[] => {
  // `as`: the plan was written a moment ago
  const plan = JSON.parse(files['plan.json'] as string) as {
    readonly static: { readonly files: readonly { readonly value: string }[] }
    readonly unplanned_rules: readonly {
      readonly path: string
      readonly location: { readonly file: number; readonly row: number }
    }[]
  }
  return plan.unplanned_rules.map(
    ({ path, location }) => `${path} ${plan.static.files[location.file]?.value}:${location.row}`,
  )
}

guarded(`a plan says which rules it leaves out, as with opa build but always in one order${because}`, async () => {
  const settings: CompileSettings = { sources: join(folder, 'app'), target: 'plan', planAddons: ['unplanned_rules'] }
  const found = await ours(settings)
  expect(unplanned(found)).toContain('data.app.sub.q app/sub/sub.rego:3')
  expect(unplanned(found)).toEqual(
    unplanned(await theirs('app', [], '.', '-t', 'plan', '--plan-addons', 'unplanned_rules')),
  )
  expect(await ours(settings)).toEqual(found)
})

guarded(`bundles are merged as opa build does, whatever their order${because}`, async () => {
  const merged = await theirs('.', ['app', 'other'], 'app', 'other', '-t', 'rego', '-r', 'x')
  const expected = {
    ...merged,
    // The second `app.rego` gets a name of its own where OPA keeps the name of the folder; we sort roots.
    '.manifest': {
      ...(merged['.manifest'] as object),
      roots: ['app', 'lib', 'other'],
      file_rego_versions: { '/legacy/old.rego': 0, '/legacy/old_test.rego': 0, '/other.rego': 0, '/app~2.rego': 0 },
    },
  }
  for (const names of [
    ['app', 'other'],
    ['other', 'app'],
    ['app', 'other.tar.gz'],
  ]) {
    const found = await ours({ sources: names.map((name) => join(folder, name)), target: 'rego', revision: 'x' })
    expect({ ...found, 'app.rego': '', 'app~2.rego': '' }).toEqual({ ...expected, 'app.rego': '', 'app~2.rego': '' })
    expect([found['app.rego'], found['app~2.rego']].map((text) => String(text).split('\n')[0])).toEqual([
      'package app',
      'package other.app',
    ])
  }
})
