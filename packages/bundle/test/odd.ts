/** What a caller without types may give, anew each time. */
export const odd: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  'a boolean': () => true,
  'a number': () => 7,
  'a negative number': () => -1,
  NaN: () => NaN,
  'a bigint': () => 7n,
  'a symbol': () => Symbol('s'),
  'an empty string': () => '',
  'a string': () => 'no/such\0thing',
  'a function': () => () => 7,
  'an array': () => [1, undefined, Symbol('s')],
  'an array with holes': () => Array(3),
  'an empty object': () => ({}),
  'a date': () => new Date(0),
  'no date': () => new Date(NaN),
  'a map': () => new Map([[{}, 1n]]),
  'a set': () => new Set([Symbol('s')]),
  'an expression': () => /x/,
  'an error': () => new Error('x'),
  'a promise': () => Promise.resolve(1),
  'a proxy that was revoked': () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    return proxy
  },
  'a proxy that throws': () =>
    new Proxy(
      {},
      {
        get: () => {
          throw new Error('no')
        },
        ownKeys: () => {
          throw new Error('no')
        },
      },
    ),
  'a getter that throws': () => ({
    get plan(): never {
      throw new Error('no')
    },
    get url(): never {
      throw new Error('no')
    },
  }),
  'a cycle': () => {
    const cycle: Record<string, unknown> = {}
    cycle.self = cycle
    return cycle
  },
  'a value that nests too deep': () => {
    let deep: unknown = {}
    for (let at = 0; at < 100_000; at += 1) deep = { deep }
    return deep
  },
  'bytes that are gone': () => {
    const bytes = new Uint8Array(8)
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
    return bytes
  },
  bytes: () => new Uint8Array(8),
  'a view of bytes': () => new DataView(new ArrayBuffer(8)),
  'shared bytes': () => new Uint8Array(new SharedArrayBuffer(8)),
  'an iterator that throws': () => ({
    [Symbol.asyncIterator]: () => {
      throw new Error('no')
    },
  }),
  'a value without a prototype': () => Object.create(null),
  'a toJSON that throws': () => ({
    toJSON: () => {
      throw new Error('no')
    },
  }),
}
