import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { root } from '../dev/process.mjs'

/**
 * The steps of a document, in order: `{ file, content }` of a code block that names a file behind its language, and
 * `{ command, output }` of each `$ ` line of a `sh` block, with the lines that it is said to print.
 */
export function stepsOf(text) {
  return [...text.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```/gm)].flatMap(([, language, file, content]) => {
    if (file !== undefined) return [{ file, content }]
    if (language !== 'sh') return []
    return content
      .split(/^\$ /m)
      .filter((part) => part !== '')
      .map((part) => {
        const [command, ...output] = part.trimEnd().split('\n')
        return { command, output }
      })
  })
}

/**
 * The steps, the commands with what they have printed in colours, in a folder with the sources and the plan of the model endpoint. The
 * day is fixed by a config above it.
 */
export async function runSession(steps) {
  const above = mkdtempSync(join(tmpdir(), 'plangate-record-'))
  const folder = join(above, 'stack')
  try {
    const stack = join(root, 'test-plans', 'stacks', 'model-endpoint')
    writeFileSync(join(above, 'plangate.yaml'), 'today: 2026-12-01\n')
    for (const name of ['main.tf', 'variables.tf', 'providers.tf', 'modules']) {
      cpSync(join(stack, name), join(folder, name), { recursive: true })
    }
    cpSync(join(stack, 'open.plan.json'), join(folder, 'plan.json'))
    const printed = []
    for (const { file, content, command, output } of steps) {
      if (file !== undefined) {
        mkdirSync(dirname(join(folder, file)), { recursive: true })
        writeFileSync(join(folder, file), content)
        printed.push({ file, content })
      } else {
        printed.push({ command, output, printed: await print(command, folder) })
      }
    }
    return printed
  } finally {
    rmSync(above, { recursive: true })
  }
}

function print(command, cwd) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|PLANGATE_|GITHUB_|NODE_OPTIONS$|NO_COLOR$)/.test(name),
  )
  const path = [join(root, 'node_modules', '.bin'), dirname(process.execPath), process.env.PATH ?? ''].join(delimiter)
  const env = { ...Object.fromEntries(kept), PATH: path, FORCE_COLOR: '1' }
  return new Promise((resolve, reject) => {
    execFile('sh', ['-c', command], { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      // 1 is a decision; everything else says that the document is wrong.
      if (error === null || error.code === 1) resolve(stdout)
      else reject(new Error(`\`${command}\` ends with ${error.code}: ${stderr}`))
    })
  })
}
