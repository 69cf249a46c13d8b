// This is the part of the protocol that its other parts share: it is mirrored in packages/opa/go/protocol.go.

/** How Rego is read. Capabilities are an object, a version of OPA such as `v1.0.0`, or all that OPA has. */
export interface Reading {
  readonly regoVersion: 0 | 1
  readonly capabilities?: string | Readonly<Record<string, unknown>>
}

/**
 * Something wrong with a source. Line and column count from 1, and are 0 where there is no place; the end is the place
 * after the last character that it is about. An error unless it is a warning.
 */
export interface SourceDiagnostic {
  readonly code: string
  readonly message: string
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly details?: readonly string[]
  readonly hint?: string
  readonly warning?: boolean
}

/** A JSON Schema, as JSON or YAML, and its path below `schema`; without a path it is that of `input`. */
export interface Schema {
  readonly path: readonly string[]
  readonly file: string
  readonly text: string
}
