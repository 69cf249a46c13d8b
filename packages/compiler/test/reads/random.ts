/** A source of numbers that are the same for the same seed (mulberry32). */
export interface Random {
  /** Returns a whole number from 0 up to but not including `end`. */
  readonly below: (end: number) => number
  /** Returns one of some things. */
  readonly one: <T>(things: readonly [T, ...T[]]) => T
  /** Returns whether something happens that happens `percent` times of a hundred. */
  readonly chance: (percent: number) => boolean
}

/** Returns numbers that follow from a seed. */
export const randomOf = (seed: number): Random => {
  let state = seed >>> 0
  const below = (end: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end
  }
  return {
    below,
    // `as`: below the length
    one: (things) => things[below(things.length)] as (typeof things)[number],
    chance: (percent) => below(100) < percent,
  }
}
