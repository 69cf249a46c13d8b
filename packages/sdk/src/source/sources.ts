import type { Redact } from '../decision/redact.ts'
import type { Decision, Finding, Location } from '../decision/schema.ts'
import type { Excerpt } from './excerpt.ts'
import type { SourceFile } from './parse.ts'
import type { SourceText } from '../read/sources.ts'

/** The sources of a plan: where findings are, and what stands there. */
export interface Sources {
  /** What stands at a location of a decision that these sources were given for, masked. */
  readonly excerpt: (location: Location) => Excerpt | undefined
  /** Where the sources set the attribute at `path` of an address; undefined where they do not have the address. */
  readonly locate: (address: string, path: Finding['path']) => Promise<Location | undefined>
  /** Masks what stands at these locations, for `excerpt`; a text that any decision has masked stays so. */
  readonly show: (locations: readonly Location[], redact: Redact) => Promise<void>
  /** A file's path as locations name it. */
  readonly nameOf: (path: string) => string
  /** The files of a module with what they say, `.` for the root. */
  readonly module: (folder: string) => Promise<readonly (SourceFile & SourceText)[]>
}

/** Returns a decision with the location of each finding that the sources have, and has them mask what stands there. */
export const located = async (decision: Decision, sources: Sources, redact: Redact): Promise<Decision> => {
  const all = <T extends Finding>(findings: readonly T[]): Promise<T[]> =>
    Promise.all(
      findings.map(async (finding) => {
        const location = await sources.locate(finding.address, finding.path)
        return location === undefined ? finding : { ...finding, location }
      }),
    )
  const [findings, undecided, waived, unchanged] = await Promise.all([
    all(decision.findings),
    all(decision.undecided),
    all(decision.waived),
    all(decision.unchanged),
  ])
  const places = [findings, undecided, waived, unchanged].flatMap((list) =>
    list.flatMap(({ location }: Finding) => (location === undefined ? [] : [location])),
  )
  await sources.show(places, redact)
  return { ...decision, findings, undecided, waived, unchanged }
}
