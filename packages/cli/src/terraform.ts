import { spawn } from 'node:child_process'
import { closeSync, openSync, readSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { PlangateError } from '@plangate/sdk'

/** Whether a file is a plan as `terraform plan -out` writes it, an archive; not for one that cannot be read. */
export function isBinaryPlan(path: string): boolean {
  try {
    const file = openSync(path, 'r')
    try {
      const head = Buffer.alloc(4)
      return readSync(file, head) === 4 && head.equals(Buffer.from('PK\u0003\u0004'))
    } finally {
      closeSync(file)
    }
  } catch {
    return false
  }
}

/**
 * What `<command> show -json` prints about a binary plan, run in `folder` or beside the plan. That runs the providers that the plan
 * was made with, so it is done only where the user asks for it. Nothing that Terraform says about a failure is repeated: it may
 * show values of the plan.
 *
 * Throws `ERR_TERRAFORM_FAILED` when there is no such command, or it fails.
 */
export async function showPlan(plan: string, command: string, folder: string | undefined): Promise<Uint8Array> {
  const cwd = folder ?? dirname(plan)
  const failed = (why: string, cause?: unknown) =>
    new PlangateError('ERR_TERRAFORM_FAILED', `\`${command} show -json\` of \`${plan}\` ${why}`, {
      hint: `run it by itself in \`${cwd}\`, where \`${command} init\` has to have run`,
      cause,
    })
  const child = spawn(command, ['show', '-json', '-no-color', resolve(plan)], {
    cwd,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const chunks: Uint8Array[] = []
  child.stdout.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  return new Promise((done, fail) => {
    child.on('error', (cause) => fail(failed('cannot be started', cause)))
    child.on('close', (code, signal) => {
      if (code === 0) done(Buffer.concat(chunks))
      else fail(failed(signal === null ? `ended with ${code}` : `was ended by ${signal}`))
    })
  })
}
