import { ASK } from './answer.ts'

/**
 * Returns the template with `$1`, `${name}` and `$$` filled in from a match, as Go's Regexp.Expand does, or {@link ASK}
 * where a name has letters that only Go's tables know.
 */
export const expand = (
  template: string,
  text: string,
  match: readonly number[],
  groups: Readonly<Record<string, number>>,
): string | typeof ASK => {
  let strange = false
  const result = template.replaceAll(
    /\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+)|)/gu,
    (all: string, braced?: string, bare?: string) => {
      if (all === '$$' || all === '$') return '$'
      const name = braced ?? bare ?? ''
      strange ||= !/^\w+$/.test(name)
      const group = /^(?:0|[1-9]\d{0,7})$/.test(name) ? Number(name) : Object.hasOwn(groups, name) ? groups[name] : -1
      const from = match[2 * (group ?? -1)] ?? -1
      return from < 0 ? '' : text.slice(from, match[2 * (group ?? 0) + 1])
    },
  )
  // Go has its own tables of what a letter is; between them and these only what is not ASCII can differ.
  return strange || /\$\{?[^\0-\x7f]/.test(template) ? ASK : result
}
