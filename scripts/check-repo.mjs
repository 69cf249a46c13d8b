/**
 * Proves that nothing lies in the repository that should not: paths of somebody's machine, hosts of a registry in a
 * lockfile, huge files, tests that are switched off, and notes without an issue.
 *
 * `node scripts/check-repo.mjs` prints `file:line: reason` for each fault and ends with 1 when there is one.
 */
import { readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { files } from './files.mjs'

const largest = 2 * 1024 * 1024
const lockfiles = new Set(['pnpm-lock.yaml', 'package-lock.json', 'go.sum', 'go.mod', 'yarn.lock', '.npmrc'])

const isCode = (path) => /\.(ts|mts|mjs|js|go|rego|sh)$/.test(path)
const isTest = (path) => /(\.test\.(ts|mjs)|_test\.(go|rego))$/.test(path) || /\/test\//.test(path)
const isRecorded = (path) => /^test-plans\/(stacks|policies)\//.test(path)

/** What may not stand on a line: where it is looked for, how it is recognised, and what to say about it. */
export const rules = [
  {
    applies: (path) => !isRecorded(path),
    pattern: /(^|[\s"'`(=:])(\/(work|home\/[a-z]+|Users\/[A-Za-z]+)\/|[A-Z]:\\Users\\)/,
    reason: 'names a path of one machine',
  },
  {
    applies: (path) => lockfiles.has(basename(path)),
    pattern: /(https?:\/\/|tarball:|resolved[" ])/,
    reason: 'names the host of a registry',
  },
  {
    applies: isTest,
    pattern: /\b(describe|it|test)(\.\w+)*\.only\b|\b(fdescribe|fit)\(/,
    reason: 'runs one test only',
  },
  {
    applies: isTest,
    pattern: /^\s*(describe|it|test)(\.\w+)*\.skip\b|\b(xdescribe|xit|xtest)\(/,
    reason: 'skips a test without a condition',
  },
  {
    applies: isCode,
    pattern: /\b(TODO|FIXME|XXX)\b(?!\(#\d+\))/,
    reason: 'a note needs the number of an issue: `(#12)` right after the word',
  },
]

/** One line for each fault of a file of `size` bytes with this text. */
export function faults(path, size, text) {
  if (size > largest) return [`${path}: ${size} bytes, files above ${largest} do not belong into the repository`]
  const active = rules.filter((rule) => rule.applies(path))
  return text
    .split('\n')
    .flatMap((line, index) =>
      active.filter((rule) => rule.pattern.test(line)).map((rule) => `${path}:${index + 1}: ${rule.reason}`),
    )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const own = new Set(['scripts/check-repo.mjs', 'scripts/check-repo.test.mjs'])
  const found = files(root)
    .filter((path) => !own.has(path))
    .flatMap((path) => {
      const { size } = statSync(join(root, path))
      return faults(path, size, size > largest ? '' : readFileSync(join(root, path), 'utf8'))
    })
  for (const line of found) console.error(line)
  process.exitCode = found.length === 0 ? 0 : 1
}
