import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { signBundle, signFolder, verifyBundle } from '@plangate/compiler'
import { PlangateError, type Signature } from '@plangate/sdk'
import { printError } from './errors.ts'
import { type SigningFlags, signingOf, type VerificationFlags, verificationOf } from './keys.ts'
import { exitCodes } from './exit.ts'
import { usageError } from './usage.ts'
import { writeWhole } from './write.ts'

/** The flags of `plangate bundle sign`. */
export interface SignOptions extends Partial<SigningFlags> {
  readonly exclude?: readonly string[]
  readonly hash: 'SHA-256' | 'SHA-384' | 'SHA-512'
  readonly output?: string
}

/** Signs an archive or a folder, says what was written, and returns the exit code. */
export async function sign(path: string, options: SignOptions): Promise<number> {
  const { key, exclude, hash, output } = options
  if (key === undefined) {
    throw usageError('no key is given to sign with', 'give one with `--key`, or in PLANGATE_SIGNING_KEY')
  }
  const signing = { ...signingOf({ ...options, key }, '--'), hash, ...(exclude === undefined ? {} : { exclude }) }
  const folder = isFolder(path)
  const target = output ?? (folder ? join(path, '.signatures.json') : path)
  const signed = folder ? await signFolder(path, signing) : await signBundle(readFileSync(path), signing)
  writeWhole(target, signed)
  process.stdout.write(`${target}: signed, ${Buffer.byteLength(signed)} bytes\n`)
  return exitCodes.pass
}

/** The flags of `plangate bundle verify`. */
export interface VerifyOptions extends VerificationFlags {
  readonly output: string
}

/** Verifies the signature of an archive or a folder, says what it proves, and returns the exit code. */
export async function verify(path: string, { output, ...flags }: VerifyOptions): Promise<number> {
  const verification = verificationOf(flags, '--')
  if (verification === undefined) {
    throw usageError('no key is given to verify with', 'give one with `--key`, or in PLANGATE_VERIFICATION_KEY')
  }
  isFolder(path)
  let signature: Signature
  try {
    signature = await verifyBundle(path, verification)
  } catch (error) {
    if (!(error instanceof PlangateError) || !error.code.startsWith('ERR_BUNDLE_SIGNATURE_')) throw error
    printError(error)
    return exitCodes.findings
  }
  process.stdout.write(
    output === 'json' ? `${JSON.stringify(signature, null, 2)}\n` : `${path}: ${proven(signature)}\n`,
  )
  return exitCodes.pass
}

function proven({ algorithm, scope, files, excluded }: Signature): string {
  const parts = [
    algorithm,
    `${files} file${files === 1 ? '' : 's'}`,
    ...(scope === '' ? [] : [`scope ${JSON.stringify(scope)}`]),
    ...(excluded.length === 0 ? [] : [`${excluded.length} excluded`]),
  ]
  return `the signature holds (${parts.join(', ')})`
}

function isFolder(path: string): boolean {
  const info = statSync(path, { throwIfNoEntry: false })
  if (info !== undefined) return info.isDirectory()
  throw usageError(`there is no bundle \`${path}\``, 'build one with `plangate build`')
}
