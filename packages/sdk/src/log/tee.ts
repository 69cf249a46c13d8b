import { openPlan, type PlanSource } from '../read/plan.ts'

/** A plan of which is noted what is read of it. */
export interface Teed {
  /** What is to be evaluated instead of the plan, which can be read only once. */
  readonly plan: PlanSource
  /** All bytes, once they were read; undefined where they were not, or are too many. */
  readonly bytes: () => Uint8Array | undefined
}

/**
 * Returns a plan and its bytes, as long as there are no more than `most`.
 *
 * @throws as `openPlan`
 */
export const tee = async (plan: PlanSource, most: number, limit: number | undefined): Promise<Teed> => {
  const opened = await openPlan(plan, limit)
  if (opened instanceof Uint8Array) return { plan: opened, bytes: () => (opened.length > most ? undefined : opened) }
  const read: Uint8Array[] = []
  let total = 0
  let isAll = false
  const noting = async function* () {
    for await (const piece of opened) {
      total += piece.length
      // A piece is good only until the next one.
      if (total <= most) read.push(new Uint8Array(piece))
      else read.length = 0
      yield piece
    }
    isAll = true
  }
  return { plan: noting(), bytes: () => (isAll && total <= most ? Buffer.concat(read) : undefined) }
}
