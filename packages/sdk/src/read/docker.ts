import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { PlangateError } from '@plangate/bundle'
import type { User } from './credentials.ts'

/**
 * Returns who asks a registry, as `docker login` has written it: `auths` of `config.json` in `$DOCKER_CONFIG` or `~/.docker`.
 * Helpers that keep passwords elsewhere are programs, and are not run.
 *
 * @throws PlangateError `ERR_CONFIG_INVALID` for a file that is not JSON, whose text is not told
 */
export const dockerUser = async (host: string): Promise<User | undefined> => {
  const path = join(process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker'), 'config.json')
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const auths = member(parsed(path, text), 'auths')
  const name = Object.keys(isObject(auths) ? auths : {}).find((each) => hostOf(each) === host)
  const auth = name === undefined ? undefined : member(member(auths, name), 'auth')
  if (typeof auth !== 'string') return undefined
  const [, username, password] = /^([^:]+):(.+)$/s.exec(Buffer.from(auth, 'base64').toString()) ?? []
  return username === undefined || password === undefined ? undefined : { username, password }
}

/** Keys are hosts, and addresses in what older versions have written. */
const hostOf = (key: string): string => key.replace(/^https?:\/\//, '').replace(/\/.*$/s, '')

const parsed = (path: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new PlangateError('ERR_CONFIG_INVALID', `\`${path}\` is not JSON`, { hint: 'run `docker login` again' })
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const member = (value: unknown, key: string): unknown =>
  isObject(value) ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined
