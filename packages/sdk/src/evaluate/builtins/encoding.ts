import { type Answer, ASK, bytesOf, FAILED, ofStrings, type Paths, textOf } from './answer.ts'
import { compareText } from '../value/quote.ts'
import { sorted } from './order.ts'
import { isArray, isObject, isSet, type Value } from './value.ts'

// OPA: v1/topdown/encoding.go, and Go's encoding/hex, encoding/base64 and net/url.

const hexOf = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

const unhex = (text: string): Answer => {
  if (text.length % 2 !== 0 || !/^[\da-fA-F]*$/.test(text)) return FAILED
  const bytes = new Uint8Array(text.length / 2)
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Number.parseInt(text.slice(at * 2, at * 2 + 2), 16)
  return textOf(bytes)
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const base64url = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3)
    const bits = (a << 16) | (b << 8) | c
    for (let shift = 18; shift >= 0; shift -= 6) text += alphabet[(bits >> shift) & 63] ?? ''
  }
  return text.slice(0, Math.ceil((bytes.length * 4) / 3))
}

const escape = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

const unescape = (text: string): string | typeof ASK | typeof FAILED => {
  if (/%(?![\da-fA-F]{2})/.test(text)) return FAILED
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return ASK
  }
}

const escapeObject = (value: Value | undefined): Answer => {
  if (value === undefined || !isObject(value)) return FAILED
  const pairs: [string, string][] = []
  for (const [key, item] of value.object) {
    if (typeof key !== 'string') return ASK
    const items = typeof item === 'string' ? [item] : isSequence(item)
    if (items === undefined) return FAILED
    for (const one of items) {
      if (typeof one !== 'string') return FAILED
      pairs.push([key, one])
    }
  }
  // Sorting is stable: what one key has keeps its order.
  pairs.sort(([a], [b]) => compareText(a, b))
  return pairs.map(([key, item]) => `${escape(key)}=${escape(item)}`).join('&')
}

const isSequence = (value: Value): readonly Value[] | undefined => {
  if (value === null || typeof value !== 'object') return undefined
  return isArray(value) ? value : isSet(value) ? sorted(value.set) : undefined
}

/** More parameters than this are for Go, which has a limit. */
const mostParameters = 1000

const unescapeObject = (text: string): Answer => {
  const found = new Map<string, string[]>()
  const parameters = text.split('&')
  if (parameters.length > mostParameters) return ASK
  let strange: typeof ASK | undefined
  for (const parameter of parameters) {
    if (parameter.includes(';')) return FAILED
    if (parameter === '') continue
    const at = parameter.indexOf('=')
    const key = unescape(at < 0 ? parameter : parameter.slice(0, at))
    const value = unescape(at < 0 ? '' : parameter.slice(at + 1))
    if (key === FAILED || value === FAILED) return FAILED
    if (key === ASK || value === ASK) {
      strange = ASK
      continue
    }
    const values = found.get(key)
    if (values === undefined) found.set(key, [value])
    else values.push(value)
  }
  return strange ?? { object: [...found] }
}

export const encoding: Paths = {
  'hex.encode': ofStrings((text = '') => hexOf(bytesOf(text))),
  'hex.decode': ofStrings((text = '') => unhex(text)),
  'base64url.encode_no_pad': ofStrings((text = '') => base64url(bytesOf(text))),
  'urlquery.encode': ofStrings((text = '') => escape(text)),
  'urlquery.decode': ofStrings((text = '') => unescape(text)),
  'urlquery.encode_object': (value) => escapeObject(value),
  'urlquery.decode_object': ofStrings((text = '') => unescapeObject(text)),
}
