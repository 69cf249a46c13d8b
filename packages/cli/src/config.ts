import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Config, PlangateError, firstIssue } from '@plangate/sdk'

const fileName = 'plangate.yaml'

/** What the flags and the environment variables say about a decision; each wins over the file. */
export interface Overrides {
  readonly env?: string
  readonly failOn?: string
  readonly undecided?: string
  readonly onlyChanged?: boolean
}

/** The path of the nearest `plangate.yaml` in `folder` or above it, or undefined. */
export function findConfig(folder: string): string | undefined {
  const path = join(folder, fileName)
  if (existsSync(path)) return path
  const parent = dirname(folder)
  return parent === folder ? undefined : findConfig(parent)
}

/**
 * The config of a decision: the file that is named, or else the nearest `plangate.yaml`, with `overrides` on top.
 *
 * Throws `ERR_CONFIG_INVALID` with the path of the first thing that is wrong, `ERR_USAGE` when a named file is missing.
 */
export async function loadConfig(named: string | undefined, folder: string, overrides: Overrides): Promise<Config> {
  const path = named ?? findConfig(folder)
  const file = path === undefined ? {} : await readConfig(path)
  const { env, failOn, undecided, onlyChanged } = overrides
  const merged = {
    ...file,
    ...(env === undefined ? {} : { environment: env }),
    ...(failOn === undefined ? {} : { fail_on: failOn }),
    ...(undecided === undefined ? {} : { undecided }),
    ...(onlyChanged === true ? { only_changed: true } : {}),
  }
  return parse(merged, 'the config of flags and environment variables')
}

async function readConfig(path: string): Promise<Config> {
  const { readYaml } = await import('./yaml.ts')
  return parse(readYaml(path, 'config', 'ERR_CONFIG_INVALID'), `config \`${path}\``)
}

function parse(value: unknown, source: string): Config {
  const parsed = Config.safeParse(value)
  if (parsed.success) return parsed.data
  throw new PlangateError('ERR_CONFIG_INVALID', `${source} is invalid: ${firstIssue(parsed.error)}`, {
    hint: 'keys are `environment`, `fail_on`, `undecided`, `parameters`, `waivers`, `only_changed`, `policies` and `inline_waivers`',
    cause: parsed.error,
  })
}
