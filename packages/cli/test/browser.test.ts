import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { loadOpa } from '@plangate/opa'
import * as sdk from '@plangate/sdk'
import { stacks } from '@plangate/test-plans'
import { chromium, visit } from './browser/chromium.ts'
import { pack } from './browser/pack.ts'
import { ask, type Asked, written } from './browser/script.ts'
import { testPlan } from './fixtures.ts'

const missing = chromium === undefined ? ' (skipped: no Chromium on PATH, nor in PLANGATE_CHROMIUM)' : ''
const guarded = chromium === undefined ? test.skip : test
const library = new Uint8Array(
  readFileSync(fileURLToPath(new URL('../../../policies/dist/library.tar.gz', import.meta.url))),
)

/**
 * Bytes of a page that gates a plan and prints what is wrong: what loads at once, gzipped. It is 95,245, of which zod is a
 * third; 3,500 more with the functions that reach out and those of the caller, which are loaded for who has some.
 */
const MOST = 100_000

const gating = "import { loadGate, renderText } from '@plangate/sdk'\nconsole.log(loadGate, renderText)"
const everything = "export * from '@plangate/sdk/browser'"

/** Rego that asks its host: for what JavaScript answers, and, for another name, what only Go does. */
const rego = `package main

answers := {name: value |
	some name, value in {
		"sprintf": sprintf("%5.2f %s %v %d", [1.5, "a", true, 7]),
		"regex": regex.replace(input.text, "(a+)(b)", "$2$1"),
		"split": regex.split("[,;]", input.text),
		"time": time.format([1700000000000000000, "UTC", "RFC3339"]),
		"now": time.clock(time.parse_rfc3339_ns("2026-11-21T10:00:00Z")),
		"md5": crypto.md5(input.text),
		"sha1": crypto.sha1(input.text),
		"sha256": crypto.sha256(input.text),
		"hmac": [crypto.hmac.md5(input.text, "key"), crypto.hmac.sha1(input.text, "key"), crypto.hmac.sha256(input.text, "key"), crypto.hmac.sha512(input.text, "")],
		"equal": crypto.hmac.equal("ab", "ab"),
		"semver": semver.compare("1.10.0", "1.9.3"),
		"units": units.parse_bytes("2Gi"),
		"cidr": net.cidr_expand("10.0.0.0/30"),
		"query": urlquery.encode_object({"a": ["b c", "&"]}),
		"hex": hex.encode(input.text),
		"patch": json.patch({"a": 1}, [{"op": "add", "path": "/b", "value": [input.text]}]),
		"steps": numbers.range_step(1, 9, 3),
		"large": 12345678901234567890 + 1,
		"set": {3, 1, 2},
	}
}

exact := input.number + 1

unsure := time.format([1700000000000000000, "Europe/Zurich", "RFC3339"])

`

const isOpa = (path: string): boolean => /\.\.\/opa\/|browser_wasi_shim/.test(path)
/** What is loaded where something is granted, or functions are given. */
const isRare = (path: string): boolean => /\/builtins\/(?:outside|request|custom|regotype)\.ts$/.test(path)

const bundleOf = async (source: string, entrypoints: readonly string[]): Promise<Uint8Array<ArrayBuffer>> => {
  const files = [{ path: 'main.rego', contents: new TextEncoder().encode(source) }]
  const request = { entrypoints, target: 'wasm', fallback: 'test', regoVersion: 1 } as const
  const { bundle, diagnostics } = (await loadOpa()).build(files, request)
  if (bundle === undefined) throw new Error(JSON.stringify(diagnostics))
  return new Uint8Array(bundle)
}

const opened = async (script: string, files: Readonly<Record<string, Uint8Array>>, body = '') => {
  const packed = await pack(`import { written } from './test/browser/script.ts'\n${script}`)
  // `as`: the test is skipped where there is none
  return visit(chromium as string, body, { ...files, ...packed.files })
}

const posting = (value: string) => `await fetch('/result', { method: 'POST', body: written(${value}) })\n`

