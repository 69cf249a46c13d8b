/**
 * Bundles the command, after `tsc -b` has checked it: dist/start.cjs, which loads dist/main.cjs and the chunks that its
 * commands load, with all that they import inside, and what is started as a thread: dist/compiled-worker.js by
 * compiled.ts, dist/worker.js by the SDK. Node needs longer to find and read two hundred modules than to run them, and
 * longer for an ES module than for what start.ts loads.
 *
 * Of `@plangate/opa` the WebAssembly and the worker stay outside, in the package itself.
 */
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'

const read = (path) => readFileSync(path, 'utf8')
process.chdir(dirname(fileURLToPath(import.meta.url)))
const { dependencies } = JSON.parse(read('package.json'))

// Of what others bring along, this is never called, and costs more to load than all that is: commander's commands in
// files of their own, and the built-ins of opa-wasm, for which OPA itself answers.
const unused = {
  name: 'unused',
  setup({ onResolve, onLoad }) {
    const of = { 'node:child_process': /commander/, yaml: /opa-wasm/, 'sprintf-js': /opa-wasm/ }
    onResolve({ filter: /^(node:child_process|yaml|sprintf-js)$/ }, ({ path, importer }) =>
      of[path].test(importer) ? { path, namespace: 'unused' } : undefined,
    )
    onLoad({ filter: /^/, namespace: 'unused' }, () => ({ contents: 'module.exports = {}' }))
  },
}

const ours = new Map(
  ['bundle', 'compiler', 'sdk', 'opa'].map((name) => [`@plangate/${name}`, realpathSync(`../${name}/dist`)]),
)

/** The file that a name of one of our packages comes from, by the list of exports that its index is. */
function fileOf(from, name) {
  const folder = ours.get(from)
  for (const [, names, path] of read(join(folder, 'index.js')).matchAll(/^export \{([^}]*)\} from '([^']+)'/gm)) {
    if (names.split(',').some((each) => each.trim() === name))
      return ours.has(path) ? fileOf(path, name) : join(folder, path)
  }
  throw new Error(`the index of ${from} has no \`${name}\``)
}

/** The text of a file. One of `@plangate/opa` looks for what lies beside it, wherever its code has come to. */
const placed = (path) =>
  path.startsWith(ours.get('@plangate/opa')) ? read(path).replaceAll('import.meta.url', '__besideOpa()') : read(path)

// An import from an index brings all that the index lists into a chunk, so each name is imported from its own file.
const direct = {
  name: 'direct',
  setup({ onLoad }) {
    onLoad({ filter: /packages.(cli.src|(bundle|compiler|sdk|opa).dist).*\.[jt]s$/ }, ({ path }) => ({
      loader: path.endsWith('.ts') ? 'ts' : 'js',
      contents: placed(path).replace(/^import \{([^}]*)\} from '([^']+)'/gm, (all, names, from) => {
        if (!ours.has(from)) return all
        const values = [...names.matchAll(/(?<=^|,)\s*(?!type )(\w+)( as \w+)?/g)]
        const imports = values.map(
          ([, name, as = '']) => `import { ${name}${as} } from ${JSON.stringify(fileOf(from, name))}`,
        )
        // As many lines as before, for the source map.
        return `${imports.join('; ')}${all.replaceAll(/[^\n]/g, '')}`
      }),
    }))
  },
}

