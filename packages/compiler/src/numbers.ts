import { createHash } from 'node:crypto'
import type { Found } from './selection.ts'

/** Returns the files of all bundles, each with the number of its own: by what it holds, not by how it was named. */
export const number = (bundles: readonly (readonly Found[])[]): readonly (Found & { readonly bundle: number })[] =>
  bundles
    .map((files) => ({ files, digest: digestOf(files) }))
    .toSorted((a, b) => (a.digest < b.digest ? -1 : 1))
    .flatMap(({ files }, index) => files.map((file) => ({ ...file, bundle: index + 1 })))

const digestOf = (files: readonly Found[]): string => {
  const hash = createHash('sha256')
  for (const { path, contents } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    hash.update(`${path}\0${contents.length}\0`).update(contents)
  }
  return hash.digest('hex')
}
