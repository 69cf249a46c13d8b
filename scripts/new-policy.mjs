/**
 * Begins a policy: writes its three files as they should look, with placeholders that the checks refuse until each is
 * filled in.
 *
 * `npm run new:policy -- <category>/<name> [--alias SM-001] [--type aws_sagemaker_model]`
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { expected } from './dev/process.mjs'
import { filesOf } from './new-policy/files.mjs'

const library = fileURLToPath(new URL('../policies/plangate/policies', import.meta.url))
const usage = 'usage: npm run new:policy -- <category>/<name> [--alias SM-001] [--type aws_sagemaker_model]'
const word = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/

/** The exit code; writes the policy into `folder`. */
export async function run({ args = [], folder = library }) {
  const { id, category, name, alias, type } = wanted(args)
  const target = join(folder, category, name)
  if (existsSync(target)) throw expected(`new:policy: \`${id}\` exists already`)
  const isNew = !existsSync(join(folder, category))
  mkdirSync(target, { recursive: true })
  for (const [file, text] of Object.entries(filesOf({ category, name, alias, type }))) {
    writeFileSync(join(target, file), text)
  }
  console.log(
    [
      `${id} begins in policies/plangate/policies/${id}:`,
      ...readdirSync(target).map((file) => `  ${file}`),
      '',
      'Next:',
      `  1. fill in each TBD of the METADATA and the README; node scripts/check-metadata.mjs says what is left`,
      `  2. write the tests first, then the policy; opa test policies/plangate/lib policies/plangate/policies/${id}`,
      `  3. npm run mutate -- ${id}`,
      '  4. node policies/docs.mjs --write; npm run build && node scripts/expected.mjs, and read what changed before --write',
      ...(isNew ? [`  5. ${category} is a new category: give it a row in policies/README.md`] : []),
    ].join('\n'),
  )
  return 0
}

function wanted(args) {
  const { values, positionals } = parsed(args)
  const [id, ...more] = positionals
  const [category, name, ...deeper] = (id ?? '').split('/')
  if (id === undefined || more.length > 0 || name === undefined || deeper.length > 0) throw expected(usage)
  const wrong = [category, name].find((part) => !word.test(part))
  if (wrong !== undefined) throw expected(`new:policy: \`${wrong}\` is not snake_case`)
  if (values.alias !== undefined && !/^[A-Z][A-Z0-9]*([-_][A-Z0-9]+)+$/.test(values.alias)) {
    throw expected(`new:policy: \`${values.alias}\` is no id such as SM-011 or CKV_AWS_24`)
  }
  if (values.type !== undefined && !word.test(values.type)) {
    throw expected(`new:policy: \`${values.type}\` is no type of resources such as aws_sagemaker_model`)
  }
  return { id, category, name, ...values }
}

function parsed(args) {
  try {
    return parseArgs({ args, options: { alias: { type: 'string' }, type: { type: 'string' } }, allowPositionals: true })
  } catch (cause) {
    throw expected(`new:policy: ${cause.message}; ${usage}`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await run({ args: process.argv.slice(2) }).catch((error) => {
    console.error(error.expected === true ? error.message : error.stack)
    return 2
  })
}
