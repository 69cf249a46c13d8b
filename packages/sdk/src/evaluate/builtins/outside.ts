import type { OutsideRequest, OutsideResponse } from '../../read/outside/message.ts'
import { type Answer, Failure, type Paths } from './answer.ts'
import type { Grants } from './grants.ts'
import { parseRequest, type SendRequest } from './request.ts'
import { compare } from './order.ts'
import { isObject, numberOf, parseFirst, type Value } from './value.ts'

// OPA: v1/topdown/http.go and net.go

/** What the functions that reach out need. */
export interface Outside {
  readonly grants: Grants
  readonly ask: (request: OutsideRequest) => OutsideResponse
  /** Returns the value of a YAML document, undefined where it is none. */
  readonly yaml: (text: string) => Value | undefined
}

const lookupTimeoutMs = 30_000

/** Returns the functions that reach out, for one evaluation: what has been asked once is not asked again. */
export const outsidePaths = ({ grants, ask, yaml }: Outside): Paths => {
  const sent = new Map<string, Sent>()
  const found = new Map<string, Answer>()
  return {
    ...(grants.http === undefined ? {} : { 'http.send': (value) => send(value, grants.http ?? [], sent) }),
    ...(grants.lookup === undefined ? {} : { 'net.lookup_ip_addr': (name) => lookup(name) }),
  }

  function send(value: Value | undefined, hosts: true | readonly string[], known: Map<string, Sent>): Answer {
    if (value === undefined || !isObject(value)) {
      return new Failure('eval_type_error', `http.send: operand 1 must be object but got ${nameOf(value)}`)
    }
    const raises = value.object.find(([key]) => key === 'raise_error')?.[1] ?? true
    if (typeof raises !== 'boolean') {
      return new Failure('eval_builtin_error', 'http.send: invalid value for raise_error field')
    }
    const request = parseRequest(value, hosts)
    if (request instanceof Failure) {
      if (raises) return request
      // OPA's has the place in the policy before it.
      return errorResult('eval_http_send_internal_error', `${request.code}: ${request.message}`)
    }
    const { failed, result } = once(known, request.key, () => shaped(request, ask(request.http)))
    if (failed === undefined) return result
    return raises ? new Failure('eval_builtin_error', `http.send: ${failed}`) : result
  }

  function shaped({ json, yaml: isYaml }: SendRequest, response: OutsideResponse): Sent {
    if (response.kind !== 'http') {
      const failed = response.kind === 'failed' ? response.message : 'no response'
      return { failed, result: errorResult('eval_http_send_network_error', failed) }
    }
    const type = response.headers.find(([name]) => name === 'content-type')?.[1] ?? ''
    const raw = new TextDecoder('utf-8', { ignoreBOM: true }).decode(response.body)
    const body =
      json || /^application\/(?:json|[^;\s/]+\+json)\s*(?:;|$)/i.test(type.trim())
        ? jsonValue(raw)
        : isYaml || /application\/(?:x-)?yaml/.test(type)
          ? yaml(raw)
          : undefined
    const names = [...new Set(response.headers.map(([name]) => name))].toSorted()
    const headers = names.map((name): readonly [Value, Value] => [
      name,
      response.headers.filter(([other]) => other === name).map(([, text]) => text),
    ])
    const result: Value = {
      object: [
        ['status', response.status],
        ['status_code', numberOf(response.statusCode)],
        ['body', body ?? null],
        ['raw_body', raw],
        ['headers', { object: headers }],
      ],
    }
    return { result }
  }

  function lookup(name: Value | undefined): Answer {
    if (typeof name !== 'string') {
      return new Failure('eval_type_error', `net.lookup_ip_addr: operand 1 must be string but got ${nameOf(name)}`)
    }
    const { lookup: names } = grants
    if (names !== true && names?.includes(name) !== true) {
      return new Failure('eval_builtin_error', `net.lookup_ip_addr: disallowed host: ${name}`)
    }
    return once(found, name, () => {
      const response = ask({ kind: 'lookup', name, timeoutMs: lookupTimeoutMs })
      if (response.kind === 'lookup') return { set: response.addresses.toSorted(compare) }
      const message = response.kind === 'failed' ? response.message : 'no answer'
      return new Failure('eval_builtin_error', `net.lookup_ip_addr: ${message}`)
    })
  }
}

/** What is known by the key, or what is made for it and kept. */
const once = <T>(known: Map<string, T>, key: string, make: () => T): T => {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}

/** What came of a request: the result where errors are not raised, and what is raised otherwise. */
interface Sent {
  readonly result: Value
  readonly failed?: string
}

const errorResult = (code: string, message: string): Value => ({
  object: [
    ['status_code', numberOf(0)],
    ['error', { object: [['code', code] as const, ['message', message] as const] }],
  ],
})

/** The value of the JSON document that a text begins with, digit for digit, undefined where it is none: OPA looks no further. */
const jsonValue = (text: string): Value | undefined => {
  try {
    const [value, end] = parseFirst(text)
    JSON.parse(text.slice(0, end))
    return value
  } catch {
    return undefined
  }
}

/** The name of a value's type in OPA's messages. */
export const nameOf = (value: Value | undefined): string => {
  if (value === undefined || value === null) return 'null'
  if (typeof value !== 'object') return typeof value
  if ('number' in value) return 'number'
  return 'set' in value ? 'set' : isObject(value) ? 'object' : 'array'
}
