import { z } from 'zod'
import { inPackage, readJson } from '../folder.ts'

const Expected = z.strictObject({ fail: z.array(z.string()), undecided: z.array(z.string()) })

/** A plan of Terraform with credentials in most places that the AWS provider has, and where they are: `address path`. */
export function plantedPlan(): { path: string; expected: z.infer<typeof Expected> } {
  return {
    path: inPackage('planted', 'plan.json'),
    expected: readJson(inPackage('planted', 'expected.json'), Expected),
  }
}
