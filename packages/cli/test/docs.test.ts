import { execFile } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { folderOf, testPlan } from './fixtures.ts'
import { type Outcome, plangate } from './runner.ts'

/**
 * The documents show what really happens: every command in a `sh` block is run and its output compared, and what the
 * documents name is there. In an output `…` stands for any text, and on a line of its own for any lines.
 *
 * Those in `docs` are one session each: block by block, in a folder with a stack's sources and plan. A block that names a
 * file behind its language is that file.
 */
const repository = fileURLToPath(new URL('../../..', import.meta.url))
const oracle = join(repository, '.cache', 'oracle')

const packages = readdirSync(join(repository, 'packages')).map((name) => `packages/${name}/README.md`)
const shown = ['README.md', 'policies/README.md', ...packages].filter((path) => existsSync(join(repository, path)))
const guides = readdirSync(join(repository, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`)
  .filter((path) => blocks(path, 'sh').length > 0)
const named = [
  ...shown,
  ...guides,
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'test-plans/README.md',
  'docs/policies.md',
  'docs/moving.md',
]

/** Commands that cannot run here, and why. */
const elsewhere: readonly (readonly [RegExp, string])[] = [
  [/^npm start\b/, 'builds what this test runs'],
  [/^npm test\b/, 'runs this test'],
  [/^npm install /, 'publish.test.ts installs the packages'],
]

interface Command {
  readonly document: string
  readonly command: string
  /** What it prints, or undefined where the document does not say. */
  readonly output: string | undefined
}

/** What a document shows, in its order: its files and its commands. */
interface Step {
  readonly files: Readonly<Record<string, string>>
  readonly commands: readonly Command[]
}

function read(document: string): string {
  return readFileSync(join(repository, document), 'utf8')
}

function blocks(document: string, language: string): readonly string[] {
  const found = read(document).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))
  return [...found].map((match) => match[1] ?? '')
}

/** The commands of the `sh` blocks: the lines after `$ `, each with its output; without `$ ` every line is a command. */
function commands(document: string): readonly Command[] {
  return blocks(document, 'sh').flatMap((block) => commandsOf(document, block))
}

function commandsOf(document: string, block: string): readonly Command[] {
  const parts = /^\$ /m.test(block) ? block.split(/^\$ /m) : block.split('\n')
  return parts
    .filter((part) => part !== '')
    .map((part): Command => {
      const [command = '', ...lines] = part.split('\n')
      const output = lines.join('\n')
      return { document, command, output: output === '' ? undefined : output }
    })
}

/** The blocks of a guide that are run, in their order. */
function steps(document: string): readonly Step[] {
  const found = read(document).matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```/gm)
  return [...found].flatMap(([, language, file, text = '']): readonly Step[] => {
    if (file !== undefined) return [{ files: { [file]: text }, commands: [] }]
    return language === 'sh' ? [{ files: {}, commands: commandsOf(document, text) }] : []
  })
}

/** The expression for an expected output; any output where nothing is said. */
function pattern(output: string | undefined): RegExp {
  if (output === undefined) return /^/
  const escaped = output.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll(/^…\n/gm, '(?:.*\\n)*?').replaceAll('…', '.*')}$`)
}

/** What a command needs and does not find here. */
function missing(command: string): string | undefined {
  if (process.platform === 'win32') return 'a POSIX shell'
  const tool = /^(opa|conftest) /.exec(command)?.[1]
  return tool === undefined || existsSync(join(oracle, tool)) ? undefined : `${tool}, see \`node scripts/oracle.mjs\``
}

const expected = (output: string | undefined) => ({
  ended: 'decided',
  stdout: expect.stringMatching(pattern(output)),
})

