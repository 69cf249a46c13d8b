import { type Answer, ASK, ofStrings, type Paths } from './answer.ts'
import type { Value } from './value.ts'

// OPA: v1/topdown/uri.go, on Go's net/url. Plain URIs with a host, and plain paths; what is escaped or odd is for Go.
const plain =
  /^(?:([a-zA-Z][a-zA-Z\d+.-]*):\/\/([a-zA-Z\d._-]+)(?::(\d*))?(?=[/?#]|$))?(\/(?!\/)[\w.~!$&'()*+,;=:@/-]*|(?<=.)|$)(?:\?([\w.~!$&'()*+,;=:@/?-]*))?(?:#([\w.~!$&'()*+,;=:@/?-]*))?$/

const parse = (text: string): Answer => {
  const [all, scheme = '', hostname = '', port = '', path = '', query = '', fragment = ''] = plain.exec(text) ?? []
  if (all === undefined) return ASK
  const parts: readonly (readonly [string, string])[] = [
    ['scheme', scheme.toLowerCase()],
    ['hostname', hostname],
    ['port', port],
    ['path', path],
    ['raw_path', path],
    ['raw_query', query],
    ['fragment', fragment],
  ]
  return { object: parts.filter(([, part]) => part !== '') }
}

const isValid = (value: Value | undefined): Answer => {
  if (typeof value !== 'string' || value === '') return false
  return plain.test(value) ? true : ASK
}

export const uri: Paths = {
  'uri.parse': ofStrings((text = '') => parse(text)),
  'uri.is_valid': (value) => isValid(value),
}
