import { PlangateError, Severity } from '@plangate/bundle'
import * as z from 'zod'
import type { Finding } from './schema.ts'

const Item = z.looseObject({ msg: z.string() })
const Address = z.string()
const Path = z.array(z.union([z.string(), z.int()]))

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
  const parsed = Item.safeParse(typeof item === 'string' ? { msg: item } : item)
  if (!parsed.success)
    throw unusable(id, `a set with ${article(kind(item))}${kind(item) === 'object' ? ' without `msg`' : ''}`)
  const { msg, severity, title, remediation, address, path } = parsed.data
  const [firstLine = ''] = msg.trim().split('\n')
  return {
    id,
    severity: Severity.safeParse(severity).data ?? (status === 'fail' ? 'high' : 'low'),
    title: z.string().min(1).safeParse(title).data ?? firstLine,
    msg,
    remediation: z.string().safeParse(remediation).data ?? '',
    address: Address.safeParse(address).data ?? '',
    path: Path.safeParse(path).data ?? [],
    frameworks: {},
  }
}

const kind = (value: unknown): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)

const article = (noun: string): string => (noun === 'null' ? noun : `${/^[ao]/.test(noun) ? 'an' : 'a'} ${noun}`)

const unusable = (id: string, what: string): PlangateError =>
  new PlangateError('ERR_EVALUATION', `rule \`${id}\` gives ${what}, expected a set of messages`, {
    hint: 'write `deny contains msg if …`, where `msg` is a string or an object with `msg`',
  })
