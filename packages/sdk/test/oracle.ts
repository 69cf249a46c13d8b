import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from '@jest/globals'

const suffix = process.platform === 'win32' ? '.exe' : ''

/** The real `opa`, as `npm test` builds it. */
export const opa =
  process.env['PLANGATE_OPA'] ?? fileURLToPath(new URL(`../../../.cache/oracle/opa${suffix}`, import.meta.url))

/** A test where the oracle is, and skipped where it is not, with {@link because} in its name. */
export const guarded = existsSync(opa) ? test : test.skip
export const because = existsSync(opa) ? '' : ' (needs `node scripts/oracle.mjs`)'

/** A question to the interpreter: a document, and the input as OPA value text. */
export interface Asked {
  readonly document: string
  readonly input: string
}

/** Returns the JSON of each document as `opa eval` gives it, undefined where it is undefined. */
export const interpreted = (source: string, questions: readonly Asked[]): readonly (string | undefined)[] => {
  const folder = mkdtempSync(join(tmpdir(), 'asked-'))
  try {
    const asked = questions.map(({ document, input }) => `[json.marshal(v) | v := ${document} with input as ${input}]`)
    writeFileSync(join(folder, 'p.rego'), source)
    writeFileSync(join(folder, 'asked.rego'), `package asked\nall := [\n${asked.join(',\n')},\n]\n`)
    const output = execFileSync(opa, ['eval', '-d', folder, '--format', 'raw', 'data.asked.all'], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    })
    // `as`: arrays of texts, as asked for
    return (JSON.parse(output) as readonly (readonly string[])[]).map(([text]) => text)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
