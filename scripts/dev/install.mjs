import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expected, root, run } from './process.mjs'

const stampPath = join(root, 'node_modules', '.cache', 'plangate', 'install')

/** The files that decide what is installed. */
function manifests() {
  const folders = ['packages'].flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(parent, name)))
  return ['.', 'policies', 'test-plans', 'scripts', ...folders]
    .map((folder) => join(folder, 'package.json'))
    .concat('pnpm-lock.yaml', 'pnpm-workspace.yaml')
    .filter((path) => existsSync(join(root, path)))
    .sort()
}

function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const path of manifests()) hash.update(path).update(readFileSync(join(root, path)))
  return hash.digest('hex')
}

/**
 * Brings pnpm at the version of package.json and installs, when a manifest or the lockfile has changed since the last
 * time; otherwise does nothing. A local stamp saves the two seconds that asking pnpm costs.
 */
export async function install() {
  const wanted = fingerprint()
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === wanted) return
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { code, output } = await run(
    'npx',
    ['-y', packageManager, 'install', '--frozen-lockfile', '--prefer-offline', '--config.confirmModulesPurge=false'],
    { label: `installing dependencies with ${packageManager}`, shell: true },
  ).catch((error) => {
    throw error.code === 'ENOENT'
      ? expected('npx is missing: install npm, which comes with Node, and run it again')
      : error
  })
  if (code !== 0) {
    console.error(output.trim())
    throw expected('the dependencies could not be installed: pnpm says above why')
  }
  mkdirSync(dirname(stampPath), { recursive: true })
  writeFileSync(stampPath, wanted)
}
