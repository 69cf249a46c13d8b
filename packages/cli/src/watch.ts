import { type FSWatcher, type Stats, readdirSync, statSync, watch } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { printError } from './errors.ts'
import { exitCodes } from './exit.ts'
import { reasonOf, usageError } from './usage.ts'

/** How {@link repeatedly} watches. */
interface WatchOptions {
  /** Whether to do it again at all. */
  readonly watch?: boolean
  /** What to watch: files and folders. What is in the place of a file that is replaced is watched as well. */
  readonly paths: readonly string[]
}

/** Editors write in several steps, and a checkout many files; this long nothing may change before it is done again. */
const QUIET_MS = 100
/** Where a path is not there (yet), this is how often it is looked for. */
const LOOK_MS = 1000

const wanted = /\.(rego|json|ya?ml|tar\.gz)$/

/**
 * What `work` returns; or, if it is to be watched, 0 after `work` has run now and again with each change of Rego or data
 * in `paths`, until the command is interrupted. What goes wrong is printed and does not end it.
 */
export async function repeatedly(work: () => Promise<number>, { watch: again, paths }: WatchOptions): Promise<number> {
  if (!again) return work()
  const changes = new Changes()
  const stop = () => changes.end()
  // Once: whoever asks a second time is not made to wait.
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    do {
      // First the watching and then the work, which sees all that changed before: nothing falls between the two.
      changes.of(paths)
      await attempt(work)
      if (process.stderr.isTTY) process.stderr.write('watching for changes, ctrl-c ends\n')
    } while (await changes.next())
  } finally {
    changes.end()
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
  return exitCodes.pass
}

async function attempt(work: () => Promise<number>): Promise<void> {
  try {
    await work()
  } catch (error) {
    printError(error)
  }
}

/** The changes of files. One watcher looks at one folder, which on every system also sees files that are replaced. */
class Changes {
  #watchers: FSWatcher[] = []
  #timer: NodeJS.Timeout | undefined
  #changed = false
  #ended = false
  #wake: () => void = () => {}

  /** Watches these paths from now on, and nothing else. */
  of(paths: readonly string[]): void {
    const before = this.#watchers
    this.#watchers = []
    this.#changed = false
    for (const path of this.#ended ? [] : paths) this.#add(path)
    for (const watcher of before) watcher.close()
  }

  /** Waits for a change, and then until it is quiet; false when there is nothing to wait for any more. */
  async next(): Promise<boolean> {
    while (!this.#ended && !(this.#changed && this.#timer === undefined)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    return !this.#ended
  }

  end(): void {
    this.#ended = true
    clearTimeout(this.#timer)
    for (const watcher of this.#watchers) watcher.close()
    this.#watchers = []
    this.#wake()
  }

  #add(path: string): void {
    const info = stat(path)
    try {
      if (info === undefined) this.#wait(() => (stat(path) === undefined ? this.#add(path) : this.#see()), LOOK_MS)
      else if (info.isDirectory()) this.#addFolder(path)
      else this.#watch(dirname(path), (name) => name === basename(path))
    } catch (cause) {
      // It has gone since it was looked at.
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') this.#see()
      else throw usageError(`\`${path}\` cannot be watched: ${reasonOf(cause)}`, 'watch fewer folders')
    }
  }

  #addFolder(folder: string): void {
    this.#watch(folder, (name) => wanted.test(name) || !name.includes('.'))
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') {
        this.#addFolder(join(folder, entry.name))
      }
    }
  }

  /**
   * A name without an ending may be a folder that came or went, and that of the folder itself says that it has moved.
   * Where the system gives no name, it may be anything.
   */
  #watch(folder: string, concerns: (name: string) => boolean): void {
    const watcher = watch(folder, (_, name) => {
      if (name === null || name === basename(folder) || concerns(name)) this.#see()
    })
    // What is watched has gone.
    watcher.on('error', () => this.#see())
    this.#watchers.push(watcher)
  }

  #see(): void {
    this.#changed = true
    this.#wait(() => this.#wake(), QUIET_MS)
  }

  #wait(then: () => void, milliseconds: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (!this.#ended) then()
    }, milliseconds)
  }
}

function stat(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false })
}
