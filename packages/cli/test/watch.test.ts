import { spawn } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { folderOf } from './fixtures.ts'
import { binary } from './runner.ts'

const good = 'package main\n\ndeny contains "no" if input.bad\n'
const bad = 'package main\n\ndeny contains missing\n'

/** A command that goes on, and what it has printed so far. */
function start(cwd: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, [binary, ...args], { cwd, env: { ...process.env, PLANGATE_CACHE: 'off' } })
  let printed = ''
  let seen = 0
  let check: (() => void) | undefined
  const add = (chunk: Buffer) => {
    printed += chunk.toString('utf8')
    check?.()
  }
  child.stdout.on('data', add)
  child.stderr.on('data', add)
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return {
    /** Waits until something like this is printed after what was waited for before. */
    prints: (text: RegExp) =>
      new Promise<void>((resolve, reject) => {
        check = () => {
          const found = text.exec(printed.slice(seen))
          if (found === null) return
          seen += found.index + found[0].length
          check = undefined
          resolve()
        }
        void ended.then(() => reject(new Error(`it ended, having printed: ${printed}`)))
        check()
      }),
    stop: (signal: 'SIGINT' | 'SIGTERM') => {
      child.kill(signal)
      return ended
    },
    unseen: () => printed.slice(seen),
  }
}

test('build sees files that are written, replaced, added in new folders, and gone', async () => {
  const folder = folderOf({ 'policy/main.rego': good })
  const at = (name: string) => join(folder, name)
  const run = start(folder, 'build', 'policy', '-n', 'main', '--watch')
  try {
    await run.prints(/1 entrypoint, \d+ bytes\n/)
    writeFileSync(at('policy/main.rego'), bad)
    await run.prints(/policy\/main\.rego:3:\d+: error: .*\[ERR_POLICY_INVALID\]\nhint: .*\n/s)
    // as editors save: another file takes the place
    writeFileSync(at('policy/.main.rego.swp'), good)
    renameSync(at('policy/.main.rego.swp'), at('policy/main.rego'))
    await run.prints(/1 entrypoint, \d+ bytes\n/)
    mkdirSync(at('policy/sub'))
    writeFileSync(at('policy/sub/more.rego'), 'package main\n\nwarn contains "w"\n')
    await run.prints(/2 entrypoints, \d+ bytes\n/)
    rmSync(at('policy/sub'), { recursive: true })
    await run.prints(/1 entrypoint, \d+ bytes\n/)
  } finally {
    expect(await run.stop('SIGINT')).toBe(0)
  }
  expect(run.unseen()).toBe('')
})

test.each([
  ['check', /error: .*\[ERR_POLICY_INVALID\]\n/s],
  ['fmt --list', /error: .*\[ERR_POLICY_INVALID\]\n/s],
  ['verify', /error: .*\[ERR_POLICY_INVALID\]\n/s],
])('%s sees that a file changes, and that the folder comes back', async (command, failure) => {
  const folder = folderOf({ 'policy/main.rego': 'package main\n\np if {\n' })
  const run = start(folder, ...command.split(' '), 'policy/main.rego', '--watch')
  try {
    await run.prints(failure)
    writeFileSync(join(folder, 'policy/main.rego'), 'package main\n\nq if {{\n')
    await run.prints(failure)
    renameSync(join(folder, 'policy'), join(folder, 'away'))
    await run.prints(/\[ERR_SOURCE_NOT_FOUND\]\n/)
    renameSync(join(folder, 'away'), join(folder, 'policy'))
    await run.prints(failure)
  } finally {
    expect(await run.stop('SIGTERM')).toBe(0)
  }
})
