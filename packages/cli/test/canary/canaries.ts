import { createHash } from 'node:crypto'

/** A made-up secret that stands in one place only. */
export interface Canary {
  readonly place: string
  /** As it stands in its place. */
  readonly value: string
  /** Letters and digits of it, which no way of escaping changes. */
  readonly core: string
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const DIGITS = '0123456789'

/** Characters of an alphabet, the same ones for the same seed. */
function drawn(seed: string, alphabet: string, length: number): string {
  const bytes = [0, 1, 2].flatMap((block) => [...createHash('sha256').update(`${seed}#${block}`).digest()])
  return bytes
    .slice(0, length)
    .map((byte) => alphabet[byte % alphabet.length])
    .join('')
}

/** Kinds of credentials by what they begin with; put together here, so that none stands in the sources. */
const kinds: readonly (readonly [string, string, number])[] = [
  [['hf', '_'].join(''), LETTERS, 34],
  [['sk', '-proj-'].join(''), LETTERS + DIGITS, 64],
  [['sk', '-ant-api03-'].join(''), LETTERS + DIGITS, 64],
  [['gh', 'p_'].join(''), LETTERS + DIGITS, 36],
  [['gl', 'pat-'].join(''), LETTERS + DIGITS, 20],
  [['nv', 'api-'].join(''), LETTERS + DIGITS, 64],
  [['da', 'pi'].join(''), 'abcdef0123456789', 32],
  [['wandb', '_v1_'].join(''), LETTERS + DIGITS, 72],
  [['AK', 'IA'].join(''), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16],
]

/** Makes canaries and keeps them. */
export class Canaries {
  readonly all: Canary[] = []

  /** A value that only Terraform's mark tells to be a secret, with all that a way of writing could change. */
  marked(place: string, around: (core: string) => string = (core) => `a "${core}" <b> & 'é'`): string {
    const core = `Kn${drawn(place, LETTERS + DIGITS, 14)}`
    return this.#keep({ place: `marked: ${place}`, value: around(core), core })
  }

  /** A value that is told by its looks. */
  credential(place: string): string {
    const [prefix = '', alphabet = '', length = 0] = kinds[this.all.length % kinds.length] ?? []
    const core = drawn(place, alphabet, length)
    return this.#keep({ place: `credential: ${place}`, value: prefix + core, core: core.slice(2) })
  }

  #keep(canary: Canary): string {
    if (this.all.some(({ core }) => core === canary.core)) throw new Error(`two canaries are alike: ${canary.place}`)
    this.all.push(canary)
    return canary.value
  }
}

/**
 * The places of which a text shows the canary, in whatever way: as it stands, which no escaping of JSON, Go, XML, HTML, Markdown or
 * addresses changes for letters and digits, in base64 at any offset, and in hexadecimal digits.
 */
export function shown(text: string, canaries: readonly Canary[]): readonly string[] {
  const upright = text.toLowerCase()
  return canaries
    .filter(({ core }) => formsOf(core).some((form) => text.includes(form)) || upright.includes(hexOf(core)))
    .map(({ place }) => place)
}

const hexOf = (core: string): string => Buffer.from(core).toString('hex')

const known = new Map<string, readonly string[]>()

function formsOf(core: string): readonly string[] {
  const before = known.get(core)
  if (before !== undefined) return before
  const encoded = [0, 1, 2].map((shift) => {
    const text = Buffer.from(' '.repeat(shift) + core)
      .toString('base64')
      .replaceAll('=', '')
    return text.slice(shift === 0 ? 0 : shift + 1, -2)
  })
  const forms = [core, ...encoded]
  known.set(core, forms)
  return forms
}
