/** What the thread that reaches out is asked for. */
export type OutsideRequest =
  | HttpRequest
  | { readonly kind: 'lookup'; readonly name: string; readonly timeoutMs: number }

/** One HTTP request, with the redirects and the attempts that it may take. */
export interface HttpRequest {
  readonly kind: 'http'
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** For each attempt, redirects and the body of the response included; 0 for none of its own. */
  readonly timeoutMs: number
  readonly redirects: boolean
  readonly retries: number
  /** The hosts that may be asked, also after a redirect. */
  readonly hosts: true | readonly string[]
  readonly tls: TlsOptions
  /** Most bytes of the body, unpacked. */
  readonly maxBytes: number
}

/** Certificates and keys are PEM. Without `ca`, those that Node brings along are trusted. */
export interface TlsOptions {
  readonly ca?: string
  readonly withRoots?: boolean
  readonly cert?: string
  readonly key?: string
  readonly servername?: string
  readonly insecure?: boolean
}

/** Headers are in the order in which they came, names in lower case. */
export type OutsideResponse =
  | {
      readonly kind: 'http'
      readonly status: string
      readonly statusCode: number
      readonly headers: readonly (readonly [name: string, value: string])[]
      readonly body: Uint8Array
    }
  | { readonly kind: 'lookup'; readonly addresses: readonly string[] }
  | { readonly kind: 'failed'; readonly network: boolean; readonly message: string }

/** Returns whether a host, or a host and port, is among those that may be asked. */
export const isAllowed = (hosts: true | readonly string[], { hostname, host }: URL): boolean =>
  hosts === true || hosts.includes(hostname) || hosts.includes(host)
