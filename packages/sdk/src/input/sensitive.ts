import { latin1OfBase64 } from '@plangate/bundle'
import type { Plan } from './plan.ts'

/** The fewest characters a sensitive value needs to be told from ordinary text. */
const MIN_SENSITIVE_LENGTH = 8

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  // `as`: what is not an object reads as one without keys; what is one is only read by key
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}

/**
 * Adds the strings of root variables that the configuration of a plan declares sensitive.
 */
export const declaredSensitive = (plan: Plan, found: Set<string>): void => {
  const declared = plan.configuration?.root_module?.variables ?? {}
  for (const [name, variable] of Object.entries(plan.variables ?? {})) {
    if (Object.hasOwn(declared, name)) markedSensitive(variable.value, declared[name]?.sensitive, found)
  }
}

/**
 * Adds the strings of a value that Terraform marks as sensitive: all of them for `true`, else those of the marked keys.
 *
 * Follows only the branches that are marked. Leaves out what masking would only turn into noise: short strings, numbers,
 * booleans and single ordinary words. Takes in what a marked string contains as JSON, the text that its base64 stands for, its
 * lines, and passwords inside URLs, since a message may show those without the rest.
 */
export const markedSensitive = (value: unknown, mark: unknown, found: Set<string>): void => {
  if (mark === true) all(value, found)
  else if (typeof mark === 'object' && mark !== null) {
    const inner = asObject(value)
    for (const [key, marked] of Object.entries(mark)) markedSensitive(inner[key], marked, found)
  }
}

const all = (value: unknown, found: Set<string>): void => {
  if (typeof value === 'string') text(value, found)
  else for (const inner of Object.values(asObject(value))) all(inner, found)
}

const text = (value: string, found: Set<string>): void => {
  const trimmed = value.trim()
  if (isTelling(value)) found.add(value)
  if (isTelling(trimmed)) found.add(trimmed)
  if (/^[[{]/.test(trimmed)) {
    try {
      all(JSON.parse(trimmed), found)
    } catch {
      // It only looks like JSON; the whole is masked all the same.
    }
  }
  for (const line of linesOf(trimmed)) found.add(line)
  const inside = textOfBase64(trimmed)
  if (inside !== undefined) text(inside, found)
  for (const [, password = ''] of trimmed.matchAll(/:\/\/[^\s:/@]*:([^\s/@]+)@/g))
    if (isTelling(password)) found.add(password)
}

/** The lines of a text of several that are more than words. */
const linesOf = (value: string): readonly string[] => {
  const lines = value.split(/\r?\n/)
  if (lines.length < 2) return []
  return lines.map((line) => line.trim()).filter((line) => line.length >= MIN_LINE_LENGTH && !WORDS.test(line))
}

const MIN_LINE_LENGTH = 12
const WORDS = /^[\p{L}\s.,;:!?'"()#-]*$/u

/** The text that base64 stands for; undefined for what is none, or stands for other bytes. */
const textOfBase64 = (value: string): string | undefined => {
  if (value.length < MIN_LINE_LENGTH || !/^[A-Za-z0-9+/_\s-]+={0,2}\s*$/.test(value)) return undefined
  const bytes = Uint8Array.from(latin1OfBase64(value.replaceAll(/\s/g, '')), (char) => char.charCodeAt(0))
  try {
    const inside = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return /[^\P{Cc}\r\n\t]/u.test(inside) ? undefined : inside
  } catch {
    return undefined
  }
}

/** Regions and zones as clouds call them: `us-gov-west-1`, `europe-west4-b`. */
const REGION =
  /^[a-z]{2,12}-(?:[a-z]{2,4}-)?(?:central|north|south|(?:north|south)?(?:east|west))-?\d{1,2}(?:-?[a-z])?$/

const isTelling = (value: string): boolean =>
  value.length >= MIN_SENSITIVE_LENGTH &&
  !/^[\d.:/-]{1,15}$/.test(value) &&
  !REGION.test(value) &&
  !(value.length < 16 && /^([A-Z]?[a-z]+|[A-Z]+)$/.test(value))
