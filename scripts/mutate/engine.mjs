/**
 * Ways to run the tests of files. Each answers `{ broken, results }`: `broken` are the files that do not compile, with
 * what is wrong, and `results` the tests, each `{ package, name, outcome }`.
 */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { run } from '../dev/process.mjs'
import { testsOfCopies } from './copies.mjs'

const timeoutMs = 20_000

/** OPA as @plangate/opa has it, on a thread that stays warm. */
export async function threadEngine() {
  const { openThread } = await import('../../packages/opa/dist/index.js')
  const thread = openThread()
  return { test, close: thread.close }

  async function test(files) {
    const sources = [...files].map(([path, text]) => ({ path, contents: Buffer.from(text) }))
    const request = {
      paths: sources.map(({ path }) => path),
      bundle: false,
      regoVersion: 1,
      run: testsOfCopies,
      timeoutMs,
      count: 1,
      maxErrors: 0,
      verbose: false,
      varValues: false,
      coverage: false,
      json: false,
      pretty: false,
    }
    const { error, diagnostics, runs } = await thread.run((opa) => opa.test(sources, request))
    if (diagnostics.length === 0 && error !== undefined) throw new Error(error)
    return {
      broken: diagnostics.map(({ file, message }) => ({ file, message })),
      results: (runs[0]?.results ?? []).map(plain),
    }
  }
}

/** The command `opa` at a path: a process for each call, and about four times as fast. */
export function commandEngine(opa) {
  return { test, close: async () => {} }

  async function test(files) {
    const folder = mkdtempSync(join(tmpdir(), 'plangate-mutants-'))
    try {
      for (const [path, text] of files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        writeFileSync(join(folder, path), text)
      }
      const args = ['test', '-f', 'json', '-m', '0', '-p', '1', '--timeout', `${timeoutMs}ms`, '-r', testsOfCopies, '.']
      const { output } = await run(opa, args, { cwd: folder })
      return output.startsWith('[') ? { broken: [], results: (JSON.parse(output) ?? []).map(outcome) } : errors(output)
    } finally {
      rmSync(folder, { recursive: true })
    }
  }
}

const plain = ({ package: name, name: test, outcome, error }) => ({
  package: name,
  name: test,
  outcome,
  late: error?.code === 'eval_cancel_error',
})

const outcome = ({ fail, error, ...result }) =>
  plain({ ...result, error, outcome: error !== undefined ? 'error' : fail === true ? 'fail' : 'pass' })

function errors(output) {
  const broken = [...output.matchAll(/^(?:\S+ errors? occurred[^:]*: )?(\S+\.rego):(\d+): (.*)$/gm)]
  if (broken.length === 0) throw new Error(`opa test: ${output.slice(0, 500)}`)
  return { broken: broken.map(([, file, line, message]) => ({ file, line: Number(line), message })), results: [] }
}
