import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PlangateError } from '@plangate/sdk'
import { reasonOf, usageError } from './usage.ts'
import { readYaml } from './yaml.ts'

/** A tree of values under `data`, as Rego sees it. */
export type Data = Readonly<Record<string, unknown>>

/**
 * The data of all files, merged. A file stands at the root; a file in a folder stands under the names of the folders
 * inside it, as OPA mounts them (https://www.openpolicyagent.org/docs/management-bundles).
 *
 * Throws `ERR_DATA_INVALID` for a file that is no object and for two files that give one key two values.
 */
export function loadData(paths: readonly string[]): Data {
  return paths.flatMap(documents).reduce((tree: Data, { path, at, value }) => mount(tree, at, value, path), {})
}

interface Document {
  readonly path: string
  readonly at: readonly string[]
  readonly value: Data
}

function documents(path: string): Document[] {
  let isFolder: boolean
  try {
    isFolder = statSync(path).isDirectory()
  } catch (cause) {
    throw usageError(
      `data \`${path}\` cannot be read: ${reasonOf(cause)}`,
      'give `--data` a JSON or YAML file, or a folder',
    )
  }
  return isFolder ? inFolder(path, []) : [document(path, [])]
}

function inFolder(folder: string, at: readonly string[]): Document[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return entry.name.startsWith('.') ? [] : inFolder(path, [...at, entry.name])
      return /\.(json|ya?ml)$/.test(entry.name) ? [document(path, at)] : []
    })
}

function document(path: string, at: readonly string[]): Document {
  const value = readYaml(path, 'data', 'ERR_DATA_INVALID')
  if (isObject(value)) return { path, at, value }
  throw new PlangateError('ERR_DATA_INVALID', `data \`${path}\` is not an object`, { hint: 'give its value a name' })
}

function mount(tree: Data, at: readonly string[], value: Data, path: string): Data {
  const nested = at.reduceRight<Data>((inner, name) => ({ [name]: inner }), value)
  return merge(tree, nested, [], path)
}

function merge(left: Data, right: Data, at: readonly string[], path: string): Data {
  const merged = { ...left }
  for (const [key, value] of Object.entries(right)) {
    const existing = Object.hasOwn(left, key) ? left[key] : undefined
    if (existing === undefined) {
      Object.defineProperty(merged, key, { value, enumerable: true, configurable: true, writable: true })
    } else if (isObject(existing) && isObject(value)) {
      merged[key] = merge(existing, value, [...at, key], path)
    } else {
      throw new PlangateError('ERR_DATA_INVALID', `data \`${path}\` gives \`${[...at, key].join('.')}\` a second value`)
    }
  }
  return merged
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
