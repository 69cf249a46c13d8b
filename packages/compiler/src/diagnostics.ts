import type { SourceDiagnostic } from '@plangate/opa'
import { compare, type Source } from './sources.ts'
import type { Diagnostic } from './types.ts'

/** What to do about an error of OPA, by its code and text. The first row that fits counts. */
const hints: readonly (readonly [code: string, message: RegExp, hint: string])[] = [
  [
    'rego_parse_error',
    /`(if|contains)` keyword is required|rego\.v1/,
    'these look like policies in Rego v0: write `deny contains msg if { … }`',
  ],
  ['rego_parse_error', /^yaml: /, 'METADATA is YAML: quote a value that holds `: ` or `#`, and indent with spaces'],
  ['rego_unsafe_var_error', /./, 'give the variable a value in the same body, with `:=` or `some … in …`'],
  ['rego_recursion_error', /./, 'Rego has no recursion: use `walk`, `graph.reachable` or a comprehension'],
  ['rego_compile_error', /conflicting rule for data path/, 'rename the rule, or move the data to another folder'],
  ['rego_compile_error', /^error limit reached$/, 'there are more errors than are shown'],
  [
    'data_error',
    /failed to insert data file/,
    'other data has a value there already that is no object: keep one of them, or give it another key',
  ],
  ['data_error', /must be (?:of type )?object/, 'a data file holds an object, by whose keys policies find the values'],
  ['capabilities_error', /./, 'name a file that `opa capabilities` wrote, or a version of OPA such as `v1.0.0`'],
  ['schema_error', /./, 'a schema is a JSON Schema, as JSON or YAML'],
  ['optimize_error', /cannot optimize/, 'build with a lower level, or without optimizing'],
  ['optimize_error', /./, 'build for `rego` or `plan`, or leave the optimizing away'],
  ['option_error', /addons/, 'leave the addons out, or write the plan as JSON'],
  ['option_error', /source/, 'keep the source, or build for `wasm` or `plan`'],
  ['signature_error', /./, 'give the key that proves it (`--verification-key`), or ignore `.signatures.json`'],
  ['source_error', /./, 'build from the sources that this bundle was built from'],
  ['manifest_error', /./, 'see https://www.openpolicyagent.org/docs/management-bundles#bundle-file-format'],
  ['capabilities_error', /no capabilities version/, 'name a version that OPA knows, such as `v1.0.0`'],
  ['rego_parse_error', /rego_v1 feature required/, 'these capabilities are older than Rego v1: build with Rego v0'],
  ['roots_error', /overlapped/, 'let each manifest name `roots` that no other bundle owns'],
  ['roots_error', /says itself/, 'leave the roots out, or take the manifest out of the bundle'],
  [
    'entrypoint_error',
    /at least one/,
    'put `# METADATA` and `# entrypoint: true` above a rule, or name it: `--entrypoint main/deny`, or `--namespace main` for all of a package',
  ],
  ['entrypoint_error', /./, 'an entrypoint is a rule such as `main/deny`, with `/` between the parts of its path'],
  ['roots_error', /plangate\.config/, 'use another package, or another path for the data'],
  ['roots_error', /./, 'let the roots cover every package and all data, or leave them out'],
]

const hintFor = ({ code, message }: SourceDiagnostic): string | undefined =>
  hints.find(([wanted, pattern]) => wanted === code && pattern.test(message))?.[2]

type Place = Pick<Diagnostic, 'file' | 'line' | 'column' | 'endLine' | 'endColumn'>

/** Returns the beginning of a line of a file, or no place at all. */
export const place = (file = '', line = 0): Place => {
  const column = line === 0 ? 0 : 1
  return { file, line, column, endLine: line, endColumn: column }
}

/** Returns what OPA's side found as diagnostics. */
export const fromOpa = (found: readonly SourceDiagnostic[]): Diagnostic[] =>
  found.map(({ warning, ...each }) => {
    const hint = each.hint ?? hintFor(each)
    return { ...each, severity: warning === true ? 'warning' : 'error', ...(hint === undefined ? {} : { hint }) }
  })

/** Returns the diagnostics sorted, and with the files named as the caller named them. */
export const arrange = (diagnostics: readonly Diagnostic[], sources: readonly Source[]): readonly Diagnostic[] => {
  const names = new Map(sources.toReversed().map(({ path, file }) => [path, file]))
  return diagnostics
    .map((each) => ({ ...each, file: names.get(each.file) ?? each.file }))
    .toSorted(
      (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.message, b.message),
    )
}
