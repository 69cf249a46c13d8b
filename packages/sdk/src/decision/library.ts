import { firstIssue, PlangateError } from '@plangate/bundle'
import * as z from '#zod'
import { AppliedWaiver, EffectiveConfig, Finding } from './schema.ts'

/** What the library's entrypoint `plangate/main/findings` gives: all of its lists, the configuration that held, and what types the plan has. */
const LibraryFindings = z.strictObject({
  deny: z.array(Finding),
  warn: z.array(Finding),
  undecided: z.array(Finding),
  unchanged: z.array(Finding),
  // Places in the list of the configuration's waivers.
  waivers: z.strictObject({ expired: z.array(z.int().min(0)), unused: z.array(z.int().min(0)) }),
  // The waiver is the configuration's own, which also says what it covers.
  waived: z.array(z.strictObject({ ...Finding.shape, waiver: z.object(AppliedWaiver.shape) })),
  config: EffectiveConfig,
  // A bundle of an earlier version does not say it.
  resource_types: z.array(z.string()).optional(),
})
export type LibraryFindings = z.infer<typeof LibraryFindings>

/**
 * Returns the library's findings, proven to be of the shape that the library promises.
 *
 * @throws PlangateError `ERR_EVALUATION` for any other value: undefined must not look like a plan without findings
 */
export const libraryFindings = (value: unknown): LibraryFindings => {
  const parsed = LibraryFindings.safeParse(value)
  if (parsed.success) return parsed.data
  const why = value === undefined ? 'undefined' : firstIssue(parsed.error)
  throw new PlangateError('ERR_EVALUATION', `the library gave no list of findings: ${why}`, {
    hint: 'build the bundle from the library of the same version',
  })
}
