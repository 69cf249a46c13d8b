import { PlangateError } from '@plangate/bundle'

/**
 * Returns whether a file or folder of this name is left out by one of the globs, as `opa --ignore` does it.
 *
 * A glob is about one name and not about a path; it is what Go's `filepath.Match` takes: `*`, `?`, `[a-z]`, `[^a-z]`
 * and `\` before a character that stands for itself.
 *
 * @throws PlangateError `ERR_USAGE` for a glob that is none, such as `[a`
 */
export const ignoring = (globs: readonly string[]): ((name: string) => boolean) => {
  const patterns = globs.map(patternOf)
  return (name) => patterns.some((pattern) => pattern.test(name))
}

const token = /\\(?<escaped>.)|\[(?<negated>\^?)(?<set>(?:\\.|[^\]\\^]|(?<!\[)\^)+)\]|(?<plain>[^[\\])/gsu

const patternOf = (glob: string): RegExp => {
  let [source, end] = ['', 0]
  for (const { 0: text, index, groups = {} } of glob.matchAll(token)) {
    if (index !== end) break
    const { escaped, negated, set, plain } = groups
    end = index + text.length
    if (set !== undefined) source += `[${negated}${set.replace(/\\(.)|[^-]/gsu, literal)}]`
    else if (plain === '*') source += '.*'
    else if (plain === '?') source += '.'
    else source += literal('', escaped ?? plain)
  }
  if (end !== glob.length) {
    throw new PlangateError('ERR_USAGE', `\`${glob}\` is no glob`, { hint: 'put `\\` before what stands for itself' })
  }
  return new RegExp(`^${source}$`, 'su')
}

const literal = (text: string, escaped?: string): string =>
  `\\u{${(escaped ?? text).codePointAt(0)?.toString(16) ?? ''}}`
