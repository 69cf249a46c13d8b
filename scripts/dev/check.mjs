import { join } from 'node:path'
import { root, run as runProcess } from './process.mjs'

const bin = (...path) => join(root, 'node_modules', ...path)

/** The checks of the sources: a title and the arguments that node gets. */
const checks = [
  ['files are formatted', [bin('@biomejs', 'biome', 'bin', 'biome'), 'format', '.']],
  ['oxlint finds nothing', [bin('oxlint', 'bin', 'oxlint'), '--deny-warnings']],
  ['sources and tests have sound types', [bin('typescript', 'bin', 'tsc'), '-p', 'tsconfig.check.json']],
  ['imports go one way', ['scripts/check-imports.mjs']],
  ['every policy is a triad', ['scripts/check-triad.mjs']],
  ['METADATA says what a reader needs', ['scripts/check-metadata.mjs']],
  ['what is generated from the policies is up to date', ['policies/docs.mjs']],
  ['the repository is clean', ['scripts/check-repo.mjs']],
]

/** What each check says, as test results: one check is one test. Prints the output of those that fail. */
export async function runChecks() {
  const results = { passed: 0, failed: [], skipped: [] }
  for (const [title, args] of checks) {
    const { code, output } = await runProcess(process.execPath, args, { label: `checking that ${title}` })
    if (code === 0) {
      results.passed += 1
    } else {
      results.failed.push(`check: ${title}`)
      console.error(output.trim())
    }
  }
  return results
}

export async function run() {
  const { passed, failed } = await runChecks()
  for (const name of failed) console.log(`failed: ${name}`)
  console.log(`${passed} passed, ${failed.length} failed`)
  return failed.length === 0 ? 0 : 1
}
