import type * as node from '../text.ts'

/** As ../text.ts, with what browsers have. */
type Text = typeof node

/** Bytes that are looked at together, so that the text of a large plan is never there as a whole. */
const PIECE = 1024 * 1024

export const isUtf8 = (bytes: Uint8Array): boolean => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for (let at = 0; at < bytes.length; at += PIECE) decoder.decode(bytes.subarray(at, at + PIECE), { stream: true })
    decoder.decode()
    return true
  } catch {
    return false
  }
}

const lossy = new TextDecoder('utf-8', { ignoreBOM: true })

export const textAt: Text['textAt'] = (memory, address) => {
  const from = new Uint8Array(memory, address)
  return lossy.decode(from.subarray(0, from.indexOf(0)))
}

/** Arguments that a function is given at once. */
const MOST = 8192

export const base64Of: Text['base64Of'] = (bytes) => {
  let characters = ''
  for (let at = 0; at < bytes.length; at += MOST) characters += String.fromCharCode(...bytes.subarray(at, at + MOST))
  return btoa(characters)
}

export const latin1OfBase64: Text['latin1OfBase64'] = (text) => {
  const digits = text.replaceAll('-', '+').replaceAll('_', '/').replaceAll('=', '')
  // A last digit that is alone holds no whole byte.
  return atob(digits.length % 4 === 1 ? digits.slice(0, -1) : digits)
}
