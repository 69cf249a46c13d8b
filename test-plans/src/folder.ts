import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'

/** The folder of this package, the same from `src` and from `dist`. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** The names of the folders in `path`, in code-unit order. */
export function folders(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

/** The content of the JSON file `path`, checked by `schema`; throws an Error that names the file when it does not fit. */
export function readJson<T>(path: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  if (parsed.success) return parsed.data
  throw new Error(`\`${path}\` is not what the loader expects: ${parsed.error.issues[0]?.message}`, {
    cause: parsed.error,
  })
}

/** The path of `parts` inside this package. */
export function inPackage(...parts: string[]): string {
  return join(root, ...parts)
}
