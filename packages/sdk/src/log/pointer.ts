import { badArgument } from '@plangate/bundle'

/** Returns whether a value has keys: an object or an array. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Returns the JSON pointer (RFC 6901) of a key below another one. */
export const step = (pointer: string, key: string): string =>
  `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`

/** Returns whether one of the pointers, in which `*` is any key, leads along these keys. */
export const pointerMatcher = (pointers: readonly string[]): ((keys: readonly string[]) => boolean) => {
  const paths = pointers.map((pointer) => {
    if (!pointer.startsWith('/'))
      throw badArgument('input', `has JSON pointers, which begin with \`/\`, unlike \`${pointer}\``)
    return pointer
      .slice(1)
      .split('/')
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  })
  return (keys) =>
    paths.some((path) => path.length === keys.length && path.every((key, at) => key === '*' || key === keys[at]))
}
