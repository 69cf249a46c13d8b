import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * The median `{ seconds, megabytes }` of each command over `runs` rounds, the commands taking turns in each, after one
 * round that is not counted. Megabytes are the peak resident memory of the process; NaN where there is no /proc.
 *
 * A command that ends with a code outside `allowed` is an Error with what it printed to stderr.
 */
export async function measure(commands, { runs, allowed }) {
  const samples = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
  for (let round = 0; round <= runs; round++) {
    for (const [name, [command, args]] of Object.entries(commands)) {
      const sample = await once(command, args, allowed)
      if (round > 0) samples[name].push(sample)
      if (process.stderr.isTTY) console.error(`${name}: ${sample.seconds.toFixed(2)} s`)
    }
  }
  return Object.fromEntries(
    Object.entries(samples).map(([name, taken]) => [
      name,
      { seconds: median(taken.map((s) => s.seconds)), megabytes: median(taken.map((s) => s.megabytes)) },
    ]),
  )
}

function once(command, args, allowed) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint()
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    let peak = Number.NaN
    let stderr = ''
    const timer = setInterval(() => {
      peak = highWater(child.pid) ?? peak
    }, 10)
    child.stderr.on('data', (chunk) => (stderr += chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      clearInterval(timer)
      const seconds = Number(process.hrtime.bigint() - start) / 1e9
      if (allowed.includes(code)) resolve({ seconds, megabytes: peak })
      else reject(new Error(`\`${command}\` ended with ${code}: ${stderr.trim().slice(0, 500)}`))
    })
  })
}

/** The kernel's own high-water mark, so that sampling misses only what grows in the last few milliseconds. */
function highWater(pid) {
  try {
    const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmHWM:\s+(\d+) kB/m)
    return line === null ? undefined : Number(line[1]) / 1024
  } catch {
    return undefined
  }
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
