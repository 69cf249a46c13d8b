import { z } from 'zod'
import { folders, inPackage, readJson } from './folder.ts'

/**
 * What a labelled plan says about one row of the catalogue: the addresses for which a policy must fail, must be
 * undecided and must pass. A resource in none of the three carries no label.
 *
 * Plan-level rows use `variable.x`, `output.x` and `provider.x` as addresses. `parameters` names lists and bounds that
 * the row needs; `points_at` and `address_of_finding` say which of several resources is at fault.
 */
export type CaseLabels = z.infer<typeof CaseLabels>
export const CaseLabels = z.strictObject({
  id: z.string(),
  title: z.string(),
  about: z.string(),
  fail: z.array(z.string()),
  undecided: z.array(z.string()),
  pass: z.array(z.string()),
  environment: z.enum(['dev', 'stage', 'prod']).nullable(),
  parameters: z.record(z.string(), z.union([z.number(), z.array(z.string())])).optional(),
  points_at: z.string().optional(),
  address_of_finding: z.string().optional(),
  notes: z.record(z.string(), z.string()),
})

/** A labelled plan: `id` is the row of the catalogue, which a policy carries among its aliases. */
export interface PolicyCase {
  readonly id: string
  readonly planPath: string
  readonly expected: CaseLabels
}

/** Every labelled plan, in the code-unit order of the ids. */
export function cases(): PolicyCase[] {
  return folders(inPackage('policies')).map((id) => ({
    id,
    planPath: inPackage('policies', id, 'plan.json'),
    expected: readJson(inPackage('policies', id, 'expected.json'), CaseLabels),
  }))
}
