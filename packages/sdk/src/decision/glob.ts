/** One step of a pattern: a character, `?` for any one, `*` for any number of them, or a way on to several places. */
type Step = { readonly take: string; readonly to: number } | { readonly any: boolean; readonly to: number } | number[]

/**
 * Returns the test for addresses that a waiver's glob covers: `*` takes any characters, dots too, `?` one, `{a,b}` either, and a
 * backslash makes the next character plain. Brackets hold instance keys and are no classes.
 *
 * All ways through the pattern are followed at once, so that a test takes no more than its length times that of the address,
 * whatever the pattern is.
 */
export const addressMatcher = (pattern: string): ((address: string) => boolean) => {
  const steps = stepsOf(pattern)
  if (steps === undefined) return () => false
  const [head = ''] = /^[^\\*?{},]*/.exec(pattern) ?? []
  if (head === pattern) return (address) => address === pattern
  return (address) => address.startsWith(head) && fits(steps, address)
}

/** The steps of a pattern, of which the last is its end; undefined where a brace stays open. */
const stepsOf = (pattern: string): readonly Step[] | undefined => {
  const steps: Step[] = []
  /** The braces that are open: where their ways part, and the ends of those before the last. */
  const open: { readonly fork: number[]; readonly ends: number[][] }[] = []
  const jump = (): number[] => {
    const way: number[] = []
    steps.push(way)
    return way
  }
  for (const [, escaped, character = ''] of pattern.matchAll(/\\(.)|(.)/gsu)) {
    const brace = open.at(-1)
    const to = steps.length + 1
    if (escaped !== undefined) steps.push({ take: escaped, to })
    else if (character === '*') steps.push({ any: true, to })
    else if (character === '?') steps.push({ any: false, to })
    else if (character === '{') {
      const fork = jump()
      fork.push(steps.length)
      open.push({ fork, ends: [] })
    } else if (character === ',' && brace !== undefined) {
      brace.ends.push(jump())
      brace.fork.push(steps.length)
    } else if (character === '}' && brace !== undefined) {
      for (const end of brace.ends) end.push(steps.length)
      open.pop()
    } else steps.push({ take: character, to })
  }
  return open.length > 0 ? undefined : steps
}

const fits = (steps: readonly Step[], address: string): boolean => {
  let places = reached(steps, [0])
  for (const character of address) {
    const next: number[] = []
    for (const place of places) {
      const step = steps[place]
      if (step === undefined || Array.isArray(step)) continue
      if ('take' in step) {
        if (step.take === character) next.push(step.to)
      } else next.push(step.any ? place : step.to)
    }
    if (next.length === 0) return false
    places = reached(steps, next)
  }
  return places.has(steps.length)
}

/** The places, and those that are reached from them without a character. */
const reached = (steps: readonly Step[], from: readonly number[]): ReadonlySet<number> => {
  const places = new Set(from)
  // More are added while it goes.
  for (const place of places) {
    const step = steps[place]
    if (Array.isArray(step)) for (const way of step) places.add(way)
    else if (step !== undefined && 'any' in step && step.any) places.add(step.to)
  }
  return places
}
