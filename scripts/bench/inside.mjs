/**
 * Compiles in one process and prints what that costs, as JSON: `node inside.mjs <policies>` for `cold`, the first compile,
 * and `warm`, the sixth; `node inside.mjs <policies> <cache>` for `cached`, where the cache already has the bundle.
 *
 * Memory is the peak so far.
 */
import { compileBundle } from '../../packages/compiler/dist/index.js'

const [policies, folder] = process.argv.slice(2)

const measured = async (options) => {
  const before = process.cpuUsage()
  const start = process.hrtime.bigint()
  const { bundle } = await compileBundle({ sources: policies, ...options })
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  if (bundle === undefined) throw new Error('the library does not compile')
  const { user, system } = process.cpuUsage(before)
  return { seconds, cpu: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024 }
}

const result = {}
if (folder === undefined) {
  result.cold = await measured({ revision: '0' })
  for (let round = 1; round < 6; round++) result.warm = await measured({ revision: `${round}` })
} else {
  result.cached = await measured({ cache: { folder } })
}
console.log(JSON.stringify(result))
