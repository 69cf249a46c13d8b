/** Random choices that depend on nothing but a seed. */
export interface Random {
  /** A whole number from 0, below `limit`. */
  readonly below: (limit: number) => number
  /** One of the items. */
  readonly pick: <T>(items: readonly T[]) => T
  /** True that many times out of a hundred. */
  readonly percent: (chance: number) => boolean
}

/** Returns the choices of a seed: mulberry32. */
export const randomOf = (seed: number): Random => {
  let state = Math.imul(seed + 1, 0x9e3779b1)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    pick: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new TypeError('nothing to pick from')
      return item
    },
    percent: (chance) => below(100) < chance,
  }
}
