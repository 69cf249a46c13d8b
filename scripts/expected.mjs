/**
 * Compares what the gate says about the stacks of test-plans with their `expected.json`; `--write` rewrites them.
 *
 * Run it after `npm start`, and read the difference before it is committed: an expectation is reviewed, not recorded.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadGate } from '../packages/sdk/dist/index.js'
import { expectationOf } from '../test-plans/dist/index.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const stacks = join(root, 'test-plans', 'stacks')
const write = process.argv.includes('--write')
const gate = await loadGate(join(root, 'policies', 'dist', 'library.tar.gz'))

function list(findings) {
  if (findings.length === 0) return '[]'
  return `[\n${findings.map((finding) => `      ${JSON.stringify(finding)}`).join(',\n')}\n    ]`
}

/** JSON with one finding a line, so that a difference shows findings. */
function format(expectations) {
  const plans = Object.entries(expectations).map(
    ([name, { environment, verdict, findings, undecided }]) =>
      `  ${JSON.stringify(name)}: {\n    "environment": "${environment}",\n    "verdict": "${verdict}",\n` +
      `    "findings": ${list(findings)},\n    "undecided": ${list(undecided)}\n  }`,
  )
  return `{\n${plans.join(',\n')}\n}\n`
}

let different = 0
for (const stack of readdirSync(stacks).sort()) {
  const path = join(stacks, stack, 'expected.json')
  const before = JSON.parse(readFileSync(path, 'utf8'))
  const after = {}
  for (const [name, { environment }] of Object.entries(before)) {
    after[name] = expectationOf(await gate.evaluate(join(stacks, stack, name), { config: { environment } }))
  }
  const same = JSON.stringify(before) === JSON.stringify(after)
  if (!same) different += 1
  if (write) writeFileSync(path, format(after))
  console.log(`${stack}: ${same ? 'as expected' : write ? 'written' : 'different'}`)
}
process.exitCode = different > 0 && !write ? 1 : 0
