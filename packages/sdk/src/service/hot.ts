import { PlangateError, readArgument } from '@plangate/bundle'
import { type Gate, type GateOptions, loadGate, type Outcome } from '../gate.ts'
import type { BundleSource } from '../read/bundle.ts'

/** A gate whose bundle can be replaced while it decides. */
export interface HotGate extends Gate {
  /**
   * Puts another bundle in force and returns what it replaces: a bundle is loaded as the first one was; a gate is taken
   * over as it is, and closed with this one.
   *
   * What runs ends on the bundle on which it began, a whole `evaluateAll` included; what begins afterwards has the new one.
   * A bundle that cannot be loaded leaves the old one in force. Of several at a time, the last call wins.
   *
   * @throws PlangateError as {@link loadGate}; `ERR_ABORTED` where this gate was closed
   */
  readonly swap: (next: BundleSource | Gate) => Promise<Gate['bundle']>
  /** Bundles that were replaced and on which something still runs. */
  readonly retiring: () => number
}

/**
 * Returns a gate for a bundle, which can be replaced; throws as {@link loadGate}.
 *
 * @example
 * const gate = await loadHotGate('policies.tar.gz')
 * process.on('SIGHUP', () => gate.swap('policies.tar.gz').catch(report))
 */
export const loadHotGate = async (source: BundleSource, options: GateOptions = {}): Promise<HotGate> =>
  hotGate(await loadGate(source, options), options)

/** A gate and how many evaluations run on it. */
interface Held {
  readonly gate: Gate
  uses: number
}

/** Returns a gate that begins with `first`, which it closes. */
export const hotGate = (first: Gate, options: GateOptions = {}): HotGate => {
  let current: Held = { gate: first, uses: 0 }
  let isClosed = false
  let swapping: Promise<unknown> = Promise.resolve()
  const retired = new Set<Held>()
  const ending = new Set<Promise<void>>()

  const end = (held: Held, how?: { readonly drain?: boolean }) => {
    retired.delete(held)
    const ended = held.gate.close(how)
    ending.add(ended)
    // What goes wrong is told by `close`, which waits for it as well.
    ended.then(
      () => ending.delete(ended),
      () => {},
    )
  }
  const take = () => {
    const held = current
    held.uses += 1
    return held
  }
  const release = (held: Held) => {
    held.uses -= 1
    if (held.uses === 0 && retired.has(held)) end(held)
  }
  const swapTo = async (next: BundleSource | Gate): Promise<Gate['bundle']> => {
    const gate = isGate(next) ? next : await loadGate(next, options)
    if (isClosed) {
      await gate.close()
      throw closed()
    }
    const before = current
    if (before.gate === gate) return gate.bundle
    current = { gate, uses: 0 }
    if (before.uses === 0) end(before)
    else retired.add(before)
    return before.gate.bundle
  }
  const close = async (how?: { readonly drain?: boolean }) => {
    isClosed = true
    for (const held of [...retired, current]) end(held, how)
    await Promise.all(ending)
  }

  return {
    evaluate: async (plan, call) => {
      const held = take()
      try {
        return await held.gate.evaluate(plan, call)
      } finally {
        release(held)
      }
    },
    evaluateAll: (plans, call) => {
      // Taken with the first decision: a loop that is never run must not keep a bundle.
      let held: Held | undefined
      let outcomes: AsyncIterableIterator<Outcome> | undefined
      const done = () => {
        if (held !== undefined) release(held)
        held = undefined
      }
      const begin = () => {
        held = take()
        return held.gate.evaluateAll(plans, call)
      }
      return {
        [Symbol.asyncIterator]() {
          return this
        },
        next: async () => {
          try {
            const next = await (outcomes ??= begin()).next()
            if (next.done === true) done()
            return next
          } catch (error) {
            done()
            throw error
          }
        },
        return: async () => {
          outcomes ??= none()
          const returned = await outcomes.return?.()
          done()
          return returned ?? { done: true, value: undefined }
        },
      }
    },
    swap: (next) => {
      const swapped = swapping.then(() => swapTo(next))
      swapping = swapped.catch(() => {})
      return swapped
    },
    retiring: () => retired.size,
    close,
    [Symbol.asyncDispose]: () => close(),
    get catalogue() {
      return current.gate.catalogue
    },
    get bundle() {
      return current.gate.bundle
    },
    get namespaces() {
      return current.gate.namespaces
    },
    get unrepaired() {
      return current.gate.unrepaired
    },
  }
}

async function* none(): AsyncGenerator<Outcome, undefined> {}

const isGate = (next: BundleSource | Gate): next is Gate =>
  readArgument('next', () => isObject(next) && 'evaluateAll' in next)

// Given what a caller without types may pass, too.
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const closed = (): PlangateError => new PlangateError('ERR_ABORTED', 'the gate was closed', { hint: 'load it again' })
