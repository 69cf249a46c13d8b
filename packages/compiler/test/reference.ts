import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { readBundle } from '@plangate/bundle'
import { test } from '@jest/globals'
import { type CompileResult, type Diagnostic, compileBundle } from '../src/index.ts'

const folder = fileURLToPath(new URL('../../../.cache/oracle/', import.meta.url))
const suffix = process.platform === 'win32' ? '.exe' : ''

/** The real `opa`, and the same code in a process that answers many requests, as `npm test` builds them. */
export const opa = process.env['PLANGATE_OPA'] ?? join(folder, `opa${suffix}`)
const reference = join(folder, `reference${suffix}`)

const missing = [opa, reference, join(folder, 'cases.jsonl'), join(folder, 'documents.jsonl')].filter(
  (path) => !existsSync(path),
)

/** A test where the oracle is, and skipped where it is not, with {@link because} in its name. */
export const guarded = missing.length === 0 ? test : test.skip
export const because = missing.length === 0 ? '' : ' (needs `node scripts/oracle.mjs`)'

/** Whether everything runs; otherwise samples do. */
export const full = (process.env['PLANGATE_TEST_FULL'] ?? '') !== ''

/** Every `step`th item, or all of them in a full run. */
export const sampled = <T>(items: readonly T[], step: number): readonly T[] =>
  full ? items : items.filter((_, index) => index % step === 0)

/** A line of one of the oracle's lists. */
export const lines = (
  name: 'cases.jsonl' | 'documents.jsonl',
  parse: (text: string) => unknown = JSON.parse,
): readonly unknown[] =>
  readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => parse(line))

/** A folder of sources, and what to do with it. Mirrors `request` in scripts/oracle/reference. */
export interface Subject {
  readonly name: string
  readonly files: Readonly<Record<string, string | Uint8Array>>
  readonly entrypoints: readonly string[]
  readonly regoVersion: 0 | 1
  readonly target?: 'wasm' | 'rego'
  readonly query?: string
  readonly inputs?: readonly unknown[]
}

interface Problem {
  readonly code: string
  readonly message: string
  readonly file: string
  readonly line: number
  readonly column: number
}

interface Failure {
  readonly errors?: readonly Problem[]
  readonly message: string
}

/** What OPA says. Mirrors `answer` in scripts/oracle/reference. */
export interface Answer {
  readonly build?: Failure
  readonly files?: Readonly<Record<string, string>>
  readonly manifest?: Readonly<Record<string, unknown>>
  readonly check?: Failure
  readonly values?: readonly { readonly result?: unknown; readonly error?: string }[]
}

/** OPA's answers, in order. */
export const answers = (subjects: readonly Subject[]): readonly Answer[] => {
  const requests = subjects.map(({ files, entrypoints, ...rest }) => ({
    ...rest,
    // As we do: their order shows in the WebAssembly.
    entrypoints: entrypoints.toSorted(),
    files: Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path, Buffer.from(text as string).toString('base64')]),
    ),
  }))
  const output = execFileSync(reference, { input: JSON.stringify(requests), maxBuffer: 2 ** 30, encoding: 'utf8' })
  // `as`: our own program
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer)
}

/** What came of a comparison: how many were equal, by how they ended, and where we and OPA are not the same. */
export interface Comparison {
  readonly counts: Readonly<Record<string, number>>
  readonly differences: readonly { readonly name: string; readonly ours: unknown; readonly theirs: unknown }[]
  /** Our bundles, by the name of their subject. */
  readonly bundles: ReadonlyMap<string, Uint8Array>
}

/** Compiles every subject and compares the outcome with OPA's: the bytes of the bundle's files, or every error. */
export const compare = async (subjects: readonly Subject[], expected = answers(subjects)): Promise<Comparison> => {
  const counts: Record<string, number> = {}
  const differences: { name: string; ours: unknown; theirs: unknown }[] = []
  const bundles = new Map<string, Uint8Array>()
  for (const [index, subject] of subjects.entries()) {
    const theirs = outcomeOf(expected[index] ?? { build: { message: 'no answer' } })
    const { bundle, diagnostics } = await compiled(subject)
    if (bundle !== undefined) bundles.set(subject.name, bundle)
    const ours = bundle === undefined ? refused(diagnostics) : await contentsOf(bundle)
    if (agree(ours, theirs)) counts[theirs.kind] = (counts[theirs.kind] ?? 0) + 1
    else differences.push({ name: subject.name, ours, theirs })
  }
  return { counts, differences, bundles }
}

