import { relative, resolve } from 'node:path'
import { Config, firstIssue, nearest, PlangateError } from '@plangate/sdk'
import * as z from 'zod'
import { isAddress } from './remote.ts'

const list = z.array(z.string().min(1)).min(1).optional()
const text = z.string().min(1).optional()

/** What `plangate.yaml` holds besides the config: flags of `plangate test`. Paths are relative to the file. */
export const Settings = z.strictObject({
  policy: list,
  namespace: list,
  data: list,
  waiver_files: list,
  baseline: text,
  source: text,
  output: list,
  severity: list,
  framework: list,
  strict_builtin_errors: z.boolean().optional(),
  time_limit: text,
  memory_limit: text,
  verification_key: text,
})
export type Settings = z.infer<typeof Settings>

const names = [...Object.keys(Config.shape), ...Object.keys(Settings.shape)]

/**
 * The config and the settings that a file holds.
 *
 * Throws `ERR_CONFIG_INVALID` with the path of the first thing that is wrong, and the nearest name for one that there is not.
 */
export function parseSettings(
  value: unknown,
  source: string,
): { readonly config: Config; readonly settings: Settings } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(source, 'expected keys and values')
  const entries = Object.entries(value)
  const unknown = entries.map(([name]) => name).find((name) => !names.includes(name))
  if (unknown !== undefined) throw invalid(source, `there is no key \`${unknown}\``, nearest(unknown, names))
  const part = (keys: readonly string[]) => Object.fromEntries(entries.filter(([name]) => keys.includes(name)))
  const config = Config.safeParse(part(Object.keys(Config.shape)))
  if (!config.success) throw invalid(source, firstIssue(config.error), undefined, config.error)
  const settings = Settings.safeParse(part(Object.keys(Settings.shape)))
  if (!settings.success) throw invalid(source, firstIssue(settings.error), undefined, settings.error)
  return { config: config.data, settings: settings.data }
}

function invalid(source: string, what: string, near?: string, cause?: unknown): PlangateError {
  return new PlangateError('ERR_CONFIG_INVALID', `${source} is invalid: ${what}`, {
    hint:
      near === undefined ? `keys are ${names.map((name) => `\`${name}\``).join(', ')}` : `did you mean \`${near}\`?`,
    cause,
  })
}

/** The flags that a file sets, as commander would have them, its paths relative to the working directory. */
export function flagsOf(settings: Settings, folder: string): Readonly<Record<string, unknown>> {
  const placed = (path: string) => relative('.', resolve(folder, path)) || '.'
  const policy = (name: string) => (name === 'builtin' || isAddress(name) ? name : placed(name))
  const output = (value: string) => {
    const at = value.indexOf('=')
    return at === -1 ? value : `${value.slice(0, at)}=${placed(value.slice(at + 1))}`
  }
  const { waiver_files, baseline, source, verification_key: key } = settings
  const flags = {
    policy: settings.policy?.map(policy),
    namespace: settings.namespace,
    data: settings.data?.map(placed),
    waivers: waiver_files?.map(placed),
    baseline: baseline === undefined ? undefined : placed(baseline),
    source: source === undefined || source === 'off' ? source : placed(source),
    output: settings.output?.map(output),
    severity: settings.severity,
    framework: settings.framework,
    strictBuiltinErrors: settings.strict_builtin_errors,
    timeLimit: settings.time_limit,
    memoryLimit: settings.memory_limit,
    verificationKey: key === undefined || key.startsWith('env:') ? key : placed(key),
  }
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined))
}
