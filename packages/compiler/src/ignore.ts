import { PlangateError, pathMatcher } from '@plangate/bundle'

/**
 * Returns whether a file or folder of this name is left out by one of the globs, as `opa --ignore` does it.
 *
 * A glob is about one name and not about a path; it is what Go's `filepath.Match` takes.
 *
 * @throws PlangateError `ERR_USAGE` for a glob that is none, such as `[a`
 */
export const ignoring = (globs: readonly string[]): ((name: string) => boolean) => {
  const matchers = globs.map(matcherOf)
  return (name) => matchers.some((matches) => matches(name))
}

const matcherOf = (glob: string): ((name: string) => boolean) => {
  try {
    return pathMatcher(glob)
  } catch (cause) {
    throw new PlangateError('ERR_USAGE', `\`${glob}\` is no glob`, {
      hint: 'put `\\` before what stands for itself',
      cause,
    })
  }
}
