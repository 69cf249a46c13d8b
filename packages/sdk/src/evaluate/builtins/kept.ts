/** Returns `make` with what it made kept by its argument, the last `most` that were asked for. */
export const kept = <T>(most: number, make: (key: string) => T): ((key: string) => T) => {
  const values = new Map<string, T>()
  let last: string | undefined
  return (key) => {
    const known = values.get(key)
    if (known !== undefined || values.has(key)) {
      // Who was asked for last is at the end; moving is spared to one that is asked for again and again.
      if (key !== last) {
        values.delete(key)
        // `as`: it is there
        values.set(key, known as T)
        last = key
      }
      return known as T
    }
    const value = make(key)
    values.set(key, value)
    last = key
    const [oldest] = values.keys()
    if (values.size > most && oldest !== undefined) values.delete(oldest)
    return value
  }
}
