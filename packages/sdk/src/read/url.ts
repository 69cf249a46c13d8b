import { maskCredentials, PlangateError } from '@plangate/bundle'

/** Returns an address as it may be shown: without user, password, query and fragment, which can hold secrets. */
export const shownUrl = ({ protocol, host, pathname }: URL): string =>
  `\`${maskCredentials(`${protocol}//${host}${pathname}`)}\``

/** Returns the error for an address that cannot be used. Its text is not shown: it may hold a password. */
export const urlInvalid = (why: string, hint: string): PlangateError =>
  new PlangateError('ERR_BUNDLE_URL_INVALID', why, { hint })

/** Returns whether a text is the address of a bundle on the network, not the path of a file. */
export const isAddress = (source: string): boolean => /^(https?|oci):\/\//i.test(source)

/**
 * Returns an address without its user, password and fragment, and what these say.
 *
 * @throws PlangateError `ERR_BUNDLE_URL_INVALID`
 */
export const parseAddress = (text: string): Address => {
  if (!isAddress(text) || !URL.canParse(text)) {
    throw urlInvalid('the address of the bundle is none', 'give `https://…`, `http://…` or `oci://host/repository:tag`')
  }
  const url = new URL(text)
  const { username, password, hash } = url
  url.username = ''
  url.password = ''
  url.hash = ''
  const user =
    username === '' && password === '' ? undefined : { username: decoded(username), password: decoded(password) }
  return { url, user, digest: hash === '' ? undefined : parseDigest(hash.slice(1)) }
}

/** What an address says. */
export interface Address {
  readonly url: URL
  readonly user: { readonly username: string; readonly password: string } | undefined
  /** Of the bundle, in hex, from the fragment. */
  readonly digest: string | undefined
}

/**
 * Returns the hex digits of `sha256:…`.
 *
 * @throws PlangateError `ERR_BUNDLE_URL_INVALID`
 */
export const parseDigest = (text: string): string => {
  const digits = /^sha256[:=]([0-9a-f]{64})$/i.exec(text)?.[1]
  if (digits !== undefined) return digits.toLowerCase()
  throw urlInvalid(
    'the digest of the bundle is none',
    'give `sha256:` and 64 hexadecimal digits, as `sha256sum` prints',
  )
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Returns whether an address is on this machine, which nobody can listen to. */
export const isThisMachine = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