describe(`in headless Chromium${missing}`, () => {
  guarded(
    'every stack is decided as in Node, byte for byte, and every error is the same',
    async () => {
      const plans = stacks().map(({ path, environment }, index) => ({ file: `${index}.json`, environment, path }))
      const question = { entrypoint: 'main/answers', input: { text: 'aab,é;😀' } }
      const asked: Asked = {
        stacks: plans.map(({ file, environment }) => ({ file, environment })),
        policies: [
          {
            file: 'policy.tar.gz',
            questions: [
              question,
              { ...question, numbers: 'exact' },
              { entrypoint: 'main/exact', inputText: '{"number": 9007199254740993}' },
              { entrypoint: 'main/moon' },
            ],
          },
        ],
      }
      const files: Record<string, Uint8Array<ArrayBuffer>> = {
        ...Object.fromEntries(plans.map(({ file, path }) => [file, new Uint8Array(readFileSync(path))])),
        'library.tar.gz': library,
        'policy.tar.gz': await bundleOf(rego, ['main/answers', 'main/exact', 'main/unsure']),
      }
      const script = `import * as sdk from '@plangate/sdk'
import { ask } from './test/browser/script.ts'

const get = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer())
${posting(`await ask(sdk, get, ${JSON.stringify(asked)})`)}`
      const { result, wrong } = await opened(script, files)
      const here: unknown = JSON.parse(written(await ask(sdk, async (name) => files[name] ?? new Uint8Array(), asked)))
      expect({ result, wrong }).toEqual({ result: here, wrong: [] })
    },
    180_000,
  )

  guarded(
    'what the page cannot do is refused with a code',
    async () => {
      const script = `import { loadGate, loadPolicy } from '@plangate/sdk'

const get = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer())
const refusals = {}
const refused = async (name, work) => {
  refusals[name] = await work().then(() => 'done', (error) => [error.code ?? error.name, error.message])
}
const gate = await loadGate(await get('library.tar.gz'))
const policy = await loadPolicy(await get('policy.tar.gz'))
await refused('a path', () => loadGate('library.tar.gz'))
await refused('an address', () => loadGate('https://127.0.0.1/library.tar.gz'))
await refused('a signature', async () => loadGate(await get('library.tar.gz'), { verification: { keys: {} } }))
await refused('a plan at a path', () => gate.evaluate('plan.json'))
await refused('a signal', () => gate.evaluate({}, { signal: new AbortController().signal }))
await refused('threads', async () => (await loadGate(await get('library.tar.gz'), { workers: 2 })).evaluate({}))
await refused('built-ins', async () => loadPolicy(await get('needs.tar.gz')))
await refused('a call', () => policy.evaluate({ entrypoint: 'main/unsure' }))
${posting('refusals')}`
      const { result, wrong } = await opened(script, {
        'library.tar.gz': library,
        'policy.tar.gz': await bundleOf(rego, ['main/unsure']),
        'needs.tar.gz': await bundleOf(
          'package main\n\nallow if io.jwt.verify_hs256(input.text, input.key)\n\nid := uuid.parse(input.id)',
          ['main/allow', 'main/id'],
        ),
      })
      expect({ result, wrong }).toEqual({
        result: {
          'a path': ['ERR_BUNDLE_NOT_FOUND', 'cannot read a bundle at `library.tar.gz`: a browser has no files'],
          'an address': ['ERR_BUNDLE_NOT_FOUND', 'a bundle is not loaded from an address in a browser'],
          'a signature': ['ERR_BUNDLE_UNVERIFIED', 'signatures of bundles are not verified in a browser'],
          'a plan at a path': ['ERR_INPUT_NOT_FOUND', 'cannot read a plan at `plan.json`: a browser has no files'],
          'a signal': [
            'ERR_ARGUMENT_INVALID',
            "`options.workers` is something else than 'none' where `signal` or `limits.milliseconds` is given",
          ],
          threads: [
            'ERR_ARGUMENT_INVALID',
            '`workers` are threads of Node: in a browser, load the gate inside a Worker of the page',
          ],
          'built-ins': [
            'ERR_OPA_MISSING',
            "only OPA's own code, which is not loaded, answers `io.jwt.verify_hs256`, `uuid.parse`",
          ],
          'a call': ['ERR_OPA_MISSING', "only OPA's own code, which is not loaded, answers `time.format`"],
        },
        wrong: [],
      })
    },
    180_000,
  )

  guarded(
    'with `opa.wasm` the page answers what only Go does',
    async () => {
      const source = `package main

unsure := time.format([1700000000000000000, "Europe/Zurich", "RFC3339"])

id := uuid.parse("00000000-0000-4000-8000-000000000000")

odd := yaml.unmarshal("a: [1, 2.50, b]")
`
      const questions = [{ entrypoint: 'main/unsure' }, { entrypoint: 'main/id' }, { entrypoint: 'main/odd' }]
      const bundle = await bundleOf(
        source,
        questions.map(({ entrypoint }) => entrypoint),
      )
      const wasm = readFileSync(fileURLToPath(new URL('../../opa/wasm/opa.wasm', import.meta.url)))
      const files = { 'policy.tar.gz': bundle, 'opa.wasm': new Uint8Array(wasm) }
      const script = `import { loadOpa, loadPolicy } from '@plangate/sdk/browser'

const code = (error) => error.code
const answers = [await loadOpa(await fetch('page.js')).catch(code), await loadOpa(new Uint8Array(8)).catch(code)]
await loadOpa(await fetch('opa.wasm'))
const policy = await loadPolicy(await (await fetch('policy.tar.gz')).arrayBuffer())
for (const question of ${JSON.stringify(questions)}) answers.push(await policy.evaluate(question))
${posting('answers')}`
      const { result, wrong } = await opened(script, files)
      const policy = await sdk.loadPolicy(bundle)
      const here = await Promise.all(questions.map((question) => policy.evaluate(question)))
      expect({ result, wrong }).toEqual({
        result: ['ERR_OPA_MISSING', 'ERR_OPA_MISSING', ...JSON.parse(written(here))],
        wrong: [],
      })
    },
    180_000,
  )

  guarded(
    'a Worker of the page decides, too',
    async () => {
      const packed = await pack(`import { loadGate } from '@plangate/sdk'

const get = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer())
const gate = await loadGate(await get('library.tar.gz'))
postMessage((await gate.evaluate(await get('plan.json'), { config: { environment: 'prod' } })).counts)
`)
      const { 'page.js': worker = new Uint8Array(), ...chunks } = packed.files
      const plan = new Uint8Array(readFileSync(testPlan('stacks', 'model-endpoint', 'open.plan.json')))
      const script = `const worker = new Worker('worker.js', { type: 'module' })
const counts = await new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => resolve(data)
  worker.onerror = ({ message }) => reject(new Error(message))
})
${posting('counts')}`
      const files = { 'library.tar.gz': library, 'plan.json': plan, 'worker.js': worker, ...chunks }
      const { result, wrong } = await opened(script, files)
      const { counts } = await (await sdk.loadGate(library)).evaluate(plan, { config: { environment: 'prod' } })
      expect({ result, wrong }).toEqual({ result: counts, wrong: [] })
    },
    180_000,
  )

  guarded(
    'the example of the README gates a plan',
    async () => {
      const readme = readFileSync(fileURLToPath(new URL('../../sdk/README.md', import.meta.url)), 'utf8')
      const example = /^```js\n([\s\S]*?)^```/m.exec(readme)?.[1] ?? ''
      const plan = new Uint8Array(readFileSync(testPlan('stacks', 'model-endpoint', 'open.plan.json')))
      const files = { 'library.tar.gz': library, 'plan.json': plan }
      const script = `${example}\n${posting("document.querySelector('pre').textContent")}`
      const { result, wrong } = await opened(script, files, '<pre></pre>')
      const gate = await sdk.loadGate(library)
      const decision = await gate.evaluate(plan, { config: { environment: 'prod' } })
      const text = sdk.renderText([decision], { names: ['plan.json'], catalogue: gate.catalogue })
      expect({ result, wrong }).toEqual({ result: text, wrong: [] })
      expect(text).toContain('FAIL - plan.json')
    },
    180_000,
  )
})

