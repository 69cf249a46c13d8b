/** How long to wait between two polls, in milliseconds. */
export interface Delays {
  readonly minDelayMs: number
  readonly maxDelayMs: number
}

/** Milliseconds after the first failure; each further one doubles them. */
const FIRST_RETRY_MS = 1000

/**
 * Returns how long to wait: anything between the two delays, so that many services do not ask at once; after failures
 * a second, two, four and so on, less up to a half, and never more than the longest delay.
 */
export const delayAfter = (
  failures: number,
  { minDelayMs, maxDelayMs }: Delays,
  random: () => number = Math.random,
): number => {
  if (failures === 0) return minDelayMs + random() * (maxDelayMs - minDelayMs)
  const backoff = Math.min(maxDelayMs, FIRST_RETRY_MS * 2 ** (failures - 1))
  return backoff * (1 - random() / 2)
}
