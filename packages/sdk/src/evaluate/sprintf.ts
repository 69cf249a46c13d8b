/**
 * Returns `sprintf`'s answer, as OPA value text, for the calls that policies make most: `%s` of strings, `%d` of
 * integers, `%v` of either, `%%`, as many verbs as arguments. Returns undefined for all others, which are Go's to answer.
 *
 * A call into Go takes about 0.1 ms, and a conftest policy makes one for each finding.
 */
export const formatSimple = (args: readonly string[]): string | undefined => {
  const [format, values] = args
  if (format === undefined || values === undefined) return undefined
  // What is left without its strings shows whether there is anything but strings and integers in the list.
  if (!/^\[[\s,\d-]*\]$/.test(values.replaceAll(/"(?:[^"\\]|\\.)*"/g, ''))) return undefined
  let rest: unknown[]
  let template: string
  try {
    rest = JSON.parse(values)
    template = JSON.parse(format)
  } catch {
    return undefined
  }
  let simple = true
  const text = template.replaceAll(/%(.|$)/gsu, (_, verb: string) => {
    if (verb === '%') return '%'
    const value = rest.shift()
    if (typeof value === 'string' && (verb === 's' || verb === 'v')) return value
    if (Number.isSafeInteger(value) && (verb === 'd' || verb === 'v')) return `${value}`
    simple = false
    return ''
  })
  return simple && rest.length === 0 ? JSON.stringify(text) : undefined
}
