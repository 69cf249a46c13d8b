import { gunzipSync } from 'node:zlib'
import { PlangateError } from '@plangate/bundle'
import { get, type GetRequest, type GetResponse, unavailable } from './http.ts'
import type { Validators } from './last-good.ts'
import { shownUrl } from './url.ts'

/** What is asked of a server. */
export interface Wanted extends GetRequest {
  /** What it has said about the version that is there already. */
  readonly known?: Validators | undefined
  /** Seconds that it may wait for a new version, https://www.openpolicyagent.org/docs/management-bundles#http-long-polling. */
  readonly waitSeconds?: number | undefined
}

/** What a server has given. */
export interface Download {
  /** Undefined where it has no other version than the one that is known. */
  readonly bytes: Uint8Array | undefined
  readonly validators: Validators
  /** Whether the server waits for a new version when it is asked to. */
  readonly waits: boolean
}

/**
 * Returns the bundle at an `http(s)` address.
 *
 * @throws PlangateError `ERR_BUNDLE_UNAVAILABLE`, `ERR_BUNDLE_NOT_FOUND`, `ERR_BUNDLE_DENIED`, `ERR_BUNDLE_INVALID`,
 * `ERR_BUNDLE_TOO_LARGE`, `ERR_BUNDLE_URL_INVALID`, `ERR_ABORTED`
 */
export const download = async (wanted: Wanted): Promise<Download> => {
  const { known = {}, waitSeconds } = wanted
  const headers = {
    // What is packed already is not packed again.
    'accept-encoding': 'identity',
    ...(known.etag === undefined ? {} : { 'if-none-match': known.etag }),
    ...(known.lastModified === undefined ? {} : { 'if-modified-since': known.lastModified }),
    prefer: `modes=snapshot${waitSeconds === undefined ? '' : `;wait=${waitSeconds}`}`,
    ...wanted.headers,
  }
  const milliseconds = wanted.milliseconds + (waitSeconds ?? 0) * 1000
  const answer = await get({ ...wanted, headers, milliseconds })
  const { etag, 'last-modified': lastModified, 'content-type': type } = answer.headers
  const waits = waitSeconds !== undefined && type === 'application/vnd.openpolicyagent.bundles'
  const asked = known.etag !== undefined || known.lastModified !== undefined
  if (answer.status === 304 && asked) {
    // It has no body to say a type of.
    return { bytes: undefined, validators: known, waits: waitSeconds !== undefined }
  }
  checkStatus(answer)
  const validators = {
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  }
  return { bytes: unpacked(answer, wanted.bytes), validators, waits }
}

/** Throws for any status but 200. */
export const checkStatus = ({ status, url }: GetResponse): void => {
  if (status === 200) return
  if (status === 401 || status === 403) {
    throw new PlangateError('ERR_BUNDLE_DENIED', `${shownUrl(url)} answers ${status}`, {
      hint: 'give `headers` or `credentials` that may read it',
    })
  }
  if (status === 404 || status === 410) {
    throw new PlangateError('ERR_BUNDLE_NOT_FOUND', `${shownUrl(url)} answers ${status}`, {
      hint: 'check the address; some servers answer so where credentials are missing',
    })
  }
  throw unavailable(url, `it answers ${status}`)
}

/** The bundle in an answer. Servers say `gzip` both of a `.tar.gz` as it is and of one that they have packed again. */
const unpacked = ({ body, headers, url }: GetResponse, limit: number): Uint8Array => {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = headers
  if (/^(text\/html|application\/xhtml)/i.test(type)) {
    throw new PlangateError('ERR_BUNDLE_INVALID', `${shownUrl(url)} is a web page, not a bundle`, {
      hint: 'check the address; a page to log in is often sent where credentials are missing',
    })
  }
  if (encoding === 'identity' || !isGzip(body)) return body
  try {
    const inside = gunzipSync(body, { maxOutputLength: limit })
    return isGzip(inside) ? inside : body
  } catch {
    // What is wrong with it, its reader tells.
    return body
  }
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b
