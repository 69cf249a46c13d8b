import { type Inspection, cleanText } from '@plangate/compiler'
import type { Palette } from '@plangate/sdk'
import * as z from 'zod'
import type { Style } from './terminal.ts'

const Path = z.array(z.string())

/** What plangate's compiler says of the input that a bundle reads; what it may say beyond that is passed over. */
const Reads = z.looseObject({
  sets: z.array(
    z.looseObject({
      input: z.array(z.union([Path, z.looseObject({ at: Path, key: Path, in: z.array(z.string()) })])).default([]),
    }),
  ),
})

const Annotation = z.looseObject({
  title: z.string().optional(),
  description: z.string().optional(),
  scope: z.string().optional(),
  entrypoint: z.boolean().optional(),
})

/** What is shown of the JSON of `opa inspect`. */
const Said = z.looseObject({
  manifest: z
    .looseObject({
      revision: z.string().default(''),
      roots: z.array(z.string()).nullish(),
      rego_version: z.number().optional(),
      metadata: z
        .looseObject({ plangate: z.looseObject({ compiler: z.string(), opa: z.string(), reads: z.unknown() }) })
        .optional()
        .catch(undefined),
    })
    .optional(),
  namespaces: z.record(z.string(), z.array(z.string())).default({}),
  annotations: z
    .array(
      z.looseObject({
        path: z.array(z.looseObject({ value: z.unknown() })).optional(),
        location: z.looseObject({ file: z.string(), row: z.number() }).optional(),
        annotations: Annotation.optional(),
      }),
    )
    .default([]),
  capabilities: z.looseObject({ features: z.array(z.string()).nullish() }).optional(),
})
type Said = z.infer<typeof Said>

/** What a stranger has written may hold a credential, or what a terminal would take for a command. */
function shown(_: string, value: unknown): unknown {
  return typeof value === 'string' ? cleanText(value) : value
}

type Section = readonly [title: string, lines: readonly string[]]

/** What is in a bundle as text: OPA's report and ours, one section for each thing that there is. */
export function inspectionText(
  path: string,
  opa: string,
  found: Inspection,
  style: Style & { readonly explain: boolean },
): string {
  const { color } = style
  const said = Said.parse(JSON.parse(opa, shown))
  // `as`: the same shape, with texts that may be shown
  const plangate = JSON.parse(JSON.stringify(found), shown) as Inspection
  const sections: readonly Section[] = [
    [
      '',
      [
        `${color.bold(path)} ${color.dim(kindOf(plangate))}`,
        ...rows(facts(said, plangate), style).map((line) => `  ${line}`),
      ],
    ],
    ['policies', policies(plangate, color)],
    ['entrypoints', plangate.entrypoints],
    [
      'namespaces',
      pairs(
        Object.entries(said.namespaces).sort(([a], [b]) => (a < b ? -1 : 1)),
        color,
      ),
    ],
    ['built-in functions', rows(builtins(plangate), style)],
    ['input that is read', reads(said, style)],
    ['type index', typeIndex(plangate, style)],
    ['needed of OPA', said.capabilities?.features ?? []],
    ['files', files(plangate)],
    ['annotations', annotations(said, color)],
  ]
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) =>
      title === '' ? lines.join('\n') : [color.bold(title), ...lines.map((line) => `  ${line}`)].join('\n'),
    )
    .join('\n\n')
    .concat('\n')
}

function kindOf({ kind }: Inspection): string {
  return { archive: 'bundle', folder: 'folder', file: 'file' }[kind]
}

function facts({ manifest }: Said, { sha256, sizes, signature }: Inspection): readonly (readonly [string, string])[] {
  const { revision = '', roots, rego_version: version, metadata } = manifest ?? {}
  const packed = sizes.packed === undefined ? '' : `${bytes(sizes.packed)} packed, `
  const wasm = sizes.wasm === undefined ? '' : `, of which WebAssembly ${bytes(sizes.wasm)}`
  return [
    ...(revision === '' ? [] : [['revision', revision] as const]),
    ...(sha256 === undefined ? [] : [['sha256', sha256] as const]),
    ...(manifest === undefined ? [] : [['roots', rootsText(roots ?? [''])] as const]),
    ...(version === undefined ? [] : [['rego', `v${version}`] as const]),
    ...(metadata === undefined
      ? []
      : [['built by', `plangate ${metadata.plangate.compiler}, OPA ${metadata.plangate.opa}`] as const]),
    [
      'size',
      `${packed}${bytes(sizes.unpacked)} in ${sizes.files.length} file${sizes.files.length === 1 ? '' : 's'}${wasm}`,
    ],
    ['signature', signatureText(signature)],
  ]
}

function rootsText(roots: readonly string[]): string {
  return roots.map((root) => (root === '' ? 'all of data' : root)).join(', ')
}

