/**
 * Many mutants in one compilation: each is a copy of its package and of the tests, below a root of its own, `m1`, `m2`,
 * and so on, while all share the rest of the library.
 */
import { closure, packageOf, reference, testsOf } from './library.mjs'

/** The METADATA of a copy says a path that begins with its root; policies know themselves by it. */
const chain = 'rego.metadata.chain()'
const chainWithoutRoot = `[object.union(link, {"path": array.slice(link.path, 1, count(link.path))}) | some link in ${chain}]`

/** The tests of copies, as OPA's `--run` takes them. */
export const testsOfCopies = '^data\\.m\\d+\\.'

/** The number of the copy that a package or a file belongs to, or undefined. */
export function copyOf(name) {
  const number = /^(?:data\.)?m(\d+)[./]/.exec(name)?.[1]
  return number === undefined ? undefined : Number(number)
}

/**
 * The files, path to text, of these copies. A copy is `{ number, package, source, importer }`: the package with another
 * source, and the tests of the importer instead of its own, where there is one.
 */
export function filesOf(copies, modules) {
  const shared = new Set()
  const files = new Map()
  for (const { number, package: name, source, importer } of copies) {
    const tested = importer ?? name
    const copied = new Set([name, tested, ...testsOf(tested, modules).map((test) => test.package)])
    for (const each of copied) {
      const module = modules.get(each)
      const text = each === name ? source : module.source
      files.set(`m${number}/${module.path}`, moved(text, `m${number}`, copied, modules))
      for (const used of module.uses) if (!copied.has(used)) closure([used], modules).forEach((one) => shared.add(one))
    }
  }
  for (const name of shared) files.set(modules.get(name).path, modules.get(name).source)
  return files
}

function moved(source, root, copied, modules) {
  return source
    .replace(reference, (whole, before, path) =>
      copied.has(packageOf(path, modules)) ? `${before}${root}.${path}` : whole,
    )
    .replaceAll(chain, chainWithoutRoot)
}
