/**
 * A plan that is larger than memory could hold, as a stream that never lies on the disk, against the policies of one
 * category or against the whole library: time, peak memory, and how much of the plan is read.
 *
 * `npm run bench -- large [megabytes] [model_endpoints|library] [estate|new]`; 1,000 MB, the model endpoints, and the
 * plan of an estate that hardly changes unless something else is said; `new` is the plan of the other benchmarks, where
 * half of all is model endpoints. The plan is made, and the bundle compiled, by
 * processes of their own, whose memory is not counted.
 */
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadGate } from '../../packages/sdk/dist/index.js'

const [megabytes = '1000', category = 'model_endpoints', mix = 'estate'] = process.argv.slice(2)
const library = fileURLToPath(new URL('../../policies/plangate', import.meta.url))
const perMegabyte = mix === 'estate' ? 277 : 504

/** The bundle of a category has the library's `lib` and `main`, which take whatever policies are there. */
const sources =
  category === 'library' ? [library] : ['lib', 'main', `policies/${category}`].map((part) => `${library}/${part}`)
const folder = mkdtempSync(join(tmpdir(), 'large-'))
const bundle = join(folder, 'bundle.tar.gz')
const cli = fileURLToPath(new URL('../../packages/cli/bin/plangate.cjs', import.meta.url))
try {
  execFileSync(process.execPath, [cli, 'build', ...sources, '--output', bundle], { stdio: 'ignore' })
} catch {
  throw new Error('the policies do not compile')
}
const gate = await loadGate(bundle)
rmSync(folder, { recursive: true })

const resources = Math.ceil(Number(megabytes) * perMegabyte)
const maker = spawn(process.execPath, [fileURLToPath(new URL('plan.mjs', import.meta.url)), `${resources}`, '-', mix], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
let bytes = 0
async function* counted() {
  for await (const chunk of maker.stdout) {
    bytes += chunk.length
    yield chunk
  }
}

const before = process.resourceUsage().maxRSS
const start = performance.now()
const cpu = process.cpuUsage()
let outcome
try {
  const { verdict, counts } = await gate.evaluate(counted(), { limits: { bytes: Infinity } })
  outcome = `${verdict}, ${JSON.stringify(counts)}`
} catch (error) {
  outcome = `${error.code}: ${error.message}`
}
maker.stdout.destroy()
maker.kill()
const { user, system } = process.cpuUsage(cpu)
console.log(`${category}: ${outcome}`)
console.log(`${(bytes / 1e6).toFixed(0)} MB of plan, ${gate.catalogue.length} policies`)
console.log(
  `${((performance.now() - start) / 1000).toFixed(1)} s, of which ${((user + system) / 1e6).toFixed(1)} s of work`,
)
console.log(
  `peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB, ${(before / 1024).toFixed(0)} MB before`,
)
