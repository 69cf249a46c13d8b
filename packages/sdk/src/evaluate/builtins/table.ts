import type { Path, Paths } from './answer.ts'
import { NATIVE } from './native.ts'

/** Loads the JavaScript paths of a family. */
type Load = () => Promise<Paths>

/** The families of built-in functions that have a JavaScript path, and their names, so that only what is needed is loaded. */
const families: readonly (readonly [names: readonly string[], load: Load])[] = [
  [['sprintf'], async () => (await import('./sprintf.ts')).sprintfPaths],
  [
    [
      'glob.quote_meta',
      'indexof_n',
      'strings.any_prefix_match',
      'strings.any_suffix_match',
      'strings.count',
      'strings.split_n',
    ],
    async () => (await import('./strings.ts')).strings,
  ],
  [
    ['regex.find_n', 'regex.replace', 'regex.split', 'regex.template_match'],
    async () => (await import('./regex.ts')).regex,
  ],
  [
    [
      'base64url.encode_no_pad',
      'hex.decode',
      'hex.encode',
      'urlquery.decode',
      'urlquery.decode_object',
      'urlquery.encode',
      'urlquery.encode_object',
    ],
    async () => (await import('./encoding.ts')).encoding,
  ],
  [
    [
      'time.add_date',
      'time.clock',
      'time.date',
      'time.diff',
      'time.format',
      'time.parse_duration_ns',
      'time.parse_ns',
      'time.parse_rfc3339_ns',
      'time.weekday',
    ],
    async () => (await import('./time.ts')).time,
  ],
  [['semver.compare', 'semver.is_valid'], async () => (await import('./semver.ts')).semver],
  [['net.cidr_contains_matches', 'net.cidr_expand', 'net.cidr_is_valid'], async () => (await import('./net.ts')).net],
  [['yaml.is_valid', 'yaml.unmarshal'], async () => (await import('./yaml.ts')).yaml],
  [['uri.is_valid', 'uri.parse'], async () => (await import('./uri.ts')).uri],
  [['units.parse', 'units.parse_bytes'], async () => (await import('./units.ts')).unitsPaths],
  [['numbers.range_step'], async () => (await import('./numbers.ts')).numbers],
  [['json.patch', 'object.subset'], async () => (await import('./json.ts')).json],
  [
    [
      'crypto.hmac.equal',
      'crypto.hmac.md5',
      'crypto.hmac.sha1',
      'crypto.hmac.sha256',
      'crypto.hmac.sha512',
      'crypto.md5',
      'crypto.sha1',
      'crypto.sha256',
    ],
    async () => (await import('#platform/evaluate/builtins/crypto')).cryptoPaths,
  ],
]

/** The functions that have a JavaScript path, sorted. */
export const JAVASCRIPT: readonly string[] = families.flatMap(([names]) => names).toSorted()

/** The functions whose answer depends on the evaluation. */
export const EVALUATION: readonly string[] = [
  'internal.print',
  'internal.test_case',
  'opa.runtime',
  'rand.intn',
  'time.now_ns',
  'trace',
  'uuid.rfc4122',
]

/** The functions that the compiler leaves nothing of: it puts values in their place, or another function. */
export const COMPILED_AWAY: readonly string[] = ['print', 'rego.metadata.chain', 'rego.metadata.rule']

/** The functions that reach out, and are refused unless they are granted. */
export const OUTSIDE: readonly string[] = ['http.send', 'net.lookup_ip_addr']

/** The functions that only OPA's Go code answers. */
export const GO: readonly string[] = [
  'cast_array',
  'cast_boolean',
  'cast_null',
  'cast_object',
  'cast_set',
  'cast_string',
  'crypto.parse_private_keys',
  'crypto.x509.parse_and_verify_certificates',
  'crypto.x509.parse_and_verify_certificates_with_options',
  'crypto.x509.parse_certificate_request',
  'crypto.x509.parse_certificates',
  'crypto.x509.parse_keypair',
  'crypto.x509.parse_rsa_private_key',
  'graph.reachable_paths',
  'graphql.is_valid',
  'graphql.parse',
  'graphql.parse_and_verify',
  'graphql.parse_query',
  'graphql.parse_schema',
  'graphql.schema_is_valid',
  'io.jwt.decode',
  'io.jwt.decode_verify',
  'io.jwt.encode_sign',
  'io.jwt.encode_sign_raw',
  'io.jwt.verify_eddsa',
  'io.jwt.verify_es256',
  'io.jwt.verify_es384',
  'io.jwt.verify_es512',
  'io.jwt.verify_hs256',
  'io.jwt.verify_hs384',
  'io.jwt.verify_hs512',
  'io.jwt.verify_ps256',
  'io.jwt.verify_ps384',
  'io.jwt.verify_ps512',
  'io.jwt.verify_rs256',
  'io.jwt.verify_rs384',
  'io.jwt.verify_rs512',
  'json.marshal_with_options',
  'json.match_schema',
  'json.verify_schema',
  'net.cidr_merge',
  'providers.aws.sign_req',
  'regex.globs_match',
  'rego.parse_module',
  'strings.render_template',
  'uuid.parse',
  'yaml.marshal',
]

/** Returns whether OPA itself declares the function. */
export const isDeclared = (name: string): boolean =>
  [NATIVE, JAVASCRIPT, EVALUATION, GO, OUTSIDE, COMPILED_AWAY].some((names) => names.includes(name))

/** Returns the JavaScript paths of those of the functions that have one. */
export const loadPaths = async (names: readonly string[]): Promise<Paths> => {
  const paths: Record<string, Path> = {}
  // One after the other: they share modules, and loaders of tests stumble over two that load the same one.
  for (const [family, load] of families) {
    if (family.some((name) => names.includes(name))) Object.assign(paths, await load())
  }
  return paths
}
