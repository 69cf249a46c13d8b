import { z } from 'zod'
import { inPackage, readJson } from '../folder.ts'

const Harmless = z.record(z.string(), z.strictObject({ name: z.string(), values: z.array(z.unknown()) }))

/** Values as they stand in plans under the name beside them, none of which is a credential, by kind. */
export function harmlessPairs(): { kind: string; name: string; value: unknown }[] {
  return Object.entries(readJson(inPackage('harmless.json'), Harmless)).flatMap(([kind, { name, values }]) =>
    values.map((value) => ({ kind, name, value })),
  )
}
