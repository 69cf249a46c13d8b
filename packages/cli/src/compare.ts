import { compileTests, type CompiledTest, type TestOptions, type TestResult, type TestRun } from '@plangate/compiler'
import { type CompiledPolicy, compiledPolicy } from './compiled.ts'
import type { CompiledAnswer } from './compiled-worker.ts'

/** What a compiled test says beside OPA's interpreter. */
export interface Verdict {
  /** `incomparable` is what the WebAssembly cannot answer, or the interpreter did not. */
  readonly kind: 'equal' | 'different' | 'incomparable'
  readonly text: string
}

/** A test and what is to be said about it. */
export interface Remark extends Verdict {
  readonly result: TestResult
}

/**
 * Runs the tests of `run` once more, as WebAssembly by the engine that gates plans, and compares the outcomes; `show`
 * is called at each step. Each test has the time that it has in the interpreter, and one that takes longer is different.
 */
export async function compareTests(
  run: TestRun,
  options: TestOptions,
  show: (text: string) => void,
): Promise<readonly Remark[]> {
  show('compiling tests')
  const { bundle, tests } = await compileTests(options)
  show('running compiled tests')
  const { testTimeoutMs: timeoutMs = 5000, signal } = options
  const policy =
    bundle === undefined
      ? undefined
      : compiledPolicy(bundle, { timeoutMs, ...(signal === undefined ? {} : { signal }) })
  const compiled = new Map(tests.map((test) => [placeOf(test), test]))
  const remarks: Remark[] = []
  try {
    for (const result of run.results.filter(({ outcome }) => outcome !== 'skip')) {
      remarks.push({ result, ...(await verdictOf(result, compiled.get(placeOf(result)), policy, timeoutMs)) })
    }
  } finally {
    await policy?.close()
  }
  return remarks
}

async function verdictOf(
  result: TestResult,
  test: CompiledTest | undefined,
  policy: CompiledPolicy | undefined,
  timeoutMs: number,
): Promise<Verdict> {
  const obstacle = obstacleOf(result, test)
  if (obstacle !== undefined || test === undefined) return { kind: 'incomparable', text: obstacle ?? '' }
  if (policy === undefined) return { kind: 'incomparable', text: 'there is no WebAssembly' }
  const answer = await policy.evaluate(test.entrypoint)
  return answer === 'late' ? different(result, `does not end within ${timeoutMs} ms`) : compared(result, answer)
}

function placeOf({ file, line, column }: Pick<TestResult, 'file' | 'line' | 'column'>): string {
  // Inside a bundle the compiler knows files by paths that begin with a slash.
  return `${file.replace(/^\//, '')}:${line}:${column}`
}

function obstacleOf({ error }: TestResult, test: CompiledTest | undefined): string | undefined {
  if (error?.code === 'eval_cancel_error') return 'it did not end in the interpreter'
  if (test === undefined) return 'it is not among the compiled tests'
  return test.reason
}

const equal: Verdict = { kind: 'equal', text: '' }

function compared(result: TestResult, answer: CompiledAnswer): Verdict {
  if ('error' in answer) {
    if (answer.error.code === 'ERR_BUILTIN_MISSING') return { kind: 'incomparable', text: answer.error.message }
    return result.outcome === 'error' ? equal : different(result, `stops: ${answer.error.message}`)
  }
  if (result.outcome === 'error') return different(result, said(answer.value))
  const { cases = [] } = result
  if (cases.length === 0 && !isObject(answer.value)) {
    return (answer.value === true) === (result.outcome === 'pass') ? equal : different(result, said(answer.value))
  }
  const expected = cases.filter(({ leaf, fail }) => leaf && !fail).map(({ name }) => name.join(' / '))
  const passed = passing(answer.value, [])
  // A case that fails is not in the value of a rule, so what passes is what can be compared.
  const added = passed.filter((name) => !expected.includes(name))
  const missing = expected.filter((name) => !passed.includes(name))
  if (added.length + missing.length === 0) return equal
  const list = [...missing.map((name) => `\`${name}\` fails`), ...added.map((name) => `\`${name}\` passes`)]
  return { kind: 'different', text: `in WebAssembly ${list.join(', ')}` }
}

function different({ outcome, error }: TestResult, text: string): Verdict {
  const here = { pass: 'passes', fail: 'fails', skip: 'is skipped', error: `stops: ${error?.message}` }[outcome]
  return { kind: 'different', text: `in the interpreter it ${here}, in WebAssembly it ${text}` }
}

function said(value: unknown): string {
  return value === true ? 'passes' : 'fails'
}

function passing(value: unknown, at: readonly string[]): readonly string[] {
  if (!isObject(value)) return value === true ? [at.join(' / ')] : []
  return Object.entries(value).flatMap(([key, inner]) => passing(inner, [...at, key]))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const outcomes = { equal: 'pass', different: 'fail', incomparable: 'skip' } as const

/** The comparison as results of tests, for reports: what is equal passes, and a difference fails with its text. */
export function comparedResults(remarks: readonly Remark[]): readonly TestResult[] {
  return remarks.map(({ result: { file, line, column, package: path, name }, kind, text }) => ({
    file,
    line,
    column,
    package: `${path} (wasm)`,
    name,
    outcome: outcomes[kind],
    durationNs: 0,
    ...(text === '' ? {} : { error: { code: 'wasm', message: text } }),
  }))
}
