import { type Answer, ASK, FAILED, ofStrings, type Paths } from './answer.ts'
import { contains, formatAddress, type Network, parseAddress, parseNetwork } from './address.ts'
import { checkSize, ITEM, MOST_LIST } from './size.ts'
import { isArray, isObject, isSet, numberOf, type Value } from './value.ts'

// OPA: v1/topdown/cidr.go

/** As many addresses are made at most; more are for Go. */
const mostHostBits = 12

const isValid = (value: Value | undefined): Answer => {
  if (typeof value !== 'string') return false
  const network = parseNetwork(value)
  return network === ASK ? ASK : network !== undefined
}

const expand = (text: string): Answer => {
  const network = parseNetwork(text)
  if (network === ASK) return ASK
  if (network === undefined) return FAILED
  const hostBits = network.bits - network.ones
  checkSize('net.cidr_expand', 2 ** hostBits * ITEM, MOST_LIST)
  if (hostBits > mostHostBits) return ASK
  const set = Array.from({ length: 2 ** hostBits }, (_, at) =>
    formatAddress({ value: network.value + BigInt(at), bits: network.bits }),
  )
  return { set }
}

const containsText = (network: Network, text: string): boolean | typeof ASK | typeof FAILED => {
  const address = parseAddress(text)
  if (address === ASK) return ASK
  if (address !== undefined) return contains(network, address)
  const inner = parseNetwork(text)
  if (inner === ASK) return ASK
  if (inner === undefined) return FAILED
  return inner.ones >= network.ones && contains(network, inner)
}

/** What is in an operand, with what the result calls it: the index, the key, or the member itself. */
const membersOf = (value: Value): readonly (readonly [member: Value, name: Value])[] => {
  if (typeof value === 'string') return [[value, value]]
  if (value === null || typeof value !== 'object') return []
  if (isArray(value)) return value.map((member, at) => [member, numberOf(at)])
  if (isSet(value)) return value.set.map((member) => [member, member])
  return isObject(value) ? value.object.map(([key, member]) => [member, key]) : []
}

/** The CIDR of a member, which may be the first of a tuple. */
const cidrOf = (member: Value): Value | undefined => {
  if (typeof member === 'string') return member
  return member !== null && typeof member === 'object' && isArray(member) ? member[0] : undefined
}

const containsMatches = (...[networks, others]: readonly Value[]): Answer => {
  if (networks === undefined || others === undefined) return FAILED
  const set: Value[] = []
  for (const [member, name] of membersOf(networks)) {
    const cidr = cidrOf(member)
    if (cidr === undefined) return FAILED
    for (const [otherMember, otherName] of membersOf(others)) {
      const other = cidrOf(otherMember)
      if (typeof cidr !== 'string' || typeof other !== 'string') return FAILED
      const network = parseNetwork(cidr)
      if (network === ASK) return ASK
      if (network === undefined) return FAILED
      const inside = containsText(network, other)
      if (inside === ASK || inside === FAILED) return inside
      if (inside) set.push([name, otherName])
    }
  }
  return { set }
}

export const net: Paths = {
  'net.cidr_is_valid': (value) => isValid(value),
  'net.cidr_expand': ofStrings((text = '') => expand(text)),
  'net.cidr_contains_matches': containsMatches,
}