describe('the commands of the documents print what the documents say', () => {
  let folder = ''

  // A folder that looks like the root of a clone to what only reads it: what commands write stays out of the clone.
  beforeAll(() => {
    const terraform = '#!/bin/sh\nif [ "$1" = show ]; then cat "$(dirname "$0")/../shown.json"; fi\n'
    folder = folderOf({ 'bin/terraform': terraform })
    chmodSync(join(folder, 'bin', 'terraform'), 0o755)
    for (const name of ['node_modules', 'policies', 'test-plans']) {
      symlinkSync(join(repository, name), join(folder, name), 'junction')
    }
    for (const name of ['shown.json', 'plan.json']) {
      copyFileSync(testPlan('stacks', 'model-endpoint', 'prod.plan.json'), join(folder, name))
    }
  })

  function run(command: string, cwd = folder): Promise<Outcome> {
    const kept = Object.entries(process.env).filter(
      ([name]) => !/^(npm_|PLANGATE_|GITHUB_|INIT_CWD$|NODE_OPTIONS$|NO_COLOR$|FORCE_COLOR$)/i.test(name),
    )
    const installed = join(repository, 'node_modules', '.bin')
    const path = [join(folder, 'bin'), oracle, installed, dirname(process.execPath), process.env['PATH'] ?? '']
    const env = { ...Object.fromEntries(kept), PATH: path.join(delimiter) }
    return new Promise((resolve) => {
      execFile('sh', ['-c', command], { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
      })
    })
  }

  for (const { document, command, output } of shown.flatMap(commands)) {
    if (elsewhere.some(([expression]) => expression.test(command))) continue
    const needed = missing(command)
    const guarded = needed === undefined ? test : test.skip
    guarded(`${document}: ${command}${needed === undefined ? '' : ` (needs ${needed})`}`, async () => {
      expect(await ran(command, folder)).toMatchObject(expected(output))
    })
  }

  const guarded = missing('sh') === undefined ? test : test.skip
  guarded.each(guides)('%s, one command after the other', async (document) => {
    const stack = join(folder, `${document}.stack`)
    cpSync(testPlan('stacks', 'model-endpoint'), stack, { recursive: true })
    copyFileSync(join(stack, 'open.plan.json'), join(stack, 'plan.json'))
    // Found upwards, until the guide has one of its own: waivers of the guide expire on some day.
    writeFileSync(join(dirname(stack), 'plangate.yaml'), 'today: 2026-12-01\n')
    for (const step of steps(document)) {
      for (const [path, text] of Object.entries(step.files)) {
        mkdirSync(dirname(join(stack, path)), { recursive: true })
        writeFileSync(join(stack, path), text)
      }
      for (const { command, output } of step.commands) {
        const { code, ...said } = await ran(command, stack)
        expect({ command, ...said }).toEqual({ command, ...expected(output) })
        expect({ command, code }).toEqual({ command, code: /^verdict fail/m.test(said.stdout) ? 1 : 0 })
      }
    }
  })

  guarded('docs/walk.svg is what a terminal shows: run `node scripts/record.mjs` after a change', async () => {
    const { code, stderr } = await run('node scripts/record.mjs --check', repository)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  // 0 and 1 are decisions; a document shows no command that ends with anything else.
  async function ran(command: string, cwd: string) {
    const { code, stdout, stderr } = await run(command, cwd)
    return { code, ended: code === 0 || code === 1 ? 'decided' : stderr, stdout }
  }
})

function scripts(manifest: string): readonly string[] {
  return Object.keys(JSON.parse(read(manifest)).scripts)
}

describe('what the documents name is there', () => {
  const tasks = new Set([...scripts('package.json'), ...scripts('packages/sdk/package.json')])

  test.each(named)('%s: links, scripts and tasks', (document) => {
    const text = read(document)
    const found = (expression: RegExp) => [...text.matchAll(expression)].map((match) => match[1] ?? '')
    const links = found(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g).filter((link) => !/^https?:/.test(link))
    const files = found(/\bnode ((?:scripts|policies)\/[\w./-]+)/g)
    expect({
      links: links.filter((link) => !existsSync(join(repository, dirname(document), link))),
      scripts: files.filter((file) => !existsSync(join(repository, file))),
      tasks: found(/\bnpm (?:run )?(start|test|(?<=run )[\w:]+)/g).filter((task) => !tasks.has(task)),
    }).toEqual({ links: [], scripts: [], tasks: [] })
  })

  test('the README of the library names every category', () => {
    const categories = readdirSync(join(repository, 'policies', 'plangate', 'policies')).sort()
    const rows = [...read('policies/README.md').matchAll(/^\| \[`(\w+)`\]/gm)].map((match) => match[1])
    expect(rows).toEqual(categories)
  })

  test('the README of the library shows a configuration that holds', async () => {
    const [json = ''] = blocks('policies/README.md', 'json')
    const args = ['test', '-p', 'builtin', '-d', 'data.json', '-o', 'json', testPlan('inputs', 'small.plan.json')]
    await plangate(...args)
      .in(folderOf({ 'data.json': json }))
      .expectStdout((stdout) => expect(JSON.parse(stdout).config.environment).toBe('stage'))
      .verify()
  })
})
