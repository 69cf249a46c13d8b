/** How many mutants of one package are taken: each package costs its tests without a mutant, once. */
const ofOnePackage = 10

/** The same `size` mutants for the same seed, a few of each package, in their order; all where there are not more. */
export function sample(mutants, size, seed) {
  const next = random(seed)
  const shuffled = mutants
    .map((mutant, at) => ({ mutant, at, package: next(), key: next() }))
    .sort((a, b) => a.key - b.key || a.at - b.at)
  const packages = new Map()
  for (const each of shuffled) {
    const name = each.mutant.package
    packages.set(name, [...(packages.get(name) ?? []), each])
  }
  const rounds = [...packages.values()].flatMap((all) => chunks(all).map((chunk, turn) => ({ chunk, turn })))
  return rounds
    .sort((a, b) => a.turn - b.turn || a.chunk[0].package - b.chunk[0].package)
    .flatMap(({ chunk }) => chunk)
    .slice(0, size)
    .sort((a, b) => a.at - b.at)
    .map(({ mutant }) => mutant)
}

function chunks(all) {
  const found = []
  for (let at = 0; at < all.length; at += ofOnePackage) found.push(all.slice(at, at + ofOnePackage))
  return found
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
