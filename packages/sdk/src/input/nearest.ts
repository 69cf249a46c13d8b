/**
 * Returns the name of `known` that `name` is most likely meant to be, or undefined where none is near: the same letters
 * apart from case, `-` and `_`, or the fewest letters wrong, one in four at most; of a `category/name` the last part will
 * do. Of names equally near the first.
 */
export const nearest = (name: string, known: readonly string[]): string | undefined => {
  const plain = folded(name)
  const same = known.find((each) => folded(each) === plain || folded(shortOf(each)) === plain)
  if (same !== undefined || plain.length > LONGEST) return same
  let [best, least]: [string | undefined, number] = [undefined, Math.floor(name.length / 4) + 1]
  for (const each of known) {
    for (const form of [each, shortOf(each)]) {
      if (Math.abs(form.length - name.length) >= least) continue
      const wrong = distance(plain, folded(form))
      if (wrong < least) [best, least] = [each, wrong]
    }
  }
  return best
}

/** What is longer is no slip of the fingers. */
const LONGEST = 100

const shortOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1)

const folded = (name: string): string => name.toLowerCase().replaceAll(/[-_]/g, '_')

/** Letters to add, drop, change, or swap with the next. */
const distance = (a: string, b: string): number => {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Infinity
      row.push(Math.min(changed, swapped, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    ;[before, last] = [last, row]
  }
  return last[b.length] ?? 0
}
