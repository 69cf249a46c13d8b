/**
 * Proves that imports go one way: packages along the table below, folders of the SDK along the way of the data.
 *
 * `node scripts/check-imports.mjs` prints `file:line: reason` for each import that goes backwards and ends with 1.
 */
import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { files } from './files.mjs'

/** What each package may import of the others. `lazily` allows only `await import(…)`, `types` only `import type`. */
export const packages = {
  '@plangate/bundle': { folder: 'packages/bundle', may: [] },
  '@plangate/opa': { folder: 'packages/opa', may: [] },
  '@plangate/compiler': { folder: 'packages/compiler', may: ['@plangate/bundle', '@plangate/opa'] },
  '@plangate/sdk': { folder: 'packages/sdk', may: ['@plangate/bundle'], lazily: ['@plangate/opa'] },
  plangate: { folder: 'packages/cli', may: ['@plangate/compiler', '@plangate/sdk'], resolves: ['@plangate/policies'] },
  '@plangate/run-task': { folder: 'packages/run-task', may: ['@plangate/sdk'] },
  '@plangate/policies': { folder: 'policies', may: ['@plangate/compiler'] },
  '@plangate/test-plans': { folder: 'test-plans', may: [] },
}

/** The folders of a package in the order of the data: a file imports from its own folder and from those before it. */
export const order = {
  'packages/sdk/src': ['read', 'input', 'evaluate', 'pool', 'decision', 'source', 'report', 'log', 'service'],
}

const pattern =
  /(?:^|\n)\s*(?:(import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?|.*?\b(import|require|resolve)\s*\(\s*)['"]([^'"\n]+)['"]/g

/** Every import of a source: what it names, on which line, and whether it is lazy or for types only. */
export function imports(source) {
  return [...source.matchAll(pattern)].map((match) => ({
    specifier: match[4],
    lazy: match[1] === undefined && match[3] === 'import',
    resolved: match[3] === 'resolve' || match[3] === 'require',
    typeOnly: match[2] !== undefined,
    line: source.slice(0, match.index + match[0].length).split('\n').length,
  }))
}

function owner(path) {
  return Object.entries(packages).find(([, { folder }]) => path.startsWith(`${folder}/`))
}

function packageOf(specifier) {
  return Object.keys(packages).find((name) => specifier === name || specifier.startsWith(`${name}/`))
}

function backwards(path, target) {
  for (const [base, folders] of Object.entries(order)) {
    const place = (file) =>
      file.startsWith(`${base}/`) ? folders.indexOf(file.slice(base.length + 1).split('/')[0]) : -1
    const [from, to] = [place(path), place(target)]
    if (from !== -1 && to > from) return `\`${folders[from]}\` comes before \`${folders[to]}\` and may not import it`
    if (from !== -1 && to === -1 && target === `${base}/index.ts`)
      return 'a folder may not import the index of its package'
  }
  return undefined
}

/** Why an import is not allowed, or undefined; `path` is the importing file, relative to the repository, with `/`. */
export function reason(path, { specifier, lazy, resolved, typeOnly }) {
  const [name, rule] = owner(path) ?? []
  if (rule === undefined) return undefined
  const isTest = path.endsWith('.test.ts') || path.startsWith(`${rule.folder}/test/`)
  if (specifier.startsWith('.')) {
    const target = relative('.', resolve(dirname(path), specifier))
      .split(sep)
      .join('/')
    if (!target.startsWith(`${rule.folder}/`)) {
      return isTest || /^(package\.json|jest\.preset\.mjs|scripts\/)/.test(target)
        ? undefined
        : `\`${specifier}\` leaves the package`
    }
    return isTest ? undefined : backwards(path, target)
  }
  const target = packageOf(specifier)
  if (target === undefined || target === name || isTest) return undefined
  if (rule.may.includes(target)) return undefined
  if (rule.lazily?.includes(target)) {
    return lazy || typeOnly ? undefined : `\`${name}\` may import \`${target}\` only lazily, by \`await import()\``
  }
  if (rule.resolves?.includes(target) && resolved) return undefined
  return `\`${name}\` may not import \`${target}\``
}

/** All imports that go backwards in the given files, as lines `file:line: reason`. */
export function violations(paths, read) {
  return paths.flatMap((path) =>
    imports(read(path)).flatMap((found) => {
      const why = reason(path, found)
      return why === undefined ? [] : [`${path}:${found.line}: ${why}`]
    }),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  process.chdir(root)
  const sources = files(root).filter((path) => /\.(ts|mts|mjs|js)$/.test(path))
  const found = violations(sources, (path) => readFileSync(join(root, path), 'utf8'))
  for (const line of found) console.error(line)
  process.exitCode = found.length === 0 ? 0 : 1
}
