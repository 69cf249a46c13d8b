import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect } from '@jest/globals'

/** The command as it is installed: `node bin/plangate.cjs`. */
export const binary = fileURLToPath(new URL('../bin/plangate.cjs', import.meta.url))

// One for the runs of a test file, which never see what others have compiled.
const cache = mkdtempSync(join(tmpdir(), 'plangate-cache-'))

afterAll(() => rmSync(cache, { recursive: true }))

/** How the command ended and what it printed. */
export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** What a stream must hold: exactly this text, or text for which the function does not throw. */
type Expectation = string | ((text: string) => void)

interface Setup {
  readonly args: readonly string[]
  readonly stdin?: Uint8Array | string
  readonly env: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly code: number
  readonly stdout: Expectation
  readonly stderr: Expectation
}

/**
 * One run of the real command, put together step by step. Unless something else is said it must end with 0 and print
 * nothing at all.
 *
 * @example
 * await plangate('test', '-').stdin('').expectCode(3).expectStderr(coded('ERR_INPUT_EMPTY_PIPE')).verify()
 */
export function plangate(...args: readonly string[]): Run {
  return new Run({ args, env: {}, code: 0, stdout: '', stderr: '' })
}

class Run {
  readonly #setup: Setup

  constructor(setup: Setup) {
    this.#setup = setup
  }

  stdin(stdin: Uint8Array | string): Run {
    return new Run({ ...this.#setup, stdin })
  }

  env(env: Readonly<Record<string, string>>): Run {
    return new Run({ ...this.#setup, env })
  }

  in(cwd: string): Run {
    return new Run({ ...this.#setup, cwd })
  }

  expectCode(code: number): Run {
    return new Run({ ...this.#setup, code })
  }

  expectStdout(stdout: Expectation): Run {
    return new Run({ ...this.#setup, stdout })
  }

  expectStderr(stderr: Expectation): Run {
    return new Run({ ...this.#setup, stderr })
  }

  /** Runs it and expects nothing. */
  outcome(): Promise<Outcome> {
    const { args, stdin, env, cwd } = this.#setup
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [binary, ...args], {
        cwd: cwd ?? process.cwd(),
        env: { ...clean(), PLANGATE_CACHE: cache, ...env },
      })
      const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
      child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
      child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
      child.stdin.on('error', () => {})
      child.on('error', reject)
      child.on('close', (code) => {
        resolve({
          code,
          stdout: Buffer.concat(stdout).toString('utf8'),
          stderr: Buffer.concat(stderr).toString('utf8'),
        })
      })
      child.stdin.end(stdin)
    })
  }

  /** Runs it and compares all that was expected. */
  async verify(): Promise<void> {
    const { code, stdout, stderr } = this.#setup
    const outcome = await this.outcome()
    expect(outcome).toEqual({ code, stdout: exact(stdout, outcome.stdout), stderr: exact(stderr, outcome.stderr) })
    if (typeof stdout === 'function') stdout(outcome.stdout)
    if (typeof stderr === 'function') stderr(outcome.stderr)
  }
}

/** The whole text that is expected; a function says what it expects by itself. */
function exact(expectation: Expectation, text: string): string {
  return typeof expectation === 'string' ? expectation : text
}

/** The environment without what would change the command: its own variables, those about colours, and a summary of GitHub’s. */
function clean(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(PLANGATE_|NO_COLOR$|FORCE_COLOR$|NODE_OPTIONS$|GITHUB_STEP_SUMMARY$)/.test(name),
  )
  return Object.fromEntries(kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

/** Standard error that is one coded error with a hint, and nothing else. */
export function coded(code: string): (stderr: string) => void {
  return (stderr) => {
    expect(stderr).toMatch(new RegExp(`^error: [^\\n]+ \\[${code}\\]\\nhint: [^\\n]+\\n$`))
  }
}
