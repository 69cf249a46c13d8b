import * as z from '#zod'
import { firstIssue, PlangateError } from './errors.ts'

/** Where the signature lies in a bundle. */
export const SIGNATURES_FILE = '.signatures.json'

/** The most bytes of a signature: room for 10,000 files with long names. */
const MAX_BYTES = 8 * 1024 * 1024

/** What the JWT of a signature says (OPA v1/bundle/bundle.go, `DecodedSignature`). Other claims are kept. */
export const Payload = z.looseObject({
  files: z.array(z.looseObject({ name: z.string(), hash: z.string(), algorithm: z.string() })),
  scope: z.string().optional(),
  keyid: z.string().optional(),
  exp: z.number().optional(),
  nbf: z.number().optional(),
})
export type Payload = z.infer<typeof Payload>

const Header = z.looseObject({ alg: z.string(), kid: z.string().default('') })

const SignaturesFile = z.looseObject({
  signatures: z.array(z.string()),
  plugin: z.enum(['', '_default']).default(''),
})

/** A signature whose form is right. Nothing of it is proven. */
export interface Token {
  readonly text: string
  /** The algorithm that it claims. */
  readonly algorithm: string
  /** The key that it claims: of the header, or else of the payload, as in OPA; empty where neither names one. */
  readonly keyId: string
}

/** Returns the error for a signature that does not hold. */
export const notHolding = (message: string, hint = 'take the bundle from its source again; do not use this one') =>
  new PlangateError('ERR_BUNDLE_SIGNATURE_INVALID', message, { hint })

/**
 * Returns the one signature in the bytes of `.signatures.json`.
 *
 * @throws PlangateError `ERR_BUNDLE_SIGNATURE_INVALID`
 */
export const readToken = (bytes: Uint8Array): Token => {
  if (bytes.length > MAX_BYTES) throw notHolding(`the bundle's signature is larger than ${MAX_BYTES} bytes`)
  const { signatures } = shaped(SignaturesFile, bytes, '`.signatures.json`')
  const [text, ...others] = signatures
  if (text === undefined || others.length > 0) {
    throw notHolding(`the bundle holds ${signatures.length} signatures, expected one`, 'sign it again')
  }
  const [header, payload, signature, ...rest] = text.split('.').map(decodedPart)
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) {
    throw notHolding("the bundle's signature is not a JWT")
  }
  const { alg, kid } = shaped(Header, header, "the signature's header")
  if (/^none$/i.test(alg)) throw notHolding('the signature says `none` for its algorithm, so it proves nothing')
  return { text, algorithm: alg, keyId: kid === '' ? (readPayload(payload).keyid ?? '') : kid }
}

/** Returns what a JWT's payload says. */
export const readPayload = (bytes: Uint8Array): Payload => shaped(Payload, bytes, "the signature's payload")

/** Returns the bytes of one part of a JWT, or undefined. One text only stands for the same bytes. */
const decodedPart = (text: string): Uint8Array | undefined => {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}

const shaped = <T>(schema: z.ZodType<T>, bytes: Uint8Array, what: string): T => {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw notHolding(`${what} is not JSON`)
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw notHolding(`${what} is not valid: ${firstIssue(parsed.error)}`)
}
