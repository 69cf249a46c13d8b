import { PlangateError } from './errors.ts'

/**
 * Returns the path of a bundle's file relative to the bundle's root, with `/` between segments.
 *
 * One leading `/` or `./` is dropped, as OPA does when it reads: `opa build` itself writes `/data.json`, meaning the
 * root of the bundle. Everything else that could point elsewhere is refused rather than cleaned. Returns `''` for the root.
 *
 * @throws PlangateError `ERR_BUNDLE_UNSAFE_PATH` for `..`, `.` and empty segments, backslashes, drive letters and
 * control characters
 */
export const bundlePath = (name: string): string => {
  const path = name.replace(/^\.?\//, '').replace(/\/$/, '')
  if (path === '' || path === '.') return ''
  const segments = path.split('/')
  const unsafe =
    // oxlint-disable-next-line no-control-regex -- control characters in a name are what this looks for
    /[\\\u0000-\u001f\u007f]/.test(path) ||
    /^[a-zA-Z]:/.test(path) ||
    segments.some((segment) => segment === '' || segment === '.' || segment === '..')
  if (!unsafe) return path
  throw new PlangateError('ERR_BUNDLE_UNSAFE_PATH', `the bundle holds the unsafe path ${JSON.stringify(name)}`, {
    hint: 'build the bundle with `plangate build` or `opa build`',
  })
}

/** Returns the error for a path that a bundle holds twice. */
export const duplicate = (path: string): PlangateError =>
  new PlangateError('ERR_BUNDLE_DUPLICATE', `the bundle holds \`${path}\` more than once`, {
    hint: 'two readers could each see another file; build the bundle with `plangate build` or `opa build`',
  })

/** Returns the error for a bundle's entry that is neither a file nor a folder. */
export const notAFile = (path: string, kind: string): PlangateError =>
  new PlangateError('ERR_BUNDLE_LINK', `the bundle's \`${path}\` is a ${kind}, not a file`, {
    hint: 'a bundle holds files only; build it with `plangate build` or `opa build`',
  })

/** Returns the error for an archive that is not one. */
export const brokenArchive = (what: string, cause: unknown): PlangateError =>
  new PlangateError('ERR_BUNDLE_INVALID', `the bundle is ${what}`, {
    hint: 'a bundle is the `.tar.gz` that `plangate build` or `opa build` writes',
    cause,
  })
