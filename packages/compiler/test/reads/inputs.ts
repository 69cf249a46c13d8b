import type { Random } from './random.ts'

/** Returns an input of the shape that generated policies ask about, with much missing and some of it odd. */
export const inputOf = (random: Random): unknown => {
  const { below, one, chance } = random
  const scalar = (): unknown => one<unknown>(['x', 'y', 'z', 'a', 0, 1, 2, true, false, null])
  const some = (make: () => unknown): unknown[] => Array.from({ length: below(4) }, make)
  const inside = (): unknown =>
    Object.fromEntries(
      (['a', 'b', 'c', 'x'] as const)
        .filter(() => chance(70))
        .map((key) => [key, chance(60) ? scalar() : chance(50) ? some(scalar) : { a: scalar(), b: some(scalar) }]),
    )
  const element = (): unknown =>
    chance(95)
      ? Object.fromEntries(
          Object.entries({
            type: one(['x', 'y', 'z']),
            mode: one(['m', 'n']),
            name: one(['x', 'y', 'a', 'b']),
            after: inside(),
            list: some(() => (chance(50) ? scalar() : inside())),
          }).filter(() => chance(90)),
        )
      : scalar()
  const document = () => ({
    rs: Array.from({ length: below(6) }, element),
    qs: some(element),
    byName: Object.fromEntries((['x', 'y', 'z'] as const).filter(() => chance(60)).map((key) => [key, element()])),
    obj: inside(),
    flag: scalar(),
    kind: one(['x', 'y']),
    unread: { a: some(scalar) },
  })
  return chance(20) ? { wrapped: document(), obj: inside() } : document()
}

/** Returns something else for all that `left`, what is left of `value`, has not; the same for the same value. */
export const garbled = (value: unknown, left: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return left === undefined ? garbage(value) : value
  if (Array.isArray(value)) {
    const kept: readonly unknown[] = Array.isArray(left) ? left : []
    return value.map((each: unknown, index) =>
      kept[index] === undefined || (kept[index] === null && each !== null) ? garbage(each) : garbled(each, kept[index]),
    )
  }
  const kept = new Map(Object.entries(typeof left === 'object' && left !== null ? left : {}))
  return Object.fromEntries(
    Object.entries(value).map(([key, each]: [string, unknown]) => [
      key,
      kept.has(key) ? garbled(each, kept.get(key)) : garbage(each),
    ]),
  )
}

const rubbish = [
  'x',
  'y',
  0,
  7,
  true,
  false,
  null,
  [],
  {},
  ['x', 1],
  { type: 'x', a: 1, after: { a: 'x' } },
  [{ type: 'y' }],
]

const garbage = (value: unknown): unknown => {
  let sum = 0
  for (const character of JSON.stringify(value) ?? '') sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973
  return rubbish[sum % rubbish.length]
}