export type Outcome =
  | { readonly kind: 'bundle'; readonly files: unknown; readonly manifest: unknown }
  | { readonly kind: 'errors'; readonly errors: readonly Problem[] }
  | { readonly kind: 'message'; readonly message: string; readonly errors?: readonly Problem[] | undefined }
  | { readonly kind: 'refused at load'; readonly errors: readonly Problem[] }

const outcomeOf = ({ build, check, files, manifest }: Answer): Outcome => {
  if (build === undefined && check === undefined) return { kind: 'bundle', files, manifest }
  // `opa build` stops at ten errors and at the first file that does not parse; `opa check` lists all.
  const errors = check?.errors?.toSorted(order)
  if (build === undefined && errors !== undefined) return { kind: 'refused at load', errors }
  if (build?.errors !== undefined) return { kind: 'errors', errors: errors ?? build.errors.toSorted(order) }
  return { kind: 'message', message: build?.message ?? check?.message ?? '', errors }
}

const order = (a: Problem, b: Problem): number =>
  a.file.localeCompare(b.file, 'en') || a.line - b.line || a.column - b.column || a.message.localeCompare(b.message)

const agree = (ours: Outcome, theirs: Outcome): boolean => {
  if (theirs.kind !== 'message') return isDeepStrictEqual({ ...ours, kind: '' }, { ...theirs, kind: '' })
  if (ours.kind !== 'errors') return false
  // Where OPA has no code of its own, ours is one and its text is part of OPA's; or else it is what `opa check` finds.
  return (
    ours.errors.every(({ message }) => theirs.message.includes(message)) ||
    isDeepStrictEqual(ours.errors, theirs.errors)
  )
}

/** Returns what `work` makes of a folder with the files of a subject, which is gone afterwards. */
export const inFolder = async <T>({ files }: Subject, work: (folder: string) => Promise<T>): Promise<T> => {
  const root = mkdtempSync(join(tmpdir(), 'subject-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    return await work(root)
  } finally {
    rmSync(root, { recursive: true })
  }
}

/** Compiles from a folder, since only a file can hold bytes that are no text. */
const compiled = (subject: Subject): Promise<CompileResult> =>
  inFolder(subject, async (sources) => {
    const { entrypoints, regoVersion, target = 'wasm' } = subject
    const result = await compileBundle({ sources, entrypoints, regoVersion, target, revision: '' })
    const named = ({ file, ...rest }: Diagnostic): Diagnostic => ({ ...rest, file: file.slice(sources.length + 1) })
    return { ...result, diagnostics: result.diagnostics.map(named) }
  })

const refused = (diagnostics: readonly Diagnostic[]): Outcome => {
  const errors = diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, file, line, column }) => ({ code, message, file, line, column }))
  return { kind: 'errors', errors: errors.toSorted(order) }
}

/** The hashes of a bundle's files as OPA would write them: without what only our manifest says. */
export const contentsOf = async (bytes: Uint8Array): Promise<Outcome> => {
  const { files } = await readBundle(bytes, { bytes: Infinity, entries: Infinity, ratio: Infinity })
  const manifest = JSON.parse(new TextDecoder().decode(files.get('.manifest')))
  const hashes = [...files]
    .filter(([path]) => path !== '.manifest')
    .map(([path, text]) => [path, createHash('sha256').update(text).digest('hex')])
    .sort()
  const { metadata: _, ...rest } = manifest
  return { kind: 'bundle', files: Object.fromEntries(hashes), manifest: { ...rest, roots: [''] } }
}

/** Prints a line that counts what was compared, and keeps it in the reports of the repository. */
export const report = (name: string, text: string): void => {
  process.stdout.write(`${name}: ${text}\n`)
  const reports = fileURLToPath(new URL('../../../reports/', import.meta.url))
  mkdirSync(reports, { recursive: true })
  writeFileSync(join(reports, `compiler-${name}${full ? '' : '-sample'}.txt`), `${name}: ${text}\n`)
}

/** What was counted, in words. */
export const counted = ({ counts, differences }: Comparison): string => {
  const equal = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const kinds = Object.entries(counts).sort()
  return `${equal + differences.length} compared, ${equal} equal (${kinds.map(([kind, count]) => `${count} ${kind}`).join(', ')})`
}
