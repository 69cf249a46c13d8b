import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expected, root, run } from './dev/process.mjs'
import { ensureGo } from './go.mjs'

const source = join(root, 'scripts', 'oracle')
const target = join(root, '.cache', 'oracle')
const opa = 'github.com/open-policy-agent/opa'
const suffix = process.platform === 'win32' ? '.exe' : ''

/**
 * Builds what tests compare thousands of policies with, when it is missing or has changed: the program in
 * scripts/oracle/reference, and beside it OPA's own compliance cases and the Rego in OPA's documentation, each as one
 * JSON a line. Both come from the source of the OPA version that scripts/oracle names.
 */
export async function ensureReference() {
  const paths = {
    reference: join(target, `reference${suffix}`),
    cases: join(target, 'cases.jsonl'),
    documents: join(target, 'documents.jsonl'),
  }
  const stamp = join(target, 'reference.stamp')
  const inputs = ['go.mod', 'go.sum', 'reference/answer.go', 'reference/main.go', '../reference.mjs']
  const hash = createHash('sha256')
  for (const name of inputs) hash.update(readFileSync(join(source, name)))
  const wanted = hash.digest('hex')
  const built = Object.values(paths).every((path) => existsSync(path))
  if (built && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return paths
  const go = await ensureGo()
  mkdirSync(target, { recursive: true })
  const flags = ['-trimpath', '-buildvcs=false', '-ldflags=-s -w', '-tags=opa_wasm']
  await printed(go, ['build', ...flags, '-o', paths.reference, './reference'])
  // The last line: go may say first what it downloads.
  const module = (await printed(go, ['list', '-m', '-f', '{{.Dir}}', opa])).trim().split('\n').at(-1)
  writeFileSync(paths.cases, await printed(paths.reference, ['cases', join(module, 'v1', 'test')]))
  const documents = documentsBelow(join(module, 'docs'))
  writeFileSync(paths.documents, documents.map((each) => `${JSON.stringify(each)}\n`).join(''))
  writeFileSync(stamp, wanted)
  return paths
}

async function printed(command, args) {
  const { code, output } = await run(command, args, { cwd: source, env: { CGO_ENABLED: '0' } })
  if (code === 0) return output
  console.error(output.trim())
  throw expected(`\`${command} ${args.join(' ')}\` failed in scripts/oracle, see above`)
}

/** The Rego of every page and of every example folder below `folder`, with input and data where they are beside it. */
function documentsBelow(folder) {
  const found = []
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  for (const path of paths.sort()) {
    const name = relative(folder, path).replaceAll('\\', '/')
    const text = readFileSync(path, 'utf8')
    if (/\.mdx?$/.test(name)) found.push(...blocks(name, text))
    else if (name.endsWith('.rego')) found.push({ name, rego: text, ...beside(path) })
  }
  return found
}

/** Input and data of an example, which are files of the same folder. */
function beside(path) {
  const read = (name) => {
    const file = join(path, '..', name)
    return existsSync(file) ? json(readFileSync(file, 'utf8')) : undefined
  }
  return { input: read('input.json'), data: read('data.json') }
}

/** The Rego blocks of a page. The input of one is the last document before it that is called so, or else the next. */
function blocks(name, text) {
  const fences = /^([ \t]*)```(\w+)([^\n]*)\n([\s\S]*?)^[ \t]*```[ \t]*$/gm
  const all = [...text.matchAll(fences)].map(([, indent, language, title, body], index) => ({
    index,
    language,
    title,
    body: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }))
  const inputs = all
    .filter(({ language, title }) => language === 'json' && title.includes('input'))
    .map(({ index, body }) => ({ index, value: json(body) }))
    .filter(({ value }) => value !== undefined)
  return all
    .filter(({ language }) => language === 'rego')
    .map(({ index, body }) => ({
      name: `${name}#${index}`,
      rego: /^package\s/m.test(body) ? body : `package example\n\n${body}`,
      input: (inputs.findLast((each) => each.index < index) ?? inputs.find((each) => each.index > index))?.value,
    }))
}

function json(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
