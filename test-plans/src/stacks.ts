import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { folders, inPackage, readJson } from './folder.ts'

const Environment = z.enum(['dev', 'stage', 'prod'])

/** One finding that the library must make on a plan: what, where, and whether it fails or warns. */
export type ExpectedFinding = z.infer<typeof ExpectedFinding>
export const ExpectedFinding = z.strictObject({
  id: z.string(),
  address: z.string(),
  path: z.array(z.union([z.string(), z.number()])),
  status: z.enum(['fail', 'warn', 'undecided']),
})

/** All that the library must say about one plan, in the order of a decision. */
export type ExpectedDecision = z.infer<typeof ExpectedDecision>
export const ExpectedDecision = z.strictObject({
  environment: Environment,
  verdict: z.enum(['pass', 'fail', 'undecided']),
  findings: z.array(ExpectedFinding),
  undecided: z.array(ExpectedFinding),
})

/** One plan of a stack: `path` is the plan, `expectedPath` the file of its stack that holds `expected`. */
export interface StackPlan {
  readonly stack: string
  readonly plan: string
  readonly path: string
  readonly environment: z.infer<typeof Environment>
  readonly expectedPath: string
  readonly expected: ExpectedDecision
}

const suffix = '.plan.json'

/**
 * Every plan of every stack, by stack and then by plan, in code-unit order.
 *
 * A plan without an entry in its stack's `expected.json`, or an entry without its plan, is an Error: neither may be
 * forgotten.
 */
export function stacks(): StackPlan[] {
  return folders(inPackage('stacks')).flatMap((stack) => {
    const folder = inPackage('stacks', stack)
    const expectedPath = join(folder, 'expected.json')
    const expectations = new Map(Object.entries(readJson(expectedPath, z.record(z.string(), ExpectedDecision))))
    const plans = readdirSync(folder)
      .filter((name) => name.endsWith(suffix))
      .sort()
      .map((name): StackPlan => {
        const expected = expectations.get(name)
        if (expected === undefined) throw new Error(`\`${expectedPath}\` says nothing about \`${name}\``)
        expectations.delete(name)
        const plan = name.slice(0, -suffix.length)
        return { stack, plan, path: join(folder, name), environment: expected.environment, expectedPath, expected }
      })
    const [orphan] = expectations.keys()
    if (orphan !== undefined) throw new Error(`\`${expectedPath}\` names \`${orphan}\`, which is not there`)
    return plans
  })
}

interface DecidedFinding {
  readonly id: string
  readonly address: string
  readonly path: readonly (string | number)[]
}

/** The part of a decision that is expected of a plan: which findings, where, of which status, in the same order. */
export function expectationOf(decision: {
  readonly verdict: ExpectedDecision['verdict']
  readonly findings: readonly (DecidedFinding & { readonly status: 'fail' | 'warn' })[]
  readonly undecided: readonly DecidedFinding[]
  readonly config: { readonly environment: ExpectedDecision['environment'] }
}): ExpectedDecision {
  const { verdict, findings, undecided, config } = decision
  return {
    environment: config.environment,
    verdict,
    findings: findings.map(({ id, address, path, status }) => ({ id, address, path: [...path], status })),
    undecided: undecided.map(({ id, address, path }) => ({ id, address, path: [...path], status: 'undecided' })),
  }
}
