import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, afterEach, expect, jest, test } from '@jest/globals'
import { compileBundle } from '../src/index.ts'
import { evaluate, unordered } from './engine.ts'
import { type GeneratedModule, inputs, moduleOf, surroundings } from './generator/module.ts'
import { answers, because, compare, contentsOf, full, guarded, opa, report, type Subject } from './reference.ts'

// What is compared is not how fast this machine is.
jest.setTimeout(60 * 60_000)

const batches = full ? 20 : 1
const batchSize = full ? 100 : 25

const folder = mkdtempSync(join(tmpdir(), 'generated-'))
afterAll(() => rmSync(folder, { recursive: true }))

const { TZ } = process.env
afterEach(() => {
  jest.restoreAllMocks()
  if (TZ === undefined) delete process.env['TZ']
  else process.env['TZ'] = TZ
})

const run = (args: readonly string[], { input = '', cwd = folder } = {}): string => {
  const { status, stdout, stderr } = spawnSync(opa, args, {
    cwd,
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 120_000,
  })
  if (status !== 0) throw new Error(`opa ${args.slice(0, 4).join(' ')} … ended with ${status}: ${stderr}${stdout}`)
  return stdout
}

interface Batch {
  readonly modules: readonly GeneratedModule[]
  readonly files: Readonly<Record<string, string>>
  readonly name: string
}

/** Batches of the modules that OPA accepts, from seed 0 on, and the others, which are some in a thousand. */
const generate = (): { readonly made: readonly Batch[]; readonly refused: readonly Subject[] } => {
  const wanted = batchSize * batches
  const all = Array.from({ length: Math.ceil(wanted * 1.02) }, (_, seed) => moduleOf(seed))
  const subjects = all.map(({ seed, files, entrypoint }) => ({
    name: `seed ${seed}`,
    files: { ...surroundings, ...files },
    entrypoints: [entrypoint],
    regoVersion: 1 as const,
    target: 'rego' as const,
  }))
  const said = answers(subjects)
  const isRefused = (_: unknown, index: number): boolean => said[index]?.files === undefined
  const accepted = all.filter((module, index) => !isRefused(module, index)).slice(0, wanted)
  const made = Array.from({ length: batches }, (_, number) =>
    batchOf(number, accepted.slice(number * batchSize, (number + 1) * batchSize)),
  )
  return { made, refused: subjects.filter(isRefused) }
}

const batchOf = (number: number, modules: readonly GeneratedModule[]): Batch => {
  const files = Object.assign({ ...surroundings }, ...modules.map((each) => each.files))
  return { modules, files, name: `batch-${number}` }
}

