/**
 * The modules of a library by package, each `{ package, path, source, uses, test }`: `uses` are the packages that it
 * names, `test` says whether it holds tests.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

export function readLibrary(folder) {
  const paths = readdirSync(folder, { recursive: true })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.rego'))
    .sort()
  const modules = new Map()
  for (const path of paths) {
    const source = readFileSync(join(folder, path), 'utf8')
    const name = /^package ([\w.]+)/m.exec(source)[1]
    if (modules.has(name)) throw new Error(`${path}: the package \`${name}\` is in another file, too`)
    modules.set(name, { package: name, path, source, test: path.endsWith('_test.rego') })
  }
  for (const module of modules.values()) module.uses = usedBy(module, modules)
  return modules
}

function usedBy({ package: own, source }, modules) {
  const named = [...withoutComments(source).matchAll(reference)].map(([, , path]) => packageOf(path, modules))
  return [...new Set(named)].filter((name) => name !== undefined && name !== own)
}

const withoutComments = (source) => source.replace(/^\s*#.*$/gm, '')

/** `data.` or `package ` and the path behind it. */
export const reference = /(\bdata\.|^package )(\w+(?:\.\w+)*)/gm

/** The longest package of the library that a path is in. */
export function packageOf(path, modules) {
  const parts = path.split('.')
  for (let length = parts.length; length > 0; length -= 1) {
    const name = parts.slice(0, length).join('.')
    if (modules.has(name)) return name
  }
  return undefined
}

/** The modules with tests of a package: those in its folder. */
export function testsOf(name, modules) {
  const folder = dirname(modules.get(name).path)
  return [...modules.values()].filter(({ path, test }) => test && dirname(path) === folder)
}

/** These packages and all that they use, however far. */
export function closure(names, modules) {
  const found = new Set()
  const visit = (name) => {
    if (found.has(name)) return
    found.add(name)
    modules.get(name).uses.forEach(visit)
  }
  names.forEach(visit)
  return found
}

/** The packages with tests of their own that name this one, those that need the least first. */
export function importers(name, modules) {
  const size = (module) =>
    [module, ...testsOf(module.package, modules)].reduce((sum, { source }) => sum + source.length, 0)
  return [...modules.values()]
    .filter((module) => !module.test && module.uses.includes(name) && testsOf(module.package, modules).length > 0)
    .sort((a, b) => size(a) - size(b) || (a.package < b.package ? -1 : 1))
    .map((module) => module.package)
}
