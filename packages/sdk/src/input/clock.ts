/** Returns the time that a caller's clock tells. */
export const told = (clock: () => Date): Date => {
  const now: unknown = clock()
  if (now instanceof Date && Number.isFinite(now.getTime())) return now
  throw new TypeError('`clock` returns a valid `Date`')
}
