/** What policies may reach outside of their input and data. Nothing unless granted. */
export interface Grants {
  /**
   * `http.send`, to any host or to these: names as `api.example.com`, with or without a port. It holds for redirects, too.
   * With `true` a policy reaches whatever this machine does, such as the metadata service of a cloud.
   */
  readonly http?: true | readonly string[]
  /** `net.lookup_ip_addr`, for any name or for these. */
  readonly lookup?: true | readonly string[]
  /** The environment in `opa.runtime().env`: all of it, or these variables. */
  readonly env?: true | readonly string[]
}

/** Returns the functions that reach out and are granted. */
export const grantedNames = ({ http, lookup }: Grants): readonly string[] => [
  ...(http === undefined ? [] : ['http.send']),
  ...(lookup === undefined ? [] : ['net.lookup_ip_addr']),
]

/** Returns the granted part of the environment, sorted by name. */
export const grantedEnvironment = (
  env: Grants['env'],
  environment: Readonly<Record<string, string | undefined>>,
): readonly (readonly [string, string])[] =>
  Object.entries(environment)
    .flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]))
    .filter(([name]) => env === true || (env?.includes(name) ?? false))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
