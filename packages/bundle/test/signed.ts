import { createHash, createHmac } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { packTar } from 'modern-tar'

/** A file's content. */
export type Content = string | Uint8Array

/** The files of a small bundle. */
export const small: Readonly<Record<string, Content>> = {
  '.manifest': '{"revision":"1","roots":[""]}',
  'data.json': '{"a": {"n": [1e2, -0, true, null], "s": "x"}}\n',
  'a.rego': 'package a\n',
  'x/blob': Uint8Array.of(0, 255, 10, 13),
}

/** Returns an archive of the files. */
export const archived = async (files: Readonly<Record<string, Content>>): Promise<Uint8Array> =>
  gzipSync(
    await packTar(
      Object.entries(files).map(([name, body]) => {
        const bytes = Buffer.from(body)
        return { header: { name: `/${name}`, size: bytes.length, mtime: new Date(0) }, body: bytes }
      }),
    ),
  )

/** The secret of {@link token}. */
export const secret = 'canary-of-the-secret'

const part = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** Returns a JWT with any header and payload (a text stands for itself), signed with HS256 whatever they say. */
export const token = (
  payload: unknown,
  header: unknown = { alg: 'HS256', typ: 'JWT' },
  key: string = secret,
): string => {
  const signed = `${part(header)}.${part(payload)}`
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
}

/** What a signature lists for the one file of {@link lone}. */
export const line = {
  name: '.manifest',
  hash: createHash('sha256').update('{}').digest('hex'),
  algorithm: 'SHA-256',
}

/** Returns the archive of a bundle that holds an empty manifest, a signature and `more`. */
export const lone = (jwt: string, more: Readonly<Record<string, Content>> = {}): Promise<Uint8Array> =>
  archived({ '.manifest': '{}', ...more, '.signatures.json': JSON.stringify({ signatures: [jwt] }) })
