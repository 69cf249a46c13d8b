/**
 * Tests the Rego of a folder with the stock `opa`: its unit tests, its format, and `opa check --strict`.
 *
 * `node scripts/test-rego.mjs <folder>` writes `.rego-test.json` into the working directory and ends with 1 when
 * something fails.
 */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { run } from './dev/process.mjs'
import { ensureOracle } from './oracle.mjs'

const folder = process.argv[2] ?? '.'
const { opa } = await ensureOracle()
const cwd = process.cwd()

/** A check of the whole folder, as a test of its own: it fails when `args` fail or print something. */
async function check(name, args) {
  const { code, output } = await run(opa, [...args, folder], { cwd })
  const fail = code !== 0 || output.trim() !== ''
  if (fail) console.error(`${name}:\n${output.trim()}`)
  return { package: 'library', name, fail }
}

const tested = await run(opa, ['test', '--format', 'json', folder], { cwd })
let tests = []
try {
  tests = JSON.parse(tested.output)
} catch {
  console.error(tested.output.trim())
  tests = [{ package: 'library', name: 'tests_load', fail: true }]
}
for (const test of tests.filter(({ fail, error }) => fail || error)) {
  console.error(`${test.location?.file}:${test.location?.row}: ${test.package}.${test.name} fails`)
}
const results = [...tests, await check('check_strict', ['check', '--strict']), await check('format', ['fmt', '--list'])]
writeFileSync(resolve('.rego-test.json'), JSON.stringify(results))
process.exitCode = results.some(({ fail, error }) => fail || error) ? 1 : 0