// Schemas are made when the command is loaded, and most of them are not needed: zod waits in a file of its own.
const later = {
  name: 'later',
  setup({ onResolve }) {
    onResolve({ filter: /^#?zod$/ }, () => ({ path: join(process.cwd(), 'src/schemas/zod.ts') }))
  },
}

// It makes a `require` of its own, which would hide the one that its chunk is called with.
const required = {
  name: 'required',
  setup({ onLoad }) {
    onLoad({ filter: /web-tree-sitter\.js$/ }, ({ path }) => {
      const text = read(path)
      const contents = text.replace(/var require = createRequire\(import\.meta\.url\);/, '')
      if (contents === text) throw new Error('web-tree-sitter makes no `require` any more: drop this')
      return { contents }
    })
  },
}

for (const folder of ['dist', 'schemas']) rmSync(folder, { recursive: true, force: true })
mkdirSync('dist')
const common = {
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 200,
  legalComments: 'none',
  sourcesContent: false,
  metafile: true,
}
// What is CommonJS inside asks for Node's own modules.
const asking = "import { createRequire as __from } from 'node:module'; const require = __from(import.meta.url);"
const threads = await build({
  ...common,
  entryPoints: { 'compiled-worker': 'src/compiled-worker.ts', worker: '../sdk/dist/pool/worker.js' },
  splitting: true,
  external: Object.keys(dependencies),
  banner: { js: asking },
  sourcemap: 'linked',
  plugins: [unused, direct],
})
const start = await build({
  ...common,
  entryPoints: ['src/start.ts'],
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  sourcemap: 'linked',
  plugins: [direct],
})
const zod = await build({
  ...common,
  entryPoints: { zod: 'src/schemas/real.ts' },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  sourcemap: 'linked',
})
const command = await build({
  ...common,
  entryPoints: ['src/main.ts', 'src/keep.ts'],
  outExtension: { '.js': '.cjs' },
  splitting: true,
  external: ['./zod.cjs'],
  sourcemap: 'inline',
  write: false,
  // A function of zod that src/schemas does not have.
  logOverride: { 'import-is-undefined': 'error' },
  plugins: [later, unused, required, direct],
})
// Chunks are made of ES modules, and then become CommonJS one by one. In these, `import()` would need Node's loader.
const here = "const __here=require('node:url').pathToFileURL(__filename).href;"
const beside = "const __besideOpa=()=>require('node:url').pathToFileURL(require.resolve('@plangate/opa/load')).href;"
for (const { path, text } of command.outputFiles) {
  const { code, map } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': '__here' },
    banner: `${text.includes('import.meta.url') ? here : ''}${text.includes('__besideOpa') ? beside : ''}`,
    minifySyntax: true,
    minifyWhitespace: true,
    lineLimit: 200,
    sourcemap: 'external',
    sourcesContent: false,
    sourcefile: basename(path),
  })
  // start.ts reads them so.
  if (/[^\0-\x7f]/.test(code)) throw new Error(`\`${path}\` is not ASCII`)
  writeFileSync(path, `${code}//# sourceMappingURL=${basename(path)}.map\n`)
  writeFileSync(`${path}.map`, map)
}
const outputs = [threads, start, zod, command].flatMap(({ metafile }) => Object.values(metafile.outputs))

// `plangate check --schema terraform` reads it at the place where the compiler has it.
cpSync('../compiler/schemas', 'schemas', { recursive: true })

// What reads Terraform's language lies beside the code that loads it.
for (const name of ['web-tree-sitter.wasm', 'tree-sitter-terraform.wasm'])
  cpSync(`../sdk/dist/read/${name}`, `dist/${name}`)

/** A hash of the code that the name of a cached bundle holds, that of `@plangate/opa` included. */
function codeHash() {
  const hash = createHash('sha256')
  for (const folder of ['dist', 'node_modules/@plangate/opa/dist']) {
    const names = readdirSync(folder).filter((name) => /\.c?js$/.test(name))
    for (const name of names.sort()) hash.update(`\0${name}\0`).update(readFileSync(join(folder, name)))
  }
  return hash.digest('hex')
}
writeFileSync('dist/code.sha256', codeHash())

/** The licences of what is inside and not ours, each with the name and the version of its package. */
function licences() {
  const paths = outputs.flatMap(({ inputs }) => Object.keys(inputs))
  const folders = new Set(paths.flatMap((path) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []))
  const texts = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(read(join(folder, 'package.json')))
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file))
    if (files.length === 0) throw new Error(`no licence found for \`${name}\``)
    const rule = '='.repeat(80)
    return `${rule}\n${name} ${version} (${license})\n${rule}\n\n${files.map((file) => read(join(folder, file)).trim()).join('\n\n')}\n`
  })
  return `Generated by build.mjs: the licences of what dist holds beside plangate's own code.\n\n${texts.sort().join('\n')}`
}
writeFileSync('dist/THIRD_PARTY_LICENSES.txt', licences())

const outside = outputs.flatMap(({ imports }) =>
  imports.filter(({ path, external }) => external && !isBuiltin(path) && path !== './zod.cjs').map(({ path }) => path),
)
const undeclared = outside.filter(
  (path) => !Object.keys(dependencies).some((name) => `${path}/`.startsWith(`${name}/`)),
)
if (undeclared.length > 0) throw new Error(`dist imports what package.json does not name: ${undeclared.join(', ')}`)
