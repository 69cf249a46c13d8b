import type { Diagnostic } from '../types.ts'
import { excerpt, type Lines, linesOf } from './excerpt.ts'

/** The colours of a text, each a function from text to coloured text. `picocolors` is one. */
export interface Palette {
  readonly bold: (text: string) => string
  readonly cyan: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly yellow: (text: string) => string
}

const same = (text: string): string => text
/** No colours. */
export const PLAIN: Palette = { bold: same, cyan: same, dim: same, red: same, yellow: same }

/** The texts of the sources, by the name that diagnostics give them. */
export type SourceTexts = Readonly<Record<string, string>> | ReadonlyMap<string, string>

interface TextOptions {
  readonly sources: SourceTexts
  readonly color?: Palette
  readonly columns: number
}

/** Below this a line of a source says nothing any more; above it nobody reads it. */
const narrow = 40
const widest = 160

/** Returns diagnostics as blocks: a line that editors understand, the place in the source, why, and how to mend it. */
export const renderText = (
  diagnostics: readonly Diagnostic[],
  { sources, color = PLAIN, columns }: TextOptions,
): string => {
  const known = new Map<string, Lines | undefined>()
  const linesFor = (file: string): Lines | undefined => {
    if (!known.has(file)) known.set(file, read(sources, file))
    return known.get(file)
  }
  const width = Math.max(narrow, Math.min(columns, widest))
  return diagnostics.map((diagnostic) => `${block(diagnostic, linesFor(diagnostic.file), color, width)}\n`).join('\n')
}

const read = (sources: SourceTexts, file: string): Lines | undefined => {
  const text = sources instanceof Map ? sources.get(file) : Object.entries(sources).find(([name]) => name === file)?.[1]
  return text === undefined ? undefined : linesOf(text)
}

const block = (diagnostic: Diagnostic, source: Lines | undefined, color: Palette, width: number): string => {
  const { severity, message, code, hint, details = [] } = diagnostic
  const paint = severity === 'error' ? color.red : color.yellow
  const [title = '', ...more] = message.split('\n')
  const place = placeOf(diagnostic)
  const head = `${place === '' ? '' : `${place}: `}${paint(severity)}: ${color.bold(title)} ${color.dim(`[${code}]`)}`
  const row = (label: string, texts: readonly string[]): readonly string[] =>
    texts.map((text, at) => `  ${color.dim((at === 0 ? label : '').padEnd(6))} ${text}`)
  return [
    head,
    ...(source === undefined ? [] : picture(diagnostic, source, color, width)),
    ...row(
      'why',
      [...more, ...details].map((text) => text.replaceAll('\t', '  ').trimEnd()),
    ),
    ...row('fix', hint?.split('\n') ?? []),
  ].join('\n')
}

/** Where something is, as editors and terminals make a link of: `file:line:column`. */
const placeOf = ({ file, line, column }: Diagnostic): string =>
  [file, line, column].filter((part) => part !== '' && part !== 0).join(':')

const picture = (diagnostic: Diagnostic, source: Lines, color: Palette, width: number): readonly string[] => {
  const paint = diagnostic.severity === 'error' ? color.red : color.yellow
  const digits = String(Math.max(diagnostic.line, diagnostic.endLine)).length
  const gutter = (number: string): string => `  ${color.cyan(`${number.padStart(digits)} |`)}`
  const lines = excerpt(source, diagnostic, width - digits - 5)
  if (lines.length === 0) return []
  return [
    gutter(''),
    ...lines.flatMap((line) => {
      if (line === 'gap') return [`  ${color.cyan('…'.padStart(digits))}`]
      const carets = line.carets.replaceAll(/\^+/g, (run) => paint(run))
      const text = line.text === '' ? '' : ` ${line.text}`
      return [`${gutter(String(line.number))}${text}`, ...(carets === '' ? [] : [`${gutter('')} ${carets}`])]
    }),
  ]
}
