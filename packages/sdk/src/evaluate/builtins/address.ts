import { ASK } from './answer.ts'

/** An IP address: its bits as a number, and how many there are. */
export interface Address {
  readonly value: bigint
  readonly bits: 32 | 128
}

/** A network, whose address has no bits beyond its length. */
export interface Network extends Address {
  readonly ones: number
}

// Go: net/netip's ParseAddr, and net's ParseCIDR. Go takes IPv4 that is mapped into IPv6 for one or the other, by what is
// asked, so such addresses are for Go.

/** Returns the address, undefined where it is none. */
export const parseAddress = (text: string): Address | undefined | typeof ASK => {
  if (!text.includes(':')) {
    const value = parseIpv4(text)
    return value === undefined ? undefined : { value, bits: 32 }
  }
  if (text.includes('%')) return ASK
  const value = parseIpv6(text)
  if (value === undefined) return undefined
  return value >> 32n === 0xffffn ? ASK : { value, bits: 128 }
}

/** Returns the network, undefined where it is none. */
export const parseNetwork = (text: string): Network | undefined | typeof ASK => {
  const at = text.indexOf('/')
  if (at < 0) return undefined
  const address = parseAddress(text.slice(0, at))
  const length = text.slice(at + 1)
  if (address === ASK) return ASK
  if (address === undefined || !/^\d{1,8}$/.test(length)) return /^\d{9,}$/.test(length) ? ASK : undefined
  const ones = Number(length)
  if (ones > address.bits) return undefined
  const rest = BigInt(address.bits - ones)
  return { value: (address.value >> rest) << rest, bits: address.bits, ones }
}

/** Returns whether the address is inside the network. */
export const contains = (network: Network, address: Address): boolean => {
  const rest = BigInt(network.bits - network.ones)
  return network.bits === address.bits && network.value >> rest === address.value >> rest
}

/** Returns the address as Go prints it. */
export const formatAddress = ({ value, bits }: Address): string => {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => `${(value >> shift) & 0xffn}`).join('.')
  const groups = Array.from({ length: 8 }, (_, at) => Number((value >> BigInt(112 - at * 16)) & 0xffffn))
  const [start, end] = longestZeros(groups)
  return end - start < 2 ? hex(groups) : `${hex(groups.slice(0, start))}::${hex(groups.slice(end))}`
}

const hex = (groups: readonly number[]): string => groups.map((group) => group.toString(16)).join(':')

const longestZeros = (groups: readonly number[]): readonly [start: number, end: number] => {
  let best: readonly [number, number] = [0, 0]
  for (let start = 0; start < groups.length; start += 1) {
    let end = start
    while (groups[end] === 0) end += 1
    if (end - start > best[1] - best[0]) best = [start, end]
  }
  return best
}

const parseIpv4 = (text: string): bigint | undefined => {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part))) return undefined
  const numbers = parts.map(BigInt)
  return numbers.some((part) => part > 255n) ? undefined : numbers.reduce((value, part) => (value << 8n) | part, 0n)
}

const parseIpv6 = (text: string): bigint | undefined => {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head = '', tail] = halves
  const left = groupsOf(head, tail === undefined)
  const right = tail === undefined ? [] : groupsOf(tail, true)
  if (left === undefined || right === undefined) return undefined
  const missing = 8 - left.length - right.length
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  const groups = [...left, ...Array.from({ length: missing }, () => 0n), ...right]
  return groups.reduce((value, group) => (value << 16n) | group, 0n)
}

/** The groups of one side of `::`; at the end the last may be an IPv4 address. */
const groupsOf = (text: string, last: boolean): readonly bigint[] | undefined => {
  if (text === '') return []
  const groups: bigint[] = []
  const parts = text.split(':')
  for (const [at, part] of parts.entries()) {
    if (/^[\da-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`))
    else {
      const ipv4 = last && at === parts.length - 1 ? parseIpv4(part) : undefined
      if (ipv4 === undefined) return undefined
      groups.push(ipv4 >> 16n, ipv4 & 0xffffn)
    }
  }
  return groups
}
