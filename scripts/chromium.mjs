import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { progress, run } from './dev/process.mjs'

const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']
const debian = 'chromium-headless-shell'
// Without a network it is soon told.
const patience = ['-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=20', '-o', 'DPkg::Lock::Timeout=60']

/** The path of a Chromium: `PLANGATE_CHROMIUM`, or one on PATH; undefined where there is none. */
export function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [process.env.PLANGATE_CHROMIUM ?? '', ...paths].find((path) => path !== '' && existsSync(path))
}

/**
 * The path of a Chromium for the tests of the browser entry, which in a container of Debian or Ubuntu is installed as
 * the package `chromium-headless-shell` when it is missing: where apt-get may be run by this user, and CI says so or it
 * is a container. Undefined where there is none; those tests are then skipped by name.
 */
export async function ensureChromium() {
  const found = findChromium()
  if (found !== undefined || !mayInstall()) return found
  const done = progress(`installing ${debian}, which tests open pages in`)
  try {
    const commands = [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', debian],
    ]
    for (const args of commands) {
      const { code, output } = await run('apt-get', [...patience, ...args], {
        env: { DEBIAN_FRONTEND: 'noninteractive' },
      }).catch((error) => ({ code: 1, output: error.message }))
      if (code === 0) continue
      console.error(`${debian} cannot be installed, and what needs it is skipped: ${lastLine(output)}`)
      return undefined
    }
  } finally {
    done()
  }
  return findChromium()
}

function mayInstall() {
  const isContainer = existsSync('/.dockerenv') || existsSync('/run/.containerenv')
  const asked = Boolean(process.env.CI) || isContainer
  return asked && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

const lastLine = (text) => text.trim().split('\n').at(-1) ?? ''

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log((await ensureChromium()) ?? 'no Chromium')
