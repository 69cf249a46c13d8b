import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Config } from '@plangate/sdk'
import type { Settings } from './settings.ts'

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

/** What a config file holds besides the config, and where it is. */
export interface LoadedConfig {
  readonly config: Config
  readonly settings: Settings
  /** The folder of the file, to which its paths are relative. */
  readonly folder: string
  readonly file: string | undefined
}

/**
 * The config of a decision: the file that is named, or else the nearest `plangate.yaml`, with `overrides` on top.
 *
 * Throws `ERR_CONFIG_INVALID` with the path of the first thing that is wrong, `ERR_USAGE` when a named file is missing.
 */
export async function loadConfig(named: string | undefined, folder: string, overrides: Overrides): Promise<Config> {
  return (await loadSettings(named, folder, overrides)).config
}

/** The same with what else the file says; throws as {@link loadConfig}. */
export async function loadSettings(
  named: string | undefined,
  folder: string,
  overrides: Overrides,
): Promise<LoadedConfig> {
  const path = named ?? findConfig(folder)
  const { env, failOn, undecided, onlyChanged } = overrides
  const said = {
    ...(env === undefined ? {} : { environment: env }),
    ...(failOn === undefined ? {} : { fail_on: failOn }),
    ...(undecided === undefined ? {} : { undecided }),
    ...(onlyChanged === true ? { only_changed: true } : {}),
  }
  const { parseSettings } = await import('./settings.ts')
  const file = path === undefined ? {} : (await import('./yaml.ts')).readYaml(path, 'config', 'ERR_CONFIG_INVALID')
  const { config, settings } = parseSettings(file, `config \`${path}\``)
  const { config: merged } = parseSettings({ ...config, ...said }, 'the config of flags and environment variables')
  return { config: merged, settings, folder: path === undefined ? folder : dirname(path), file: path }
}
