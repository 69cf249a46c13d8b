import { PlangateError, Severity } from '@plangate/bundle'
import * as z from '#zod'
import type { Finding } from './schema.ts'

const Item = z.looseObject({ msg: z.string() })
const Title = z.string().min(1)
const Text = z.string()
const Path = z.array(z.union([z.string(), z.int()]))

/** A value where it is valid. One that is missing, as most are, is not looked at: a failure costs zod much more. */
const valid = <T>(schema: z.ZodType<T>, value: unknown): T | undefined =>
  value === undefined ? undefined : schema.safeParse(value).data

/**
 * Returns the findings that a user's `deny`, `violation` or `warn` rule gives: strings, or objects with `msg`, as
 * conftest takes them. Of an object, `severity`, `title`, `remediation`, `address` and `path` are kept where they are valid.
 *
 * @param id the rule's path, which is the id of its findings
 * @throws PlangateError `ERR_EVALUATION` for any other value. conftest passes `deny := true` over in silence, which
 * opens the gate.
 */
export const ruleFindings = (id: string, status: 'fail' | 'warn', value: unknown): readonly Finding[] => {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw unusable(id, article(kind(value)))
  return value.map((item: unknown) => ruleFinding(id, status, item))
}

const ruleFinding = (id: string, status: 'fail' | 'warn', item: unknown): Finding => {
  if (typeof item === 'string') return findingOf(id, status, { msg: item })
  const parsed = Item.safeParse(item)
  if (parsed.success) return findingOf(id, status, parsed.data)
  throw unusable(id, `a set with ${article(kind(item))}${kind(item) === 'object' ? ' without `msg`' : ''}`)
}

const findingOf = (
  id: string,
  status: 'fail' | 'warn',
  { msg, severity, title, remediation, address, path }: z.infer<typeof Item>,
): Finding => {
  const [firstLine = ''] = msg.trim().split('\n')
  return {
    id,
    severity: valid(Severity, severity) ?? (status === 'fail' ? 'high' : 'low'),
    title: valid(Title, title) ?? firstLine,
    msg,
    remediation: valid(Text, remediation) ?? '',
    address: valid(Text, address) ?? '',
    path: valid(Path, path) ?? [],
    frameworks: {},
  }
}

const kind = (value: unknown): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)

const article = (noun: string): string => (noun === 'null' ? noun : `${/^[ao]/.test(noun) ? 'an' : 'a'} ${noun}`)

const unusable = (id: string, what: string): PlangateError =>
  new PlangateError('ERR_EVALUATION', `rule \`${id}\` gives ${what}, expected a set of messages`, {
    hint: 'write `deny contains msg if …`, where `msg` is a string or an object with `msg`',
  })
