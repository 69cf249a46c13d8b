import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { checkPolicies } from '../src/index.ts'
import { loadResources } from '../src/providers.ts'

const inRepository = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

const aws = inRepository('test-plans/inputs/aws.providers.json')
const library = inRepository('policies/plangate')

const sources: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(library, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.rego') && !path.endsWith('_test.rego'))
    .toSorted()
    .map((path) => [path, readFileSync(join(library, path), 'utf8')]),
)

const isFull = process.env['PLANGATE_TEST_FULL'] !== undefined

/** What has the name of an attribute and is none, or is one of a type that this version of the provider does not have. */
const others: readonly (readonly [file: RegExp, line: RegExp])[] = [
  [/lib\/(plan|credentials)\/|secrets\/(variable|provider_block)\//, /./],
  [/secrets\/pod_environment\//, /./], // of Kubernetes
  [/lib\/environment\//, /"environment"|"command"|object\.get/], // in JSON
  [/secrets\/job_environment\//, /"nodeRangeProperties"/], // in JSON
  [/lib\/network\//, /some direction|_standing\(/],
  [/unbounded_batch\//, /config\.parameter/],
  [/lib\/gpu\//, /"aws_autoscaling_group": \["instance_type"\]/],
  [/foundation_models\/(unlogged_|foreign_invocation_log)/, /./], // whose blocks are objects in this version
  // Of types that this version does not have.
  [/agents\/(any_token|gateway_|memory_(expiry|key)|open_|public_|token_vault|unpinned|unrecorded)|vector_bucket/, /./],
  [/agents\/(flow_key|unguarded_flow)|lib\/guardrails/, /./],
  [/guardrails\//, /"input"/], // a direction
  [/identity\/un(scoped_pass_role|restricted_invoke_model)\//, /"condition"|"not_resources"/], // of a document
  [/lib\/(batch|iam\/denials|iam\/principals)\//, /./], // in JSON and in documents
  [/privileged_job\//, /"user"/], // in JSON
  [/lib\/iam\/roles\//, /aws_(sagemaker_training_job|bedrockagent_flow|bedrockagentcore|sagemaker_endpoint_conf)/],
]

interface Constant {
  readonly file: string
  readonly name: string
  readonly at: number
}

interface Shape {
  readonly attributes?: Readonly<Record<string, Shape>>
  readonly list?: Shape
  readonly map?: Shape
}

const namesOf = (shape: Shape | null | undefined): readonly string[] =>
  shape === null || shape === undefined
    ? []
    : [
        ...Object.entries(shape.attributes ?? {}).flatMap(([name, inner]) => [name, ...namesOf(inner)]),
        ...namesOf(shape.list),
        ...namesOf(shape.map),
      ]

/** The strings in lists and arguments that are names of attributes. */
const constantsOf = (file: string, text: string, names: ReadonlySet<string>): readonly Constant[] =>
  [...text.matchAll(/(?<=[[(,]\s*)"([a-z0-9_]+)"(?!:)/g)]
    .map((match): Constant => ({ file, name: match[1] ?? '', at: match.index }))
    .filter(({ name, at }) => {
      const line = text.slice(text.lastIndexOf('\n', at) + 1).split('\n')[0] ?? ''
      return names.has(name) && !line.startsWith('#') && !others.some(([f, l]) => f.test(file) && l.test(line))
    })

/** The name with two letters of its middle swapped. */
const misspelt = (name: string): string => {
  const swaps = [...name].map((_, i) => name.slice(0, i) + (name[i + 1] ?? '') + name[i] + name.slice(i + 2))
  const [swap = name] = swaps.slice(Math.floor(name.length / 2), -1).filter((each) => each !== name && !/__/.test(each))
  return swap === name ? `${name}x` : swap
}

/** How many of the misspellings, one in each file, are found at their place, and with the right name as the hint. */
const plant = async (constants: readonly Constant[]) => {
  const planted = { ...sources }
  for (const { file, name, at } of constants) {
    const text = sources[file] ?? ''
    planted[file] = `${text.slice(0, at)}"${misspelt(name)}"${text.slice(at + name.length + 2)}`
  }
  const { diagnostics } = await checkPolicies({ sources: planted, providerSchemas: [aws], maxErrors: 0 })
  return constants.map(({ file, name, at }) => {
    const before = (sources[file] ?? '').slice(0, at)
    const column = at - before.lastIndexOf('\n')
    const found = diagnostics.find(
      (each) =>
        each.code === 'unknown_attribute' &&
        each.severity === 'error' &&
        each.file.endsWith(file) &&
        each.line === before.split('\n').length &&
        each.column === column &&
        each.endColumn === column + misspelt(name).length + 2 &&
        each.message.endsWith(`no attribute \`${misspelt(name)}\``),
    )
    return { found: found !== undefined, meant: found?.hint === `did you mean \`${name}\`?` }
  })
}

test('misspelt paths of attributes are found through the functions of the library', async () => {
  const names = new Set(Object.values(await loadResources([aws], Object.values(sources))).flatMap(namesOf))
  const byFile = Object.entries(sources).map(([file, text]) => constantsOf(file, text, names))
  const results: Awaited<ReturnType<typeof plant>>[number][] = []
  if (isFull) {
    const most = Math.max(...byFile.map(({ length }) => length))
    for (let round = 0; round < most; round += 1) {
      const constants = byFile.flatMap((all) => all[round] ?? [])
      for (const isLibrary of [true, false]) {
        results.push(...(await plant(constants.filter(({ file }) => file.startsWith('lib') === isLibrary))))
      }
    }
  } else {
    results.push(...(await plant(byFile.flatMap((all) => all[1 % Math.max(all.length, 1)] ?? []))))
  }
  const found = results.filter((each) => each.found).length
  const meant = results.filter((each) => each.meant).length
  process.stdout.write(`${found} of ${results.length} misspellings found, ${meant} with the right name\n`)
  expect(results.length).toBeGreaterThanOrEqual(isFull ? 250 : 37)
  expect(found / results.length).toBeGreaterThanOrEqual(isFull ? 0.85 : 0.81)
  expect(meant / results.length).toBeGreaterThanOrEqual(isFull ? 0.75 : 0.75)
}, 600_000)
