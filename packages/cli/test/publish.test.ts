import { execFile } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { folderOf, testPlan } from './fixtures.ts'

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const published = ['packages/bundle', 'packages/opa', 'packages/compiler', 'packages/sdk', 'policies', 'packages/cli']
const windows = process.platform === 'win32'

async function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|PLANGATE_|INIT_CWD$|NODE_OPTIONS$)/.test(name))
  const env = Object.fromEntries(kept)
  const options = { cwd, env, shell: windows, maxBuffer: 1 << 26 }
  return (await promisify(execFile)('npm', [...args], options)).stdout
}

/** Packs every package as npm publishes it, and installs the tarballs in an empty folder, as a user's `npm install`. */
async function installed(): Promise<string> {
  const tarballs = folderOf({})
  for (const path of published) {
    await npm(join(repository, path), 'pack', '--ignore-scripts', '--silent', '--pack-destination', tarballs)
  }
  const folder = folderOf({ 'package.json': '{ "name": "somebody", "private": true, "type": "module" }\n' })
  const files = readdirSync(tarballs).map((name) => join(tarballs, name))
  await npm(folder, 'install', '--prefer-offline', '--no-audit', '--no-fund', '--silent', ...files)
  return folder
}

/** Builds `library.tar.gz` in a folder where plangate is installed; returns what the command printed. */
function buildLibrary(folder: string): Promise<string> {
  const args = ['plangate', 'build', 'node_modules/@plangate/policies', '-o', 'library.tar.gz']
  return npm(folder, 'exec', '--offline', '--', ...args)
}

/** The code blocks of a README in one language. */
function blocks(readme: string, language: string): string[] {
  const found = readFileSync(readme, 'utf8').matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))
  return [...found].map((match) => match[1] ?? '')
}

const readmes = ['README.md', ...published.map((path) => `${path}/README.md`)].map((path) => join(repository, path))

describe('what is published works in an empty folder', () => {
  let folder = ''

  beforeAll(async () => {
    folder = await installed()
    writeFileSync(join(folder, 'plan.json'), readFileSync(testPlan('stacks', 'model-endpoint', 'prod.plan.json')))
    writeFileSync(join(folder, 'open.plan.json'), readFileSync(testPlan('stacks', 'model-endpoint', 'open.plan.json')))
  }, 300_000)

  test.each([
    '@plangate/bundle/LICENSE',
    '@plangate/opa/LICENSE',
    '@plangate/compiler/LICENSE',
    '@plangate/sdk/LICENSE',
    '@plangate/policies/LICENSE',
    'plangate/LICENSE',
    'plangate/dist/THIRD_PARTY_LICENSES.txt',
    '@plangate/policies/dist/library.tar.gz',
    '@plangate/policies/dist/catalogue/index.html',
    '@plangate/policies/equivalents.json',
    '@plangate/policies/frameworks.json',
    '@plangate/policies/plangate.schema.json',
    '@plangate/policies/waivers.schema.json',
    '@plangate/policies/plangate/main/main.rego',
  ])('%s is inside', (path) => {
    expect(existsSync(join(folder, 'node_modules', path))).toBe(true)
  })

  test('the WASM of OPA travels with the licences of what it is made of', () => {
    const opa = readdirSync(join(folder, 'node_modules/@plangate/opa/wasm'), { recursive: true }).map(String)
    expect({
      wasm: opa.some((name) => /\.wasm(\.gz)?$/.test(name)),
      licences: opa.some((name) => /licen[cs]e/i.test(name)),
    }).toEqual({
      wasm: true,
      licences: true,
    })
  })

  test('no test and no name of the workspace is inside', () => {
    const scope = join(folder, 'node_modules/@plangate')
    const names = [
      ...readdirSync(scope, { recursive: true }),
      ...readdirSync(join(folder, 'node_modules/plangate'), { recursive: true }),
    ]
    const manifests = ['bundle', 'opa', 'compiler', 'sdk', 'policies'].map((name) => join(scope, name, 'package.json'))
    const dependencies = manifests.map((path) =>
      JSON.stringify(JSON.parse(readFileSync(path, 'utf8')).dependencies ?? {}),
    )
    expect({
      tests: names.map(String).filter((name) => /\.test\.[jt]s$/.test(name)),
      workspace: dependencies.filter((text) => text.includes('workspace:')),
    }).toEqual({ tests: [], workspace: [] })
  })

  test('the command gates a plan with the library', async () => {
    const command = await npm(folder, 'exec', '--offline', '--', 'plangate', 'test', 'plan.json')
    expect(command).toMatch(/^\d+ tests, \d+ passed, \d+ warnings?, 0 failures, 0 exceptions(, \d+ undecided)?\n/m)
    const open = npm(folder, 'exec', '--offline', '--', 'plangate', 'test', 'open.plan.json')
    await expect(open).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('FAIL - open.plan.json - plangate.main - '),
    })
  })

  test('the command builds the library from the sources that are inside', async () => {
    const built = await buildLibrary(folder)
    expect(built).toMatch(/^library\.tar\.gz: \d+ policies, \d+ entrypoints, \d+ bytes\n$/)
  })

  test('what is inside is bundled for a browser, without Node’s modules and without the sources', async () => {
    const contents = "export * from '@plangate/sdk'; export { loadOpa } from '@plangate/sdk/browser'"
    const options = { bundle: true, platform: 'browser', format: 'esm', write: false, metafile: true } as const
    const { metafile } = await build({ ...options, stdin: { contents, resolveDir: folder }, logLevel: 'silent' })
    const paths = Object.keys(metafile.inputs)
    expect({
      node: paths.filter((path) => path.startsWith('node:')),
      sources: paths.filter((path) => path.endsWith('.ts')),
      browser: paths.some((path) => path.endsWith('@plangate/sdk/dist/browser.js')),
    }).toEqual({ node: [], sources: [], browser: true })
  })

  test.each(readmes.flatMap((readme) => blocks(readme, 'ts')))('the import of a README runs: %#', async (code) => {
    writeFileSync(join(folder, 'example.js'), `${code}\nprocess.stdout.write('the end of the example')\n`)
    if (!existsSync(join(folder, 'library.tar.gz'))) {
      await buildLibrary(folder)
    }
    const { stdout } = await promisify(execFile)(process.execPath, ['example.js'], { cwd: folder })
    expect(stdout).toMatch(/the end of the example$/)
  })
})
