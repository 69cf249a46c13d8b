import { badArgument, readArgument } from '@plangate/bundle'

/** Returns the time that a caller's clock tells. */
export const told = (clock: () => Date): Date => {
  const now: unknown = readArgument('clock', clock)
  if (now instanceof Date && Number.isFinite(now.getTime())) return now
  throw badArgument('clock', 'returns a valid `Date`')
}
