/** The same `size` of `all` for the same seed, in their order; all of them where there are not more. */
export function sample(all, size, seed) {
  const next = random(seed)
  return all
    .map((each, at) => ({ each, at, key: next() }))
    .sort((a, b) => a.key - b.key || a.at - b.at)
    .slice(0, size)
    .sort((a, b) => a.at - b.at)
    .map(({ each }) => each)
}

/** Numbers from 0 to 1 by the generator mulberry32. */
function random(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
