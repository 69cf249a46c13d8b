import { badArgument, PlangateError, readArgument, readOptions } from '@plangate/bundle'
import type { Grants } from './evaluate/builtins/grants.ts'
import { unexpected } from './evaluate/failure.ts'
import type { EvaluateOptions, GateOptions } from './gate.ts'
import type { PolicyOptions, Question } from './policy.ts'

// Callers without types give what they like: arguments are read once, where they come in, and what is wrong is told by name.

/** What the options that gates and policies share have to be. */
const shared = {
  data: 'object',
  verification: 'object',
  grants: 'object',
  environment: 'object',
  builtins: 'list',
} as const

/** Returns the options of a gate. */
export const gateOptions = (given: GateOptions | undefined): GateOptions => {
  const options = readOptions('options', given, {
    ...shared,
    namespaces: 'strings',
    idleMs: 'number',
    select: 'boolean',
    ordered: 'boolean',
    strictBuiltinErrors: 'boolean',
    log: 'object',
  })
  const { log } = options
  if (log !== undefined && readArgument('options.log', () => typeof log.around !== 'function')) {
    throw badArgument('options.log', 'is what `openDecisionLog` returns')
  }
  return { ...options, ...limited(options), ...withCopies(options) }
}

/** Returns the options of a policy. */
export const policyOptions = (given: PolicyOptions | undefined): PolicyOptions => {
  const options = readOptions('options', given, { ...shared, memoryBytes: 'positive' })
  return { ...options, ...limited(options), ...withCopies(options) }
}

/** Returns the options of one evaluation. */
export const evaluateOptions = (given: EvaluateOptions | undefined): EvaluateOptions => {
  const options = readOptions('options', given, {
    config: 'object',
    data: 'object',
    signal: 'signal',
    clock: 'function',
    onPrint: 'function',
    labels: 'object',
    sources: 'object',
  })
  const limits = readOptions('options.limits', options.limits, {
    bytes: 'positive',
    memoryBytes: 'positive',
    milliseconds: 'positive',
  })
  return { ...options, limits, ...(options.labels === undefined ? {} : { labels: copied('labels', options.labels) }) }
}

/** Returns a question to a policy. */
export const questionOf = (given: Question): Question => {
  const { entrypoint, ...question } = readOptions('question', given, {
    entrypoint: 'string',
    inputText: 'string',
    data: 'object',
    numbers: 'string',
    strictBuiltinErrors: 'boolean',
    onPrint: 'function',
    memoryBytes: 'positive',
    clock: 'function',
  })
  if (entrypoint === undefined) throw badArgument('question.entrypoint', 'is a string')
  return { entrypoint, ...question }
}

/** Returns what `work` returns; whatever it throws is coded. */
export const coded = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    throw error instanceof PlangateError ? error : unexpected(error)
  }
}

const limited = ({ limits: given }: Pick<GateOptions, 'limits'>): Pick<GateOptions, 'limits'> => {
  const limits = readOptions('options.limits', given, {
    bytes: 'number',
    entries: 'number',
    ratio: 'number',
    milliseconds: 'positive',
    memoryBytes: 'positive',
  })
  return { limits }
}

const withCopies = ({ grants, environment, verification }: Partial<GateOptions>): Partial<GateOptions> => ({
  ...(grants === undefined ? {} : { grants: grantsOf(grants) }),
  ...(environment === undefined ? {} : { environment: copied('environment', environment) }),
  ...(verification === undefined ? {} : { verification: copied('verification', verification) }),
})

const grantable: readonly string[] = ['http', 'lookup', 'env']

/** A grant that is misspelt would be refused where a policy first asks for it. */
const grantsOf = (given: Grants): Grants => {
  const grants = copied('grants', given)
  for (const [name, value] of Object.entries(grants)) {
    if (!grantable.includes(name)) throw badArgument('options.grants', 'has `http`, `lookup` and `env` only')
    const isRight = readArgument(
      `options.grants.${name}`,
      () =>
        value === undefined ||
        value === true ||
        (Array.isArray(value) && value.every((each) => typeof each === 'string')),
    )
    if (!isRight) throw badArgument(`options.grants.${name}`, 'is `true` or a list of strings')
  }
  return grants
}

const copied = <T extends object>(name: string, value: T): T => readArgument(`options.${name}`, () => ({ ...value }))
