import type { Opa } from './opa.ts'

/** {@link Opa} with every method as a promise. */
export type AsyncOpa = {
  readonly [K in keyof Opa]: Opa[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : Opa[K]
}

/** Returns `opa` with promises, for code that also runs with OPA in another thread; its calls still hold this one. */
export const asyncOpa = (opa: Opa): AsyncOpa => {
  const entries = Object.entries(opa).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'function' ? async (...args: readonly unknown[]) => value(...args) : value,
  ])
  // `as`: the same keys, with the same values or a promise of what they return
  return Object.fromEntries(entries) as AsyncOpa
}