/** A folder with files, written in that order. */
const written = (name: string, files: readonly (readonly [path: string, text: string])[]): string => {
  const root = join(folder, name)
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

/** The modules that `opa eval` cannot evaluate in a bundle: where it leaves a rule to the interpreter, `with` stops it. */
const beyondOpa = new Set<string>()
const stoppedAt = /wasm cannot be executed when 'with' statements are in-scope[^]*?"\/generated\/(m\d+)\.rego"/

/** The value of each module for each input, as `opa eval` gives it with `flag`; nothing where it is undefined. */
const byOpa = (
  { modules }: Batch,
  flag: '--bundle' | '--data',
  source: string,
  asked: readonly unknown[] = inputs,
): readonly unknown[] =>
  asked.map((input) => {
    const file = join(folder, 'input.json')
    writeFileSync(file, JSON.stringify(input))
    for (;;) {
      const names = modules.map(({ seed }) => `m${seed}`)
      const taken = names.filter((name) => flag === '--data' || !beyondOpa.has(name))
      const query = `{${taken.map((name) => `"${name}": [x | x := data.generated.${name}]`).join(', ')}}`
      try {
        const output = run(['eval', '--format', 'json', flag, source, '--input', file, '--stdin'], { input: query })
        return JSON.parse(output).result[0].expressions[0].value
      } catch (error) {
        const name = stoppedAt.exec(`${error}`)?.[1]
        if (name === undefined || beyondOpa.has(name)) throw error
        beyondOpa.add(name)
      }
    }
  })

/**
 * Whether a module has `with`. Where `opa eval` leaves such a rule of a bundle to its interpreter, it may be wrong: our
 * engine, which runs WebAssembly alone, has to be right all the same.
 */
const mocks = ({ files }: Batch, module: string): boolean =>
  (files[`generated/${module}.rego`] ?? '').includes(' with ')

/** The same by our own engine. */
const byEngine = async ({ modules }: Batch, bundle: Uint8Array): Promise<readonly unknown[]> => {
  const entrypoints = modules.map(({ entrypoint }) => entrypoint)
  const values = await evaluate(bundle, entrypoints, inputs)
  return values.map((each) =>
    Object.fromEntries(modules.map(({ seed }, index) => [`m${seed}`, each[index] === undefined ? [] : [each[index]]])),
  )
}

/** What `opa inspect` says, without what only our manifest says. */
const inspected = (bundle: string): unknown => {
  const { manifest, ...rest } = JSON.parse(run(['inspect', '--format', 'json', bundle]).replaceAll(bundle, ''))
  return { ...rest, wasm: manifest.wasm }
}

/** The rules that have another value, by module and number of the input. */
const differing = (
  ours: readonly unknown[],
  theirs: readonly unknown[],
  compared: (value: unknown) => unknown,
): readonly { readonly module: string }[] =>
  theirs.flatMap((expected, input) => {
    // `as`: both are objects by module, each of one document or none
    const [a, b] = [ours[input], expected] as readonly Readonly<
      Record<string, readonly Readonly<Record<string, unknown>>[]>
    >[]
    const evaluated = Object.keys(b ?? {}).filter((name) => a !== undefined && name in a)
    return evaluated.flatMap((name) => {
      const [left, right] = [a?.[name]?.[0] ?? {}, b?.[name]?.[0] ?? {}]
      return [...new Set([...Object.keys(left), ...Object.keys(right)])]
        .filter((rule) => !isDeepStrictEqual(compared(left[rule]), compared(right[rule])))
        .map((rule) => ({ module: name, rule, input, ours: left[rule], theirs: right[rule] }))
    })
  })

guarded(
  `generated modules have the same value in our bundle, in that of opa build, and in their sources${because}`,
  async () => {
    let [modules, defined] = [0, 0]
    const differences: unknown[] = []
    let wrong = 0
    const { made, refused } = generate()
    const comparison = await compare(refused)
    expect(comparison.differences).toEqual([])
    for (const batch of made) {
      const sources = written(batch.name, Object.entries(batch.files))
      const [ours, theirs] = [`${sources}-ours.tar.gz`, `${sources}-theirs.tar.gz`]
      const entrypoints = batch.modules.map(({ entrypoint }) => entrypoint).sort()
      const { bundle, diagnostics } = await compileBundle({ sources, entrypoints, revision: '' })
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
      writeFileSync(ours, bundle ?? new Uint8Array())
      run(['build', '-t', 'wasm', ...entrypoints.flatMap((name) => ['-e', name]), '-o', theirs, '-b', '.'], {
        cwd: sources,
      })

      const expected = byOpa(batch, '--data', sources)
      const byBundle = byOpa(batch, '--bundle', ours)
      // What is left to compare once the files of both are equal byte for byte is how opa takes our manifest.
      expect(await contentsOf(readFileSync(ours))).toEqual(await contentsOf(readFileSync(theirs)))
      const byTheirs = byOpa(batch, '--bundle', theirs, inputs.slice(0, 1))
      expect(differing(byTheirs, byBundle.slice(0, 1), (value) => value)).toEqual([])
      const byOpaOnly = differing(byBundle, expected, (value) => value)
      wrong += byOpaOnly.filter(({ module }) => mocks(batch, module)).length
      differences.push(
        ...byOpaOnly.filter(({ module }) => !mocks(batch, module)),
        ...differing(await byEngine(batch, bundle ?? new Uint8Array()), expected, unordered),
      )
      expect(inspected(ours)).toEqual(inspected(theirs))
      modules += batchSize
      defined += JSON.stringify(expected).match(/"r\d+"/g)?.length ?? 0
    }
    report(
      'generated',
      `${modules} modules on ${inputs.length} inputs, ${differences.length} values different in our bundle (our engine, opa), in opa's and in the sources, of ${defined}; ${refused.length} more modules refused alike, ${beyondOpa.size} that opa eval stops at and ${wrong} values that it has wrong, both for \`with\` in a bundle`,
    )
    expect(differences).toEqual([])
  },
)

test('generated modules give the same bytes in another order, folder, zone and time, and from memory', async () => {
  const modules = Array.from({ length: 15 }, (_, seed) => moduleOf(seed))
  const { files } = batchOf(0, modules)
  const entrypoints = modules.map(({ entrypoint }) => entrypoint)
  const { bundle: first } = await compileBundle({ sources: written('one', Object.entries(files)), entrypoints })

  const backwards = written('another/place', Object.entries(files).toReversed())
  for (const path of Object.keys(files)) utimesSync(join(backwards, path), 1, 1)
  const cwd = process.cwd()
  process.chdir(folder)
  process.env['TZ'] = 'Pacific/Kiritimati'
  jest.spyOn(Date, 'now').mockReturnValue(0)
  try {
    const given = { entrypoints: entrypoints.toReversed() }
    const { bundle: second } = await compileBundle({ sources: join('another', 'place'), ...given })
    const { bundle: third } = await compileBundle({
      sources: Object.fromEntries(Object.entries(files).toReversed()),
      ...given,
    })
    expect([second, third].map((bundle) => Buffer.from(bundle ?? []).equals(first ?? Buffer.of()))).toEqual([
      true,
      true,
    ])
  } finally {
    process.chdir(cwd)
  }
})
