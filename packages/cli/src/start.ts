import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { defaultFolder, readStored } from '@plangate/compiler'
import type { keep } from './keep.ts'
import type { main } from './main.ts'
import { type Pack, packOf } from './pack.ts'
import { optimiseLater } from './tiering.ts'

// What bin/plangate.cjs calls. The command's modules are CommonJS, because Node loads those in a third of the time, and V8
// gets the code that it made of them the last time, which is another third of what a small decision takes.

/** A module of the command that was loaded. */
interface Loaded {
  readonly exports: object
  readonly script: Script
  /** Whether V8 took the code that was kept. */
  readonly isKept: boolean
}

/** Runs the command line `args`, as `main` does. */
export async function start(args: readonly string[]): Promise<void> {
  const setFlags = args[0] === 'test' ? optimiseLater : () => {}
  // Before anything is loaded: V8 takes code only with the flags with which it made it.
  setFlags()
  const cache = codeCache(args)
  const pack: Pack = cache === undefined ? new Map() : packOf(readStored(cache.folder, cache.key))
  const modules = new Map<string, Loaded>()
  const load = (name: string): object => {
    const known = modules.get(name) ?? compiled(name, pack.get(name), find, (loaded) => modules.set(name, loaded))
    return known.exports
  }
  const find = Object.assign((name: string): unknown => (name.startsWith('./') ? load(name) : require(name)), {
    resolve: require.resolve,
  })
  // `as`: these are the modules of that name, see build.mjs
  await (load('./main.cjs') as { readonly main: typeof main }).main(args)
  if (cache === undefined || [...modules.values()].every(({ isKept }) => isKept)) return
  setFlags()
  await (load('./keep.cjs') as { readonly keep: typeof keep }).keep(cache, pack, modules)
}

/** What a module calls `require`. */
type Find = ((name: string) => unknown) & { readonly resolve: (name: string) => string }

type Wrapper = (exports: object, require: Find, module: object, __filename: string, __dirname: string) => void

/** Loads a module beside this one as Node does, noted before it runs: modules may need each other. */
function compiled(name: string, cachedData: Buffer | undefined, find: Find, note: (loaded: Loaded) => void): Loaded {
  const filename = join(__dirname, name)
  // All of it is ASCII, see build.mjs.
  const source = readFileSync(filename, 'latin1')
  const script = new Script(`(function(exports,require,module,__filename,__dirname){${source}\n})`, {
    filename,
    ...(cachedData === undefined ? {} : { cachedData }),
  })
  const module = { exports: {} }
  const loaded = {
    get exports() {
      return module.exports
    },
    script,
    isKept: cachedData !== undefined && script.cachedDataRejected === false,
  }
  note(loaded)
  // `as`: it is the function that stands above
  const run = script.runInThisContext() as Wrapper
  run(module.exports, find, module, filename, __dirname)
  return loaded
}

/** Where V8's code is kept: a sha256 of all that it depends on. What V8 finds to be other code it refuses by itself. */
function codeCache(args: readonly string[]): { readonly folder: string; readonly key: string } | undefined {
  const { PLANGATE_CACHE: named, NODE_OPTIONS: flags } = process.env
  if (named === 'off' || args.includes('--no-cache')) return undefined
  const [first = ''] = args
  const command = /^[a-z]{1,20}$/.test(first) ? first : ''
  const code = readFileSync(join(__dirname, 'code.sha256'), 'latin1')
  const parts = [code, process.version, process.platform, process.arch, process.execArgv, flags, command]
  const key = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  return { folder: join(named || defaultFolder(), 'code'), key }
}
