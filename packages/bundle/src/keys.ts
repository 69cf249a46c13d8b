import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { PlangateError } from './errors.ts'

/** The algorithms of a bundle's signature, as OPA has them (OPA v1/keys/keys.go). */
export const SIGNATURE_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'HS256',
  'HS384',
  'HS512',
] as const
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number]

/** The text of a PEM file, or a secret for HS256, HS384 and HS512. Never a path. */
export type KeyText = string | Uint8Array

/** A key that fits its algorithm. */
export interface SignatureKey {
  readonly algorithm: SignatureAlgorithm
  readonly key: KeyObject | Uint8Array
}

const curves: Readonly<Record<string, { readonly algorithm: SignatureAlgorithm; readonly name: string }>> = {
  prime256v1: { algorithm: 'ES256', name: 'P-256' },
  secp384r1: { algorithm: 'ES384', name: 'P-384' },
  secp521r1: { algorithm: 'ES512', name: 'P-521' },
}

/**
 * Returns the key in a PEM text, or the secret, for signing or for verifying. Unless an algorithm is given, the key
 * says it: RS256 for RSA, and what belongs to the curve of an elliptic one.
 *
 * A PEM text is never taken for a secret: a public key is no secret, and whoever has it could sign. What verifies may
 * be a public key, a certificate or a private key.
 *
 * @param name what the messages call the key; they and the errors' causes hold nothing of it
 * @throws PlangateError `ERR_KEY_INVALID`
 */
export const signatureKey = (
  use: 'sign' | 'verify',
  name: string,
  text: KeyText,
  algorithm: SignatureAlgorithm | undefined,
): SignatureKey => {
  if (algorithm !== undefined && !SIGNATURE_ALGORITHMS.includes(algorithm)) {
    throw invalid('the signature algorithm is not one of OPA’s', `choose one of ${SIGNATURE_ALGORITHMS.join(', ')}`)
  }
  // A caller in JavaScript may well hand over an environment variable that is not set.
  const bytes = typeof text === 'string' ? Buffer.from(text) : text instanceof Uint8Array ? text : new Uint8Array()
  if (bytes.length === 0) throw invalid(`${name} is empty`, 'give the text of a PEM file, or a secret')
  const isPem = Buffer.from(bytes).includes('-----BEGIN ')
  if (algorithm?.startsWith('HS')) {
    if (!isPem) return { algorithm, key: bytes }
    throw invalid(`${name} is a PEM, and \`${algorithm}\` takes a secret`, 'choose RS256, PS256 or ES256 for a PEM')
  }
  if (!isPem) {
    throw invalid(
      algorithm === undefined ? `${name} is not a PEM` : `${name} is not a PEM, as \`${algorithm}\` needs one`,
      'check the path; for a secret choose HS256, HS384 or HS512',
    )
  }
  const key = parsed(use, name, Buffer.from(bytes))
  return { key, algorithm: fitting(name, key, algorithm) }
}

const parsed = (use: 'sign' | 'verify', name: string, pem: Buffer): KeyObject => {
  try {
    return use === 'sign' ? createPrivateKey(pem) : createPublicKey(pem)
  } catch {
    // The cause is left out: what a parser says about a key may hold parts of it.
    const kinds = use === 'sign' ? 'a private key' : 'a public key or a certificate'
    throw invalid(`${name} is not a PEM that can be read`, `it has to hold ${kinds}, without a passphrase`)
  }
}

const fitting = (name: string, key: KeyObject, wanted: SignatureAlgorithm | undefined): SignatureAlgorithm => {
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'rsa') {
    if (modulusLength < 2048) throw invalid(`${name} has ${modulusLength} bits`, 'an RSA key needs 2048 bits or more')
    if (wanted === undefined || /^[RP]S/.test(wanted)) return wanted ?? 'RS256'
    throw invalid(`${name} is an RSA key, which does not fit \`${wanted}\``, 'choose RS256 or PS256')
  }
  const curve = key.asymmetricKeyType === 'ec' ? curves[namedCurve] : undefined
  if (curve === undefined) throw invalid(`${name} is of a kind that OPA does not sign with`, 'take RSA or ECDSA')
  if (wanted === undefined || wanted === curve.algorithm) return curve.algorithm
  throw invalid(`${name} is on the curve ${curve.name}, which does not fit \`${wanted}\``, `choose ${curve.algorithm}`)
}

const invalid = (message: string, hint: string): PlangateError =>
  new PlangateError('ERR_KEY_INVALID', message, { hint })