describe('the bundle for a browser', () => {
  test.each([
    ['of all that there is', everything],
    ['of what gates a plan', gating],
  ])('%s holds nothing of Node', async (_, script) => {
    const { modules, outside, files } = await pack(script)
    const texts = Object.values(files).map((bytes) => new TextDecoder().decode(bytes))
    expect({
      outside,
      node: modules.filter((path) => path.startsWith('node:')),
      named: texts.flatMap((text) => text.match(/["'`]node:[a-z_/]+|(?<![.\w$])Buffer\.\w+/g) ?? []),
    }).toEqual({ outside: [], node: [], named: [] })
  })

  test(`is at most ${MOST} bytes, gzipped, for what gates a plan`, async () => {
    const { first } = await pack(gating)
    process.stderr.write(`browser: ${first.bytes} bytes, ${first.gzipped} gzipped\n`)
    expect(first.gzipped).toBeLessThan(MOST)
  })

  test('loads nothing of OPA, and nothing that few need, unasked', async () => {
    const { first, modules } = await pack(gating)

    expect({ first: first.modules.filter(isOpa), known: modules.some(isOpa) }).toEqual({ first: [], known: true })
    expect({ first: first.modules.filter(isRare), known: modules.some(isRare) }).toEqual({ first: [], known: true })
  })

  test('holds less of what is not used', async () => {
    const { first } = await pack("import { PlangateError } from '@plangate/sdk'\nconsole.log(PlangateError)")
    expect(first.gzipped).toBeLessThan(20_000)
  })
})
