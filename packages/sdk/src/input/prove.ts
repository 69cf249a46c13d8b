import { isUtf8 } from '@plangate/bundle'
import { Skipper } from './skip.ts'
import { literalEnd, QUOTE, stringEnd } from './token.ts'

/** Returns what keeps bytes from being one JSON document of at most `maxDepth` levels, undefined for nothing. */
export const flawOf = (bytes: Uint8Array, maxDepth: number): 'depth' | 'encoding' | 'syntax' | undefined => {
  const end = bytes.length
  const from = spaceEnd(bytes, 0)
  const isContainer = bytes[from] === 0x7b || bytes[from] === 0x5b
  const skipper = new Skipper(maxDepth)
  skipper.begin(from, 0)
  const behind = isContainer ? skipper.run(bytes, end, true) : scalarEnd(bytes, from)
  if (skipper.depth > maxDepth) return 'depth'
  if (!isUtf8(bytes)) return 'encoding'
  return behind < 0 || spaceEnd(bytes, behind) < end ? 'syntax' : undefined
}

const scalarEnd = (bytes: Uint8Array, from: number): number =>
  bytes[from] === QUOTE ? stringEnd(bytes, from, bytes.length) : literalEnd(bytes, from, bytes.length, true)

const spaceEnd = (bytes: Uint8Array, from: number): number => {
  let at = from
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at += 1
  return at
}
