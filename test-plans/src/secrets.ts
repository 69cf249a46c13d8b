import { z } from 'zod'
import { inPackage, readJson } from './folder.ts'

/** The made-up secrets that are planted in the stacks. No output of any format may show one, in any encoding. */
export function secrets(): string[] {
  return readJson(inPackage('secrets.json'), z.array(z.string().min(8)))
}

/** Every way in which a text can carry a secret: as it stands, escaped as JSON, in an address, in base64 at any offset. */
export function secretForms(secret: string): string[] {
  const encoded = [0, 1, 2].map((shift) => {
    const text = Buffer.from(' '.repeat(shift) + secret)
      .toString('base64')
      .replaceAll('=', '')
    return text.slice(shift === 0 ? 0 : shift + 1, -2)
  })
  const escaped = JSON.stringify(secret).slice(1, -1)
  return [secret, escaped, JSON.stringify(escaped).slice(1, -1), encodeURIComponent(secret), ...encoded]
}
