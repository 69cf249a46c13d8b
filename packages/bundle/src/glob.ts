import { PlangateError } from './errors.ts'

/**
 * Returns the test for a pattern of excluded files, in the language of Go's `path.Match`: `*` and `?` stay within one
 * segment, `[a-z]` and `[^a-z]` are classes, `\` takes the next character as it is. The whole path has to match.
 *
 * @throws PlangateError `ERR_CONFIG_INVALID` for a pattern that is none, which OPA passes over in silence
 */
export const pathMatcher = (pattern: string): ((path: string) => boolean) => {
  const expression = translated(pattern)
  if (expression !== undefined) return (path) => expression.test(path)
  throw new PlangateError('ERR_CONFIG_INVALID', `${JSON.stringify(pattern)} is not a pattern of files`, {
    hint: 'a pattern is as `docs/*.md`: `*`, `?`, `[a-z]`, and a backslash before a character that is meant as it is',
  })
}

const inClass = String.raw`(?:\\.|[^\\\]-])`
const part = new RegExp(String.raw`\*+|(\?)|\[(\^|(?!\^))((?:${inClass}(?:-${inClass})?)+)\]|\\(.)|([^[\\])`, 'suy')

const translated = (pattern: string): RegExp | undefined => {
  let source = ''
  for (let at = 0; at < pattern.length; at = part.lastIndex) {
    part.lastIndex = at
    const match = part.exec(pattern)
    if (match === null) return undefined
    const [text, any, negation = '', members, escaped, plain] = match
    if (any !== undefined) source += '[^/]'
    else if (members !== undefined) source += `[${negation}${classMembers(members)}]`
    else source += text.startsWith('*') ? '[^/]*' : literal(escaped ?? plain ?? '')
  }
  try {
    return new RegExp(`^${source}$`, 'su')
  } catch {
    // A range that runs backwards, as in `[z-a]`.
    return undefined
  }
}

const classMembers = (members: string): string =>
  members.replaceAll(/\\(.)|([^-])/gsu, (_, escaped: string | undefined, plain: string) => literal(escaped ?? plain))

const literal = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`
