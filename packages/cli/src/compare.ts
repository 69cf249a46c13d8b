import { compileTests, type CompiledTest, type TestOptions, type TestResult, type TestRun } from '@plangate/compiler'
import { loadPolicy, PlangateError, type LoadedPolicy } from '@plangate/sdk'

/** What the compiled tests say beside OPA's interpreter. */
export interface Comparison {
  readonly equal: number
  readonly different: readonly Remark[]
  /** Tests that the WebAssembly cannot answer, or the interpreter did not. */
  readonly incomparable: readonly Remark[]
}

/** A test and what is to be said about it. */
export interface Remark {
  readonly result: TestResult
  readonly text: string
}

/**
 * Runs the tests of `run` once more, as WebAssembly by the engine that gates plans, and compares the outcomes; `shows`
 * is called at each step.
 */
export async function compareTests(
  run: TestRun,
  options: TestOptions,
  show: (text: string) => void,
): Promise<Comparison> {
  show('compiling tests')
  const { bundle, tests } = await compileTests(options)
  show('running compiled tests')
  const policy = bundle === undefined ? undefined : await loadPolicy(bundle)
  const compiled = new Map(tests.map((test) => [placeOf(test), test]))
  const remarks = run.results
    .filter(({ outcome }) => outcome !== 'skip')
    .map((result) => {
      const test = compiled.get(placeOf(result))
      const obstacle = obstacleOf(result, test)
      if (obstacle !== undefined || test === undefined) return { result, kind: 'incomparable', text: obstacle ?? '' }
      const answer = policy === undefined ? undefined : answerOf(policy, test.entrypoint)
      return answer === undefined
        ? { result, kind: 'incomparable', text: 'there is no WebAssembly' }
        : { result, ...compared(result, answer) }
    })
  const of = (wanted: string): readonly Remark[] => remarks.filter(({ kind }) => kind === wanted)
  return { equal: of('equal').length, different: of('different'), incomparable: of('incomparable') }
}

/** The value of an entrypoint, undefined where it has none, or why there is no answer. */
type RuleAnswer = { readonly value: unknown } | { readonly error: PlangateError }

function answerOf(policy: LoadedPolicy, entrypoint: string): RuleAnswer {
  try {
    return { value: policy.evaluateSync({ entrypoint }).value }
  } catch (error) {
    if (error instanceof PlangateError) return { error }
    throw error
  }
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

interface Verdict {
  readonly kind: 'equal' | 'different' | 'incomparable'
  readonly text: string
}

const equal: Verdict = { kind: 'equal', text: '' }

function compared(result: TestResult, answer: RuleAnswer): Verdict {
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
