import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Diagnostic } from '../types.ts'
import { compare } from '../sources.ts'

/** What the codes mean; of others, which a later version of OPA may bring, only the name is known. */
const meanings: ReadonlyMap<string, string> = new Map([
  ['rego_parse_error', 'The source is not Rego.'],
  ['rego_compile_error', 'The modules do not fit together, or break a rule of the language.'],
  ['rego_type_error', 'A value, a call or a reference has a type that can never fit.'],
  ['rego_unsafe_var_error', 'A variable is used and nothing gives it a value.'],
  ['rego_recursion_error', 'A rule depends on itself.'],
  ['rego_format_error', 'The source cannot be formatted.'],
  ['build_error', 'The bundle could not be built.'],
  ['data_error', 'A data file is not valid, or does not fit beside the others.'],
  ['entrypoint_error', 'What is named as an entrypoint is none, or nothing is.'],
  ['metadata_error', 'METADATA of a package is missing or not valid.'],
  ['order_dependent', 'A result shows the order of a set or object, which differs between OPA and WebAssembly.'],
  ['unknown_attribute', 'A policy reads an attribute that the schema of the provider does not have.'],
  ['unknown_type', 'A policy names a type of resource that the schema of the provider does not have.'],
  ['schema_error', 'A JSON Schema is not valid.'],
  ['roots_error', 'The roots of the bundle and what it contains do not fit.'],
  ['builtin_unavailable', 'A built-in function that is not there when policies are evaluated.'],
  ['opa_failed', 'OPA stopped without an answer.'],
])

/**
 * Returns diagnostics as SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/, with a rule for each code.
 *
 * Columns count characters (`unicodeCodePoints`), as OPA does; relative paths are relative to `%SRCROOT%`.
 */
export const renderSarif = (diagnostics: readonly Diagnostic[], { version }: { readonly version: string }): string => {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort(compare)
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'plangate', semanticVersion: version, rules: codes.map(ruleOf) },
        },
        columnKind: 'unicodeCodePoints',
        results: diagnostics.map((diagnostic) => resultOf(diagnostic, codes.indexOf(diagnostic.code))),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

const ruleOf = (id: string) => {
  const meaning = meanings.get(id)
  return { id, ...(meaning === undefined ? {} : { shortDescription: { text: meaning } }) }
}

const resultOf = (diagnostic: Diagnostic, ruleIndex: number) => {
  const { code, severity, message, file, details = [], hint } = diagnostic
  const text = [message, ...details, ...(hint === undefined ? [] : [`fix: ${hint}`])].join('\n')
  const physicalLocation = { artifactLocation: artifactOf(file), ...regionOf(diagnostic) }
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text },
    ...(file === '' ? {} : { locations: [{ physicalLocation }] }),
  }
}

const artifactOf = (file: string) =>
  isAbsolute(file)
    ? { uri: pathToFileURL(file).href }
    : { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' }

/** Of an end of file OPA knows the line, and gives 0 for the column. */
const regionOf = ({ line, column, endLine, endColumn }: Diagnostic) => {
  if (line === 0) return {}
  if (column === 0 || endColumn === 0) return { region: { startLine: line, endLine } }
  return { region: { startLine: line, startColumn: column, endLine, endColumn } }
}
