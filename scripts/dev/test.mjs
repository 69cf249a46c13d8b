import { ensureChromium } from '../chromium.mjs'
import { ensureOracle } from '../oracle.mjs'
import { ensureReference } from '../reference.mjs'
import { build } from './build.mjs'
import { runChecks } from './check.mjs'
import { progress, turbo } from './process.mjs'
import { clearResults, readResults, sum } from './results.mjs'

/** Runs every test of every language and every check, and prints one closing line with their sum. */
export async function run({ full }) {
  clearResults()
  await build()
  const done = progress('building opa and conftest, which the tests compare with')
  await ensureOracle().then(ensureReference).finally(done)
  const chromium = await ensureChromium()
  const checks = await runChecks()
  const code = await turbo('test', {
    label: 'testing',
    args: ['--continue=always'],
    env: {
      ...(full ? { PLANGATE_TEST_FULL: '1' } : {}),
      ...(chromium === undefined ? {} : { PLANGATE_CHROMIUM: chromium }),
    },
  })
  const results = sum([checks, readResults()])
  if (code !== 0 && results.failed.length === 0)
    results.failed.push('a test task failed without a failing test, see above')
  for (const name of results.skipped) console.log(`skipped: ${name}`)
  for (const name of results.failed) console.log(`failed: ${name}`)
  console.log(`${results.passed} passed, ${results.failed.length} failed, ${results.skipped.length} skipped`)
  return results.failed.length === 0 && results.passed > 0 ? 0 : 1
}
