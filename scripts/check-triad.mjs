/**
 * Proves that every policy of the library is a triad: `<name>.rego`, `<name>_test.rego` and a README.md with four
 * headings, in a folder that its package names.
 *
 * `node scripts/check-triad.mjs [folder]` prints one line for each fault and ends with 1 when there is one.
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const headings = ['Avoid', 'Prefer', 'Rationale', 'Exceptions']
const word = /^[a-z][a-z0-9_]*$/

function subfolders(folder) {
  return readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isDirectory())
    .sort()
}

function packageOf(path) {
  return /^package\s+([\w.]+)/m.exec(readFileSync(path, 'utf8'))?.[1]
}

function headingsOf(path) {
  return [...readFileSync(path, 'utf8').matchAll(/^## (.+?)\s*$/gm)].map((match) => match[1])
}

function policyFaults(folder, category, name) {
  const id = `${category}/${name}`
  const wanted = [`${name}.rego`, `${name}_test.rego`, 'README.md']
  const found = readdirSync(folder)
  const misplaced = [
    ...[category, name].filter((part) => !word.test(part)).map((part) => `${id}: \`${part}\` is not snake_case`),
    ...wanted.filter((file) => !found.includes(file)).map((file) => `${id}: \`${file}\` is missing`),
    ...found.filter((file) => !wanted.includes(file)).map((file) => `${id}: \`${file}\` does not belong to a policy`),
  ]
  if (misplaced.length > 0) return misplaced
  const wrong = []
  const path = `plangate.policies.${category}.${name}`
  for (const [file, expected] of [
    [wanted[0], path],
    [wanted[1], `${path}_test`],
  ]) {
    const actual = packageOf(join(folder, file))
    if (actual !== expected)
      wrong.push(`${id}: \`${file}\` has the package \`${actual}\`, its path says \`${expected}\``)
  }
  const missing = headings.filter((heading) => !headingsOf(join(folder, 'README.md')).includes(heading))
  return [...wrong, ...missing.map((heading) => `${id}: README.md has no heading \`## ${heading}\``)]
}

/** One line for each fault of the policies in `folder`, which holds `<category>/<name>/`. */
export function faults(folder) {
  return subfolders(folder).flatMap((category) =>
    subfolders(join(folder, category)).flatMap((name) => policyFaults(join(folder, category, name), category, name)),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? fileURLToPath(new URL('../policies/plangate/policies', import.meta.url))
  const found = existsSync(folder) ? faults(folder) : [`\`${folder}\` is missing`]
  for (const line of found) console.error(line)
  process.exitCode = found.length === 0 ? 0 : 1
}
