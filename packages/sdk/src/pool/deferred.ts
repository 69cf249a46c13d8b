/** A promise with what settles it. */
export interface Deferred<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (error: unknown) => void
}

const ignore = () => {}

/** Returns a promise that is settled from outside; Node 20 has no `Promise.withResolvers`. */
export const deferred = <T>(): Deferred<T> => {
  let resolve: Deferred<T>['resolve'] = ignore
  let reject: Deferred<T>['reject'] = ignore
  const promise = new Promise<T>((res, rej) => {
    resolve = res
    reject = rej
  })
  return { promise, resolve, reject }
}
