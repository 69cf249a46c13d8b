/** Work that is done again and again. */
export interface Polling<T> {
  /** Does it now, or waits for what is under way. */
  readonly poll: () => Promise<T>
  /** Waits for what is under way, and begins nothing more. */
  readonly close: () => Promise<void>
}

/**
 * Does `work` after `delay` milliseconds, and again. Its timer keeps no process alive.
 *
 * @param work is told whether nobody waits for it; must not reject
 * @param delay is told how long the last one took, or 0 before the first
 */
export const startPolling = <T>(
  work: (background: boolean) => Promise<T>,
  delay: (tookMs: number) => number,
): Polling<T> => {
  let running: Promise<T> | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  const schedule = (tookMs: number) => {
    if (isClosed) return
    timer = setTimeout(() => void run(true), delay(tookMs))
    timer.unref()
  }
  const run = (background: boolean): Promise<T> => {
    if (running !== undefined) return running
    clearTimeout(timer)
    const began = performance.now()
    running = work(background).finally(() => {
      running = undefined
      schedule(performance.now() - began)
    })
    return running
  }
  schedule(0)
  return {
    poll: () => run(false),
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      await running
    },
  }
}
