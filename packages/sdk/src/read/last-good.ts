import { createHash, randomBytes } from 'node:crypto'
import { readFile, rename, rm, open } from 'node:fs/promises'
import { join } from 'node:path'
import { openOwnFolder, PlangateError } from '@plangate/bundle'
import * as z from '#zod'

/** What a server has said about a version of a bundle, to be asked whether it has another one. */
export const Validators = z.strictObject({ etag: z.string().optional(), lastModified: z.string().optional() })
export type Validators = z.infer<typeof Validators>

/** The last bundle that was got from an address and found good. */
export interface Copy {
  readonly bytes: Uint8Array
  readonly validators: Validators
}

/** A copy on disk for one address. */
export interface LastGood {
  /** Returns undefined where there is none, and where what lies there is not whole. */
  readonly read: () => Promise<Copy | undefined>
  readonly write: (copy: Copy) => Promise<void>
}

/**
 * Returns where the last good copy of what an address gives is kept: one file in `folder`, which appears whole, by a
 * rename, and carries the sha256 of all that is in it.
 *
 * @param key what tells the address from others; only its hash is written
 * @throws PlangateError `ERR_CACHE_UNSAFE`, `ERR_CACHE_FAILED`; these are `read`'s and `write`'s, too
 */
export const openLastGood = async (folder: string, key: string): Promise<LastGood> => {
  const name = `${createHash('sha256').update(key).digest('hex')}.bundle`
  const path = join(folder, name)
  const failed = (what: string) => (cause: unknown) =>
    Promise.reject(
      cause instanceof PlangateError
        ? cause
        : new PlangateError(
            'ERR_CACHE_FAILED',
            `the last good copy in \`${folder}\` cannot be ${what}: ${codeOf(cause)}`,
            {
              hint: 'name another folder, or mend this one',
              cause,
            },
          ),
    )
  await openOwnFolder(folder).catch(failed('opened'))
  return {
    read: () =>
      readFile(path).then(parse, (cause: unknown) => (codeOf(cause) === 'ENOENT' ? undefined : failed('read')(cause))),
    write: async ({ bytes, validators }) => {
      const temporary = join(folder, `${name}.${process.pid}-${randomBytes(8).toString('hex')}.tmp`)
      const content = [Buffer.from(`${JSON.stringify(validators)}\n`), bytes]
      try {
        const file = await open(temporary, 'wx', 0o600)
        try {
          for (const part of [digest(content), ...content]) await file.writeFile(part)
          // The rename must not be on disk before the bytes.
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(temporary, path)
      } catch (cause) {
        await rm(temporary, { force: true }).catch(() => {})
        return failed('written')(cause)
      }
    },
  }
}

const HASH_BYTES = 32

const digest = (parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const parse = (file: Buffer): Copy | undefined => {
  const rest = file.subarray(HASH_BYTES)
  const line = rest.indexOf(10)
  if (line === -1 || !digest([rest]).equals(file.subarray(0, HASH_BYTES))) return undefined
  try {
    return { bytes: rest.subarray(line + 1), validators: Validators.parse(JSON.parse(rest.toString('utf8', 0, line))) }
  } catch {
    // Another version has written it.
    return undefined
  }
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error)
