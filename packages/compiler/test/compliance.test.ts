import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, jest } from '@jest/globals'
import { checkPolicies } from '../src/index.ts'
import {
  answers,
  because,
  compare,
  contentsOf,
  counted,
  full,
  guarded,
  inFolder,
  lines,
  opa,
  report,
  sampled,
  type Subject,
} from './reference.ts'

// What is compared is not how fast this machine is.
jest.setTimeout(60 * 60_000)

/** A case of OPA's own tests. Mirrors `listing` in scripts/oracle/reference. */
interface Case {
  readonly file: string
  readonly note: string
  readonly query: string
  readonly modules?: readonly string[]
  readonly data?: Readonly<Record<string, unknown>>
  readonly rego_version: string
  readonly strict?: boolean
  readonly want_errors?: readonly {
    readonly module?: string
    readonly code: string
    readonly row: number
    readonly col?: number
    readonly message: string
  }[]
  readonly exhaustive?: boolean
}

/**
 * The packages of a case and the rule that its query asks for, as far as they have plain names. A package with functions
 * cannot be an entrypoint.
 */
const entrypointsOf = ({ query, modules = [] }: Case): readonly string[] => {
  const documents = modules.filter((text) => !/^[\w.]+\(/m.test(text))
  const packages = documents.flatMap((text) => /^\s*package\s+([\w.]+)\s*$/m.exec(text)?.[1] ?? [])
  const asked = /^data\.([\w.]+) = \w+$/.exec(query)?.[1] ?? []
  return [...new Set([...packages, ...[asked].flat()])].map((name) => name.replaceAll('.', '/')).sort()
}

const subjectOf = (each: Case): Subject => ({
  name: `${each.rego_version} ${each.file} ${each.note}`,
  files: {
    ...Object.fromEntries((each.modules ?? []).map((text, index) => [`test-${index}.rego`, text])),
    ...(each.data === undefined ? {} : { 'data.json': JSON.stringify(each.data) }),
  },
  entrypoints: entrypointsOf(each),
  regoVersion: each.rego_version === 'v0' ? 0 : 1,
})

// `as`: our own program wrote them
const cases = (version: string): readonly Subject[] =>
  (lines('cases.jsonl') as readonly Case[]).filter((each) => each.rego_version === version).map(subjectOf)

for (const version of ['v0', 'v1']) {
  guarded(`the ${version} cases of OPA compile or fail as they do with OPA${because}`, async () => {
    const subjects = sampled(cases(version), 20).map((subject): Subject => ({ ...subject, target: 'rego' }))
    const comparison = await compare(subjects)
    report(`compliance-${version}-rego`, counted(comparison))
    expect(comparison.differences).toEqual([])
  })

  guarded(`the ${version} cases of OPA become the WebAssembly that opa build makes of them${because}`, async () => {
    const comparison = await compare(sampled(cases(version), 200))
    report(`compliance-${version}-wasm`, counted(comparison))
    expect(comparison.differences).toEqual([])
  })
}

guarded(`the errors that OPA's cases want of a check are found${because}`, async () => {
  // `as`: our own program wrote them
  const wanting = (lines('cases.jsonl') as readonly Case[]).filter((each) => each.want_errors !== undefined)
  for (const {
    note,
    modules = [],
    rego_version: version,
    strict = false,
    want_errors: wanted = [],
    exhaustive,
  } of wanting) {
    const { diagnostics } = await checkPolicies({
      sources: Object.fromEntries(modules.map((text, index) => [`test-${index}.rego`, text])),
      regoVersion: version === 'v0' ? 0 : version === 'v1' ? 1 : 'both',
      strict,
      maxErrors: 0,
    })
    const found = diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ code, message, file, line, column }) => ({ module: file, code, row: line, col: column, message }))
    const expected = wanted.map(({ module = 'test-0.rego', code, row, col, message }) => {
      const place = { module, code, row, message }
      return expect.objectContaining(col === undefined ? place : { ...place, col })
    })
    expect({ note, found }).toEqual({ note, found: expect.arrayContaining(expected) })
    if (exhaustive) expect({ note, found: found.length }).toEqual({ note, found: wanted.length })
  }
  report('compliance-check', `${wanting.length} cases, all wanted errors found`)
})

guarded(`the program that answers for opa build says what opa build says${because}`, async () => {
  const all = sampled([...cases('v0'), ...cases('v1')], 21)
  const said = answers(all.map((subject): Subject => ({ ...subject, target: 'rego' })))
  const broken = all.filter((_, index) => said[index]?.build !== undefined)
  const sample = [...broken, ...all.filter((_, index) => index % (full ? 20 : 100) === 0)]
  const expected = answers(sample)
  for (const [index, subject] of sample.entries()) {
    const { build, files } = expected[index] ?? {}
    await inFolder(subject, async (folder) => {
      const entrypoints = subject.entrypoints.flatMap((path) => ['-e', path])
      const flags = subject.regoVersion === 0 ? ['--v0-compatible'] : []
      const args = ['build', '-b', '.', '-t', 'wasm', ...entrypoints, ...flags, '-o', 'made.tar.gz']
      const { status, stdout, stderr } = spawnSync(opa, args, { cwd: folder, encoding: 'utf8' })
      const made = status === 0 ? await contentsOf(readFileSync(join(folder, 'made.tar.gz'))) : undefined
      expect({ name: subject.name, files: made?.kind === 'bundle' ? made.files : undefined }).toEqual({
        name: subject.name,
        files,
      })
      if (build !== undefined) expect(`${stdout}${stderr}`).toBe(`error: ${build.message}\n`)
    })
  }
  report('compliance-reference', `${sample.length} cases built by opa itself, all as the reference says`)
})