function signatureText(signature: Inspection['signature']): string {
  if (signature === null) return 'none'
  if ('problem' in signature) return `not valid: ${signature.problem}`
  const key = signature.keyId === '' ? 'no key id' : `key ${signature.keyId}`
  return `${signature.algorithm}, ${key} (not verified here: \`plangate bundle verify\`)`
}

function policies({ catalogue }: Inspection, color: Palette): readonly string[] {
  const width = Math.max(...catalogue.map(({ id }) => id.length))
  return catalogue.map(({ id, severity, title }) => `${id.padEnd(width)}  ${severity.padEnd(8)}  ${color.dim(title)}`)
}

function builtins({ builtins: { native, host }, entrypoints }: Inspection): readonly (readonly [string, string])[] {
  if (native.length + host.length + entrypoints.length === 0) return []
  return [
    ['native', native.join(', ') || 'none'],
    ['of the host', host.join(', ') || 'none'],
  ]
}

function reads({ manifest }: Said, { columns }: Style): readonly string[] {
  const parsed = Reads.safeParse(manifest?.metadata?.plangate.reads)
  if (!parsed.success) return []
  const inputs = parsed.data.sets.flatMap(({ input }) => input)
  const whole = inputs.flatMap((path) => (Array.isArray(path) ? [pathText(path)] : []))
  // Each policy asks for its own values; together they are one list.
  const some = new Map<string, readonly string[]>()
  for (const path of inputs) {
    if (Array.isArray(path)) continue
    const name = `${pathText(path.at)} where ${path.key.join('.')} is one of`
    some.set(name, [...(some.get(name) ?? []), ...path.in])
  }
  return [
    ...[...new Set(whole)].sort(),
    ...[...some].flatMap(([name, values]) => [
      name,
      ...wrapped([...new Set(values)].sort().join(', '), Math.min(columns, 110) - 6).map((line) => `    ${line}`),
    ]),
  ]
}

/** How often an index is looked into, or each walk that does: what was written, and what was compiled. */
function typeIndex({ typeIndex: found }: Inspection, style: { readonly explain: boolean; readonly color: Palette }) {
  if (found === undefined)
    return style.explain
      ? ['no walk of resources looks into one: `plangate build` makes it where about eight could']
      : []
  const walks = found.length === 1 ? '1 walk of resources looks' : `${found.length} walks of resources look`
  if (!style.explain) return [`${walks} into it (\`--explain\` shows each)`]
  return found.flatMap(({ file, line, before, after, types }) => [
    `${file}:${line}  ${style.color.dim(types.length === 0 ? 'any type' : types.join(', '))}`,
    `  - ${before}`,
    `  + ${after}`,
  ])
}

function pathText(path: readonly string[]): string {
  return ['input', ...path].join('.')
}

function files({ sizes }: Inspection): readonly string[] {
  const width = Math.max(...sizes.files.map((file) => bytes(file.bytes).length))
  return sizes.files.map((file) => `${bytes(file.bytes).padStart(width)}  ${file.path}`)
}

function annotations({ annotations: found }: Said, color: Palette): readonly string[] {
  return found.flatMap(({ path = [], location, annotations: said }) => {
    const name = path.map(({ value }) => String(value)).join('.')
    const place = location === undefined ? '' : `${location.file}:${location.row}`
    const about = [said?.scope, said?.entrypoint === true ? 'entrypoint' : undefined].filter(
      (each) => each !== undefined,
    )
    return [
      `${name} ${color.dim([...about, place].join(', '))}`,
      ...[said?.title, said?.description].flatMap((text) =>
        text === undefined || text.trim() === ''
          ? []
          : text
              .trim()
              .split('\n')
              .map((line) => `  ${line}`),
      ),
    ]
  })
}

/** Facts with their labels in a column; long lists wrap at spaces, below their first line. */
function rows(labelled: readonly (readonly [string, string])[], { color, columns }: Style): readonly string[] {
  const width = Math.max(0, ...labelled.map(([label]) => label.length))
  return labelled.flatMap(([label, text]) =>
    wrapped(text, Math.min(columns, 110) - width - 4).map(
      (line, at) => `${color.dim((at === 0 ? label : '').padEnd(width))}  ${line}`,
    ),
  )
}

function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > columns) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

function pairs(entries: readonly (readonly [string, readonly string[]])[], color: Palette): readonly string[] {
  const width = Math.max(0, ...entries.map(([name]) => name.length))
  return entries.flatMap(([name, values]) =>
    values.map((value, at) => `${(at === 0 ? cleanText(name) : '').padEnd(width)}  ${color.dim(value)}`),
  )
}

/** A size as people read it: `12 B`, `3.4 kB`, `5.6 MB`. */
function bytes(count: number): string {
  if (count < 1000) return `${count} B`
  return count < 1_000_000 ? `${(count / 1000).toFixed(1)} kB` : `${(count / 1_000_000).toFixed(1)} MB`
}
