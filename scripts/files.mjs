import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const generated = new Set(['node_modules', 'dist', '.git', '.cache', '.turbo', 'reports', 'wasm'])

function walk(folder, prefix) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (generated.has(entry.name)) return []
    const path = `${prefix}${entry.name}`
    if (entry.isDirectory()) return walk(join(folder, entry.name), `${path}/`)
    return entry.isFile() ? [path] : []
  })
}

/** The files of the repository relative to `root`, with `/`: what git knows or would add; all of them outside of git. */
export function files(root) {
  try {
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return [...new Set(listed.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path))).sort()
  } catch {
    return walk(root, '').sort()
  }
}
