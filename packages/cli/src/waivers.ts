import { Baseline, firstIssue, PlangateError, type Waiver, WaiverFile } from '@plangate/sdk'

/** The owner that a waiver has which a baseline stands for. */
const baselineOwner = 'baseline'

/**
 * The waivers of files that `--waivers` names, each with its file as source.
 *
 * Throws `ERR_USAGE` for a file that cannot be read, so that none is forgotten in silence; `ERR_CONFIG_INVALID` with the path of
 * the first thing that is wrong in one.
 */
export async function readWaivers(files: readonly string[]): Promise<readonly Waiver[]> {
  if (files.length === 0) return []
  const { readYaml } = await import('./yaml.ts')
  return files.flatMap((file) => {
    const parsed = WaiverFile.safeParse(readYaml(file, 'waiver file', 'ERR_CONFIG_INVALID'))
    if (parsed.success) return parsed.data.waivers.map((waiver) => ({ ...waiver, source: file }))
    throw new PlangateError('ERR_CONFIG_INVALID', `waiver file \`${file}\` is invalid: ${firstIssue(parsed.error)}`, {
      hint: 'a waiver has `policy`, `address`, `owner` and `reason`, and may have `path`, `ticket`, `expires` and `instances`',
      cause: parsed.error,
    })
  })
}

/** What a file that `plangate baseline` wrote accepts; throws as {@link readWaivers}. */
export async function readBaseline(file: string): Promise<Baseline> {
  const { readYaml } = await import('./yaml.ts')
  const parsed = Baseline.safeParse(readYaml(file, 'baseline', 'ERR_CONFIG_INVALID'))
  if (parsed.success) return parsed.data
  throw new PlangateError('ERR_CONFIG_INVALID', `baseline \`${file}\` is invalid: ${firstIssue(parsed.error)}`, {
    hint: 'write it with `plangate baseline`',
    cause: parsed.error,
  })
}

/** The waivers that a baseline stands for. */
export function waiversOf({ findings }: Baseline, source: string): readonly Waiver[] {
  return findings.map((finding) => ({
    ...finding,
    owner: baselineOwner,
    reason: 'there before the gate was',
    source,
  }))
}
