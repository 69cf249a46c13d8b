import { type HttpRequest, isAllowed, type TlsOptions } from '../../read/outside/message.ts'
import { Failure, plainInteger } from './answer.ts'
import { parseDuration } from './duration.ts'
import { jsonText } from './jsontext.ts'
import { isArray, isNumber, isObject, type ObjectValue, type Value } from './value.ts'

/** A request of `http.send`, and how its response is to be read. */
export interface SendRequest {
  /** Equal for requests that OPA takes for the same. */
  readonly key: string
  readonly http: HttpRequest
  readonly json: boolean
  readonly yaml: boolean
}

const strings = [
  'method',
  'url',
  'raw_body',
  'tls_ca_cert',
  'tls_client_cert',
  'tls_client_key',
  'tls_server_name',
] as const
const booleans = [
  'enable_redirect',
  'force_json_decode',
  'force_yaml_decode',
  'tls_insecure_skip_verify',
  'tls_use_system_certs',
] as const
// What OPA caches between evaluations is asked again in each one.
const ignored = ['cache', 'caching_mode', 'force_cache', 'force_cache_duration_seconds', 'raise_error']
const others = ['body', 'headers', 'timeout', 'max_retry_attempts', 'cache_ignored_headers']
const known: readonly string[] = [...strings, ...booleans, ...ignored, ...others]

// They would read files and variables of this machine, which granting the network does not grant.
const local = [
  'tls_ca_cert_file',
  'tls_ca_cert_env_variable',
  'tls_client_cert_file',
  'tls_client_cert_env_variable',
  'tls_client_key_file',
  'tls_client_key_env_variable',
]

const defaultTimeoutMs = 5000
const mostBytes = 64 * 1024 * 1024
const mostRetries = 10

/** Returns the request in the argument of `http.send`, or what OPA says is wrong with it. */
export const parseRequest = (value: ObjectValue, hosts: true | readonly string[]): SendRequest | Failure => {
  const fields = new Map<Value, Value>(value.object)
  const invalid = value.object
    .map(([key]) => key)
    .filter((key) => !known.includes(String(key)) && !local.includes(String(key)))
  if (invalid.length > 0) return typeError(`invalid request parameters(s): ${jsonText({ set: invalid })}`)
  const missing = ['method', 'url'].filter((key) => !fields.has(key))
  if (missing.length > 0) {
    return typeError(`missing required request parameters(s): {${missing.map((key) => `"${key}"`).join(', ')}}`)
  }
  const refused = local.find((key) => fields.has(key))
  if (refused !== undefined) return wrong(`"${refused}" is not granted: give the PEM itself`)
  try {
    return read(value, fields, hosts)
  } catch (cause) {
    if (cause instanceof Failure) return cause
    throw cause
  }
}

const read = (value: ObjectValue, fields: ReadonlyMap<Value, Value>, hosts: true | readonly string[]): SendRequest => {
  const text = (key: (typeof strings)[number]): string | undefined => {
    const found = fields.get(key)
    if (found === undefined) return undefined
    if (typeof found !== 'string') throw wrong(`"${key}" must be a string`)
    return found.replace(/^"+|"+$/g, '')
  }
  const flag = (key: (typeof booleans)[number]): boolean => {
    const found = fields.get(key) ?? false
    if (typeof found !== 'boolean') throw wrong(`invalid value for "${key}" field`)
    return found
  }
  const url = text('url') ?? ''
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed !== undefined && !isAllowed(hosts, parsed)) throw wrong(`disallowed host: ${parsed.hostname}`)
  const headers = headersIn(fields.get('headers'))
  const body = fields.get('body')
  const retries = fields.get('max_retry_attempts') ?? { number: '0' }
  const attempts = plainInteger(retries)
  if (attempts === undefined || attempts < 0) {
    throw wrong(`invalid value ${jsonText(retries)} for field "max_retry_attempts"`)
  }
  const http: HttpRequest = {
    kind: 'http',
    method: (text('method') ?? '').toUpperCase(),
    url,
    headers,
    body: text('raw_body') ?? (body === undefined ? '' : escaped(jsonText(body))),
    timeoutMs: timeoutIn(fields.get('timeout')),
    redirects: flag('enable_redirect'),
    retries: Math.min(attempts, mostRetries),
    hosts,
    tls: tlsIn(text, flag, headers),
    maxBytes: mostBytes,
  }
  const json = flag('force_json_decode')
  const yaml = flag('force_yaml_decode')
  return { key: keyOf(value, fields.get('cache_ignored_headers')), http, json, yaml }
}

/** As Go's json.Marshal writes it. */
const escaped = (json: string): string =>
  json.replaceAll(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

const tlsIn = (
  text: (key: (typeof strings)[number]) => string | undefined,
  flag: (key: (typeof booleans)[number]) => boolean,
  headers: Readonly<Record<string, string>>,
): TlsOptions => {
  const ca = text('tls_ca_cert')?.replaceAll('\\n', '\n')
  const [cert, key] = [text('tls_client_cert'), text('tls_client_key')]
  const host = Object.entries(headers).find(([name]) => name.toLowerCase() === 'host')?.[1]
  const servername = text('tls_server_name') ?? host
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined || key === undefined ? {} : { cert, key }),
    ...(servername === undefined ? {} : { servername }),
    withRoots: flag('tls_use_system_certs'),
    insecure: flag('tls_insecure_skip_verify'),
  }
}

const headersIn = (value: Value | undefined): Readonly<Record<string, string>> => {
  if (value === undefined) return {}
  if (value === null || typeof value !== 'object' || !isObject(value)) throw wrong('invalid type for headers key')
  return Object.fromEntries(
    value.object.map(([name, text]) => {
      if (typeof name !== 'string' || typeof text !== 'string') throw wrong('invalid type for headers value')
      if (!/^[!#$%&'*+.^`|~\w-]+$/.test(name) || /[^\t\x20-\x7e\x80-\xff]/.test(text)) throw wrong('invalid header')
      return [name, text]
    }),
  )
}

const timeoutIn = (value: Value | undefined): number => {
  if (value === undefined) return defaultTimeoutMs
  const text = typeof value === 'string' ? value : undefined
  const nanoseconds =
    text !== undefined && !/^-?\d+$/.test(text) ? parseDuration(text) : text === undefined ? value : { number: text }
  const number =
    typeof nanoseconds === 'object' &&
    nanoseconds !== null &&
    !(nanoseconds instanceof Failure) &&
    isNumber(nanoseconds)
      ? Number(nanoseconds.number)
      : Number.NaN
  if (!Number.isSafeInteger(number)) throw wrong(`invalid timeout value ${jsonText(value)}`)
  return number / 1e6
}

/** The request without those of its headers that make no difference. */
const keyOf = (value: ObjectValue, ignoredHeaders: Value | undefined): string => {
  const names = ignoredHeaders ?? []
  if (typeof names !== 'object' || !isArray(names) || !names.every((name) => typeof name === 'string')) {
    throw wrong('cache_ignored_headers must be an array of strings')
  }
  return jsonText({
    object: value.object
      .filter(([key]) => key !== 'cache_ignored_headers')
      .map(([key, item]) =>
        key === 'headers' && item !== null && typeof item === 'object' && isObject(item)
          ? [key, { object: item.object.filter(([name]) => !names.some((one) => one === name)) }]
          : [key, item],
      ),
  })
}

const wrong = (message: string): Failure => new Failure('eval_builtin_error', `http.send: ${message}`)

const typeError = (message: string): Failure => new Failure('eval_type_error', `http.send: operand 1 ${message}`)
