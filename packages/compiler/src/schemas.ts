import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { PlangateError } from '@plangate/bundle'
import type { Schema } from '@plangate/opa'
import { reasonOf } from './sources.ts'

/** The schemas that ship with the compiler, by name: what `input` is when a plan is gated. */
const shipped: Readonly<Record<string, URL>> = {
  terraform: new URL('../schemas/terraform.json', import.meta.url),
}

/** The names of the schemas that ship with the compiler. */
export const shippedSchemas: readonly string[] = Object.keys(shipped)

/**
 * Returns the schemas at `path` as OPA maps them: a file is that of `input`, and the files of a folder are `schema`
 * with their path, to be named by annotations. The name of a shipped schema stands for its file.
 *
 * @throws PlangateError `ERR_SCHEMA_INVALID` when it cannot be read
 * @see https://www.openpolicyagent.org/docs/schemas
 */
export const loadSchemas = async (path: string): Promise<Schema[]> => {
  const own = shipped[path]
  if (own !== undefined) return [await readSchema(own, path, []), await readSchema(own, path, [path])]
  const info = await stat(path).catch((cause: unknown) => {
    throw new PlangateError('ERR_SCHEMA_INVALID', `schema \`${path}\` cannot be read: ${reasonOf(cause)}`, {
      hint: `name a JSON Schema, a folder of them, or one of ${shippedSchemas.map((name) => `\`${name}\``).join(', ')}`,
      cause,
    })
  })
  return info.isDirectory() ? readFolder(path, []) : [await readSchema(path, path, [])]
}

const readFolder = async (folder: string, at: readonly string[]): Promise<Schema[]> => {
  const entries = (await readdir(folder, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const found: Schema[] = []
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) found.push(...(await readFolder(path, [...at, entry.name])))
    else found.push(await readSchema(path, path, [...at, basename(entry.name, extname(entry.name))]))
  }
  return found
}

const readSchema = async (from: string | URL, file: string, path: readonly string[]): Promise<Schema> => {
  const text = await readFile(from, 'utf8').catch((cause: unknown) => {
    throw new PlangateError('ERR_SCHEMA_INVALID', `schema \`${file}\` cannot be read: ${reasonOf(cause)}`, {
      hint: 'check the path',
      cause,
    })
  })
  return { path, file, text }
}
