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
 * booleans and single ordinary words. Takes in what a marked string contains as JSON, and passwords inside URLs, since a
 * message may show those without the rest.
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
  for (const [, password = ''] of trimmed.matchAll(/:\/\/[^\s:/@]*:([^\s/@]+)@/g))
    if (isTelling(password)) found.add(password)
}

const isTelling = (value: string): boolean =>
  value.length >= MIN_SENSITIVE_LENGTH &&
  !/^\d{1,15}$/.test(value) &&
  !(value.length < 16 && /^([A-Z]?[a-z]+|[A-Z]+)$/.test(value))
