import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** An Error whose message is meant for the person at the terminal: one line, no stack. */
export function expected(message) {
  return Object.assign(new Error(message), { expected: true })
}

/** The environment of every child: node_modules/.bin on PATH and nobody phoned home. */
export function environment(extra = {}) {
  const path = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  return {
    ...process.env,
    [path]: [join(root, 'node_modules', '.bin'), process.env[path]].filter(Boolean).join(delimiter),
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    ...extra,
  }
}

/**
 * How a child ended: `{ code, output }`, output being what it printed to both streams in order.
 *
 * With `inherit` the child prints for itself and output is empty. `label` shows on a terminal how long it takes. On
 * Windows a `.cmd` cannot be spawned directly, hence `shell`, which only commands without user input may ask for.
 */
export function run(command, args, { inherit = false, shell = false, env = {}, label, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const done = label === undefined ? () => {} : progress(label)
    const child = spawn(command, args, {
      cwd,
      env: environment(env),
      shell: shell && process.platform === 'win32',
      stdio: inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    })
    const chunks = []
    child.stdout?.on('data', (chunk) => chunks.push(chunk))
    child.stderr?.on('data', (chunk) => chunks.push(chunk))
    child.on('error', (error) => {
      done()
      reject(error)
    })
    child.on('close', (code) => {
      done()
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') })
    })
  })
}

/**
 * Says what is going on, on stderr: one line in a pipe, a line that counts the seconds on a terminal. `state` says how far
 * it is, for a terminal only.
 */
export function progress(label, state = () => '') {
  if (!process.stderr.isTTY) {
    console.error(`${label} …`)
    return () => {}
  }
  const start = Date.now()
  const draw = () => process.stderr.write(`\r\u001b[K${label} … ${state()}${Math.round((Date.now() - start) / 1000)} s`)
  draw()
  const timer = setInterval(draw, 1000)
  return () => {
    clearInterval(timer)
    process.stderr.write('\r\u001b[K')
  }
}

/** The exit code of `turbo run <task>`; its output is shown only when something failed. */
export async function turbo(task, { label, env = {}, args = [] }) {
  const bin = join(root, 'node_modules', 'turbo', 'bin', 'turbo')
  const flags = ['--output-logs=errors-only', '--env-mode=loose', '--ui=stream', '--log-order=grouped', ...args]
  const { code, output } = await run(process.execPath, [bin, 'run', task, ...flags], { label, env })
  if (code !== 0) console.error(output.replace(/^\s*•.*\n/gm, '').trim())
  return code
}
