import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './process.mjs'

/** The folders that may leave results behind. */
function folders() {
  const packages = readdirSync(join(root, 'packages')).map((name) => join('packages', name))
  return [...packages, 'policies', 'test-plans', 'scripts']
}

/** `.jest.json`: jest's own report. A file that did not even load counts as one failure. */
function fromJest(text, name) {
  const report = JSON.parse(text)
  const tests = report.testResults.flatMap((file) => file.assertionResults)
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: tests
      .filter((test) => test.status === 'failed')
      .map((test) => `${name}: ${test.fullName}`)
      .concat(broken.map((file) => `${name}: ${file.name.slice(root.length + 1)} does not load`)),
    skipped: tests
      .filter((test) => ['pending', 'skipped', 'todo', 'disabled'].includes(test.status))
      .map((test) => `${name}: ${test.fullName}`),
  }
}

/** `.go-test.json`: the events of `go test -json`. A package that fails without a failing test did not compile. */
function fromGo(text, name) {
  const events = text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
  const of = (action) => events.filter((event) => event.Action === action && event.Test !== undefined)
  const label = (event) => `${name}: ${event.Package} ${event.Test ?? 'does not compile'}`
  const failed = of('fail')
  const broken = events.filter(
    (event) =>
      event.Action === 'fail' && event.Test === undefined && !failed.some((test) => test.Package === event.Package),
  )
  return { passed: of('pass').length, failed: [...failed, ...broken].map(label), skipped: of('skip').map(label) }
}

/** `.rego-test.json`: what `opa test --format json` prints, one object for each test. */
function fromRego(text, name) {
  const tests = JSON.parse(text)
  const label = (test) => `${name}: ${test.package}.${test.name}`
  const failed = tests.filter((test) => test.fail === true || test.error !== undefined)
  const skipped = tests.filter((test) => test.skip === true)
  return {
    passed: tests.length - failed.length - skipped.length,
    failed: failed.map(label),
    skipped: skipped.map(label),
  }
}

/** How each file of results is read: its text and the name of its package give what passed, failed and was skipped. */
export const readers = { '.jest.json': fromJest, '.go-test.json': fromGo, '.rego-test.json': fromRego }

/** Removes the results of earlier runs, so that only what runs now, or comes back from turbo's cache, is counted. */
export function clearResults() {
  for (const folder of folders())
    for (const file of Object.keys(readers)) rmSync(join(root, folder, file), { force: true })
}

/** What every package has left behind: how many passed, and the names of what failed and what was skipped. */
export function readResults() {
  const results = folders().flatMap((folder) =>
    Object.entries(readers).flatMap(([file, read]) => {
      const path = join(root, folder, file)
      return existsSync(path) ? [read(readFileSync(path, 'utf8'), folder.replaceAll('\\', '/'))] : []
    }),
  )
  return sum(results)
}

/** The sum of several results. */
export function sum(results) {
  return {
    passed: results.reduce((total, result) => total + result.passed, 0),
    failed: results.flatMap((result) => result.failed),
    skipped: results.flatMap((result) => result.skipped),
  }
}
