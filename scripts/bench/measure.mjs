import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * The median `{ seconds, cpu, megabytes }` of each command over `runs` rounds, the commands taking turns in each, after
 * one round that is not counted. Megabytes are the peak resident memory of the process, `cpu` the seconds that all its
 * threads worked; NaN where there is no /proc.
 *
 * A command that ends with a code outside `allowed` is an Error with what it printed to stderr; one that takes longer than
 * `timeoutMs` is given up, with NaN for seconds.
 */
export async function measure(commands, { runs, allowed, timeoutMs }) {
  const samples = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
  const givenUp = new Set()
  for (let round = 0; round <= runs; round++) {
    for (const [name, [command, args]] of Object.entries(commands)) {
      if (givenUp.has(name)) continue
      const sample = await once(command, args, { allowed, timeoutMs })
      if (Number.isNaN(sample.seconds)) givenUp.add(name)
      if (round > 0 || givenUp.has(name)) samples[name].push(sample)
      if (process.stderr.isTTY) console.error(`${name}: ${sample.seconds.toFixed(2)} s`)
    }
  }
  return Object.fromEntries(
    Object.entries(samples).map(([name, taken]) => [
      name,
      Object.fromEntries(['seconds', 'cpu', 'megabytes'].map((key) => [key, median(taken.map((s) => s[key]))])),
    ]),
  )
}

function once(command, args, { allowed, timeoutMs = 0 }) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint()
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    })
    let peak = Number.NaN
    let cpu = Number.NaN
    let stderr = ''
    const timer = setInterval(() => {
      peak = highWater(child.pid) ?? peak
      cpu = worked(child.pid) ?? cpu
    }, 10)
    child.stderr.on('data', (chunk) => (stderr += chunk))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearInterval(timer)
      const seconds = Number(process.hrtime.bigint() - start) / 1e9
      if (timeoutMs > 0 && signal === 'SIGKILL') resolve({ seconds: Number.NaN, cpu, megabytes: peak })
      else if (allowed.includes(code)) resolve({ seconds, cpu, megabytes: peak })
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

/** User and system time, which the kernel counts in hundredths of a second: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function worked(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return undefined
  }
}

/** The middle of some numbers. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
