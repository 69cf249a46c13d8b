import { z } from 'zod'
import { inPackage, readJson } from './folder.ts'

/** The made-up secrets that are planted in the stacks. No output of any format may show one, in any encoding. */
export function secrets(): string[] {
  return readJson(inPackage('secrets.json'), z.array(z.string().min(8)))
}
