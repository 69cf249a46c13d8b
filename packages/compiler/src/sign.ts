import {
  type BundleLimits,
  type Signature,
  type SigningOptions,
  type Verification,
  signBundle as sign,
  signFolder as signFiles,
  verifyBundle as verify,
} from '@plangate/bundle'
import { yamlToJson } from './yaml.ts'

/** Returns the `.tar.gz` with its signature in it, as `signBundle` of `@plangate/bundle`, data in YAML included. */
export const signBundle = (bytes: Uint8Array, options: Omit<SigningOptions, 'yamlToJson'>): Promise<Uint8Array> =>
  sign(bytes, { ...options, yamlToJson })

/** Returns the text of a folder's `.signatures.json`, as `signFolder` of `@plangate/bundle`, data in YAML included. */
export const signFolder = (folder: string, options: Omit<SigningOptions, 'yamlToJson'>): Promise<string> =>
  signFiles(folder, { ...options, yamlToJson })

/** Returns what a bundle's signature proves, as `verifyBundle` of `@plangate/bundle`, data in YAML included. */
export const verifyBundle = (
  source: string | Uint8Array,
  verification: Verification,
  limits: BundleLimits = {},
): Promise<Signature> => verify(source, verification, { ...limits, yamlToJson })
