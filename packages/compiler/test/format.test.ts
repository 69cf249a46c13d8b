import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from '@jest/globals'
import { type Diagnostic, type FormatOptions, formatSource } from '../src/index.ts'
import { because, full, guarded, lines, opa, sampled } from './reference.ts'

const folder = mkdtempSync(join(tmpdir(), 'format-'))
afterAll(() => rmSync(folder, { recursive: true }))

const root = fileURLToPath(new URL('../../..', import.meta.url))

const below = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.rego'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

/** The Rego with which OPA tests its own formatter. */
const ofFormat = (): readonly string[] => {
  const cwd = join(root, 'scripts', 'oracle')
  const args = ['list', '-m', '-f', '{{.Dir}}', 'github.com/open-policy-agent/opa']
  const { stdout, status } = spawnSync('go', args, { cwd, encoding: 'utf8', env: { ...process.env, GOFLAGS: '' } })
  if (status !== 0) return []
  return readdirSync(join(stdout.trim(), 'v1', 'format'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.rego(\.formatted)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path, index) => copy(`${index}.rego`, readFileSync(path)))
}

/** The modules of OPA's compliance cases. */
const ofCases = (): readonly string[] => {
  // `as`: our own program wrote them
  const cases = lines('cases.jsonl') as readonly { readonly modules?: readonly string[] }[]
  const modules = [...new Set(cases.flatMap((each) => each.modules ?? []))]
  return sampled(modules, 200).map((text, index) => copy(`case-${index}.rego`, text))
}

const copy = (name: string, contents: string | Uint8Array): string => {
  const path = join(folder, name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, contents)
  return path
}

/** What `opa fmt` prints for these files together, each of which it can format. */
const theirs = (flags: readonly string[], files: readonly string[]): string =>
  files.length === 0 ? '' : execFileSync(opa, ['fmt', ...flags, ...files], { encoding: 'utf8', maxBuffer: 2 ** 28 })

const compare = async (files: readonly string[], flags: readonly string[], options: FormatOptions) => {
  const [good, bad]: [string[], Diagnostic[]] = [[], []]
  let ours = ''
  for (const file of files) {
    const { output, changed, diagnostics } = await formatSource(readFileSync(file), {
      ...options,
      file,
      thread: 'caller',
    })
    if (output === undefined) bad.push(...diagnostics.slice(0, 1))
    else good.push(file)
    const text = new TextDecoder().decode(output)
    ours += options.diff ? (changed && output !== undefined ? `${text}\n` : '') : text
  }
  expect(ours).toBe(theirs(flags, good))
  for (const { file, line, code, message } of sampled(bad, 20)) {
    const { status, stderr } = spawnSync(opa, ['fmt', ...flags, file], { encoding: 'utf8' })
    const said =
      line === 0
        ? message.replace(/^formatted, this would not be valid Rego: /, '')
        : `${file}:${line}: ${code}: ${message}`
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(said) })
  }
  return { good: good.length, bad: bad.length }
}

const modes: readonly (readonly [flags: readonly string[], options: FormatOptions])[] = [
  [[], {}],
  [['--diff'], { diff: true }],
  [['--v0-compatible'], { v0Compatible: true }],
  [['--v0-v1'], { regoV1: true }],
  [['--v0-v1', '--v1-compatible'], { regoV1: true, v1Compatible: true }],
  [['--drop-v0-imports'], { dropV0Imports: true }],
  [['--check-result=false'], { checkResult: false }],
  [['--capabilities', 'v0.50.0'], { capabilities: 'v0.50.0' }],
]

for (const [flags, options] of modes) {
  guarded(
    `opa fmt ${flags.join(' ')} and ours agree about every byte${because}`,
    async () => {
      const library = await compare(sampled(below(join(root, 'policies')), flags.length === 0 ? 1 : 12), flags, options)
      // Where both are asked for, opa puts comments beside one of several such imports, now here and now there.
      const isFixed = (file: string) =>
        !options.v1Compatible || readFileSync(file, 'utf8').split('future.keywords.').length < 3
      const own = await compare(sampled(ofFormat().filter(isFixed), 9), flags, options)
      const cases = await compare(ofCases(), flags, options)
      if (full) console.info(`fmt ${flags.join(' ')}: ${JSON.stringify({ library, own, cases })}`)
      expect(library.good + library.bad).toBeGreaterThan(0)
    },
    600_000,
  )
}

test.each<[string, FormatOptions, string, object]>([
  ['a source', {}, 'package a\np   :=   1', { changed: true, output: 'package a\n\np := 1\n', diagnostics: [] }],
  ['a source as it should be', {}, 'package a\n', { changed: false, output: 'package a\n', diagnostics: [] }],
  ['only whether it changes', { failFast: true }, 'package a\np   :=   1', { changed: true, diagnostics: [] }],
  [
    'what nests too deeply',
    { file: 'a.rego' },
    `package a\n\np := ${'['.repeat(20_000)}`,
    {
      changed: false,
      diagnostics: [
        {
          code: 'opa_failed',
          severity: 'error',
          message: 'a source has more than 1000 brackets open at once',
          file: 'a.rego',
          line: 0,
          column: 0,
          endLine: 0,
          endColumn: 0,
          hint: 'a source or a value nests too deeply',
        },
      ],
    },
  ],
  [
    'no Rego',
    { file: '/x/a.rego' },
    'package a\n\np if {',
    {
      changed: false,
      diagnostics: [
        {
          code: 'rego_parse_error',
          severity: 'error',
          message: 'unexpected eof token',
          file: '/x/a.rego',
          line: 3,
          column: 6,
          endLine: 3,
          endColumn: 6,
          details: ['p if {', '     ^'],
        },
      ],
    },
  ],
])('%s', async (_, options, source, expected) => {
  const { output, ...rest } = await formatSource(source, { ...options, thread: 'caller' })
  expect({ ...rest, ...(output === undefined ? {} : { output: new TextDecoder().decode(output) }) }).toEqual(expected)
})
