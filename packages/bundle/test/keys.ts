import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto'
import type { SignatureAlgorithm } from '../src/index.ts'

/** A key that signs and the one that verifies it, as PEM, or a secret twice. */
export interface Pair {
  readonly secret: string
  readonly trusted: string
}

const pairOf = ({ privateKey, publicKey }: KeyPairKeyObjectResult): Pair => ({
  secret: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  trusted: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
})

/** Returns a new RSA pair. */
export const rsa = (modulusLength = 2048): Pair => pairOf(generateKeyPairSync('rsa', { modulusLength }))

/** Returns a new pair on a curve. */
export const ec = (namedCurve: string): Pair => pairOf(generateKeyPairSync('ec', { namedCurve }))

/** Returns a pair for every algorithm; those of RSA share one. */
export const pairs = (): Readonly<Record<SignatureAlgorithm, Pair>> => {
  const [one, secret] = [rsa(), { secret: 'canary-secret', trusted: 'canary-secret' }]
  return {
    RS256: one,
    RS384: one,
    RS512: one,
    PS256: one,
    PS384: one,
    PS512: one,
    ES256: ec('P-256'),
    ES384: ec('P-384'),
    ES512: ec('P-521'),
    HS256: secret,
    HS384: secret,
    HS512: secret,
  }
}
