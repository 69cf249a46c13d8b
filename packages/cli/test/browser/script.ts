import type * as node from '@plangate/sdk'

/** What a browser and Node have in common. */
export type Sdk = Pick<typeof node, 'loadGate' | 'loadPolicy' | 'renderJson' | 'renderText' | 'PlangateError'>

/** What is asked: the names of files, and with what. */
export interface Asked {
  readonly stacks: readonly { readonly file: string; readonly environment: 'dev' | 'stage' | 'prod' }[]
  readonly policies: readonly { readonly file: string; readonly questions: readonly node.Question[] }[]
}

/**
 * Returns what the SDK says in a browser or in Node, as JSON can: all that is to be equal.
 *
 * @param get returns the bytes of a file
 */
export const ask = async (
  sdk: Sdk,
  get: (file: string) => Promise<Uint8Array<ArrayBuffer>>,
  { stacks, policies }: Asked,
): Promise<readonly unknown[]> => {
  const said: unknown[] = []
  const outcome = async (name: string, work: () => Promise<unknown>) => {
    try {
      said.push([name, await work()])
    } catch (error) {
      said.push([name, error instanceof sdk.PlangateError ? error.toJSON() : String(error)])
    }
  }
  const library = await get('library.tar.gz')
  const gate = await sdk.loadGate(library)
  said.push(['bundle', gate.bundle, gate.namespaces, gate.catalogue.length])
  for (const { file, environment } of stacks) {
    const bytes = await get(file)
    const call = { config: { environment }, clock: () => new Date('2026-11-21T10:00:00Z') }
    const decision = await gate.evaluate(bytes, call)
    const sources = [new Blob([bytes]).stream(), pieces(bytes, 1000), bytes.slice().buffer]
    for (const source of sources) {
      if (sdk.renderJson([await gate.evaluate(source, call)]) !== sdk.renderJson([decision]))
        said.push(['differs', file])
    }
    const parsed = await gate.evaluate(JSON.parse(new TextDecoder().decode(bytes)), call)
    said.push([file, sdk.renderJson([decision]), parsed.findings.length, parsed.verdict])
    said.push([file, sdk.renderText([decision], { names: [file], catalogue: gate.catalogue })])
  }
  const plan = await get(stacks[0]?.file ?? '')
  const all: unknown[] = []
  for await (const { index, decision, error } of gate.evaluateAll([plan, new Uint8Array([0x7b]), plan])) {
    all.push([index, decision?.verdict, error?.code])
  }
  said.push(['evaluateAll', all])

  for (const length of [0, 1, 100, plan.length - 2])
    await outcome(`${length} bytes`, () => gate.evaluate(plan.slice(0, length)))
  await outcome('no UTF-8', () => gate.evaluate(plan.with(plan.indexOf(0x22) + 1, 0xff)))
  await outcome('an object that is no plan', () => gate.evaluate({ a: 1 }))
  await outcome('a limit', () => gate.evaluate(plan, { limits: { bytes: 10 } }))
  await outcome('little memory', () => gate.evaluate(plan, { limits: { memoryBytes: 1 } }))
  await outcome('a configuration', () => gate.evaluate(plan, JSON.parse('{"config": {"environment": "moon"}}')))
  await outcome('a namespace', () => sdk.loadGate(library, { namespaces: ['moon'] }))
  await outcome('data', () => sdk.loadGate(library, { data: { plangate: { lib: 1 } } }))
  // What a browser says about gzip is its own.
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'loaded',
      (error: unknown) => (error instanceof sdk.PlangateError ? error.code : String(error)),
    )
  await outcome('no archive', () => codeOf(sdk.loadGate(plan)))
  await outcome('half an archive', () => codeOf(sdk.loadGate(library.slice(0, library.length / 2))))
  await outcome('a damaged archive', () =>
    codeOf(sdk.loadGate(library.with(library.length - 6, (library.at(-6) ?? 0) ^ 1))),
  )
  await outcome('bytes behind an archive', () => codeOf(sdk.loadGate(new Uint8Array([...library, 0x61]))))
  const twice = new Uint8Array([...library, ...library])
  await outcome('an archive behind an archive', () => codeOf(sdk.loadGate(twice)))
  await outcome('a bundle too large', () => sdk.loadGate(library, { limits: { bytes: 1000 } }))

  for (const { file: name, questions } of policies) {
    const policy = await sdk.loadPolicy(await get(name))
    said.push([policy.entrypoints, policy.builtins])
    for (const question of questions) await outcome(JSON.stringify(question), () => policy.evaluate(question))
  }
  return said
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
}

/** Returns JSON, in which an integer of any size is a text. */
export const written = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part))
