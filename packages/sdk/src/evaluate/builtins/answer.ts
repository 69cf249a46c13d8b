import { isNumber, type Value } from './value.ts'

/** OPA's Go code is to answer this call: its answer is beyond what the JavaScript path is sure of. */
export const ASK: unique symbol = Symbol('ask OPA')

/** The function fails, which is undefined, or the error of OPA where errors are strict. */
export const FAILED: unique symbol = Symbol('failed')

/** The function fails, and Go is not to be asked why: it cannot call the function. The code and text are OPA's. */
export class Failure extends Error {
  readonly code: 'eval_builtin_error' | 'eval_type_error'

  constructor(code: Failure['code'], message: string) {
    super(message)
    this.code = code
  }
}

export type Answer = Value | typeof ASK | typeof FAILED | Failure

/** The JavaScript path of a built-in function. What it answers is what OPA answers. */
export type Path = (...args: readonly Value[]) => Answer

/** The functions of one kind, by their names in Rego. */
export type Paths = Readonly<Record<string, Path>>

/** Returns the integer in a number as it stands, or undefined where OPA has to look at it: `1.0`, `1e3`, very large ones. */
export const plainInteger = (value: Value): number | undefined => {
  if (!isNumber(value) || !/^-?\d{1,15}$/.test(value.number)) return undefined
  return Number(value.number) + 0
}

/** Returns the path for functions of strings alone: for anything else they fail. */
export const ofStrings =
  (path: (...args: readonly string[]) => Answer): Path =>
  (...args) => {
    for (const arg of args) if (typeof arg !== 'string') return FAILED
    // `as`: each has just been looked at
    return path(...(args as readonly string[]))
  }

/** Returns the UTF-8 text in `bytes`, or {@link ASK} where they are something else, which Go keeps in its own way. */
export const textOf = (bytes: Uint8Array): string | typeof ASK => {
  try {
    return utf8.decode(bytes)
  } catch {
    return ASK
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

export const bytesOf = (text: string): Uint8Array => encoder.encode(text)
