import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expected, root, run } from './dev/process.mjs'
import { ensureGo } from './go.mjs'
import { ensureReference } from './reference.mjs'

const source = join(root, 'scripts', 'oracle')
const target = join(root, '.cache', 'oracle')
// With this tag OPA can evaluate the WebAssembly of a bundle, as `opa eval -b` has to; without it, it refuses.
const flags = ['-trimpath', '-buildvcs=false', '-ldflags=-s -w', '-tags=opa_wasm']
const suffix = process.platform === 'win32' ? '.exe' : ''

/**
 * The paths of `opa` and `conftest`, built from the Go module in scripts/oracle when they are missing or it has changed.
 *
 * They are test tools: what plangate says is compared with what they say. Both come from one module graph, so that
 * conftest runs the OPA that plangate's compiler is made of. Nothing that is published uses them.
 */
export async function ensureOracle() {
  const paths = { opa: join(target, `opa${suffix}`), conftest: join(target, `conftest${suffix}`) }
  const stamp = join(target, 'stamp')
  const wanted = createHash('sha256')
    .update(flags.join(' '))
    .update(readFileSync(join(source, 'go.mod')))
    .update(readFileSync(join(source, 'go.sum')))
    .digest('hex')
  const built = Object.values(paths).every((path) => existsSync(path))
  if (built && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return paths
  const go = await ensureGo()
  mkdirSync(target, { recursive: true })
  const tools = {
    [paths.opa]: 'github.com/open-policy-agent/opa',
    [paths.conftest]: 'github.com/open-policy-agent/conftest',
  }
  for (const [path, tool] of Object.entries(tools)) {
    const args = ['build', ...flags, '-o', path, tool]
    const { code, output } = await run(go, args, { cwd: source, env: { CGO_ENABLED: '0' } })
    if (code === 0) continue
    console.error(output.trim())
    throw expected(`\`${tool}\` could not be built, go says above why`)
  }
  writeFileSync(stamp, wanted)
  return paths
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(JSON.stringify({ ...(await ensureOracle()), ...(await ensureReference()) }, null, 2))
}
