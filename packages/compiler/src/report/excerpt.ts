import { MASK, maskCredentials } from '@plangate/bundle'
import type { Diagnostic } from '../types.ts'

/** One line of a source as it is shown, and the carets below it. */
export interface ExcerptLine {
  readonly number: number
  readonly text: string
  readonly carets: string
}

/** A source with the offsets at which its lines begin. */
export interface Lines {
  readonly text: string
  readonly starts: readonly number[]
}

/** Returns a source whose lines can be looked up. */
export const linesOf = (text: string): Lines => {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return { text, starts }
}

// How much around a place is searched for credentials: the longest private keys take less. Nothing is shown further off.
const CONTEXT = 16_384
// Of a range over more lines only the first and the last are shown.
const WHOLE = 3
const TAB = '    '

type Range = Pick<Diagnostic, 'line' | 'column' | 'endLine' | 'endColumn'>

/**
 * Returns the lines that a range is about, none longer than `columns`, with what looks like a credential masked.
 *
 * Carets stand below the range as a terminal shows it: tabs are four spaces, wide characters two columns. What a terminal
 * could take for a command, or cannot show, is replaced. A line that the source does not have is left out.
 */
export const excerpt = (lines: Lines, range: Range, columns: number): readonly (ExcerptLine | 'gap')[] => {
  const { line, endLine } = range
  if (line < 1) return []
  const last = Math.max(line, endLine)
  const between = Array.from({ length: Math.min(last - line + 1, WHOLE) }, (_, at) => line + at)
  const numbers = last - line < WHOLE ? between : [line, last]
  const shown = numbers.flatMap((number) => lineAt(lines, number, range, columns) ?? [])
  const [first, ...rest] = shown
  return last - line < WHOLE || first === undefined || rest.length === 0 ? shown : [first, 'gap', ...rest]
}

const lineAt = (lines: Lines, number: number, range: Range, columns: number): ExcerptLine | undefined => {
  const { text, starts } = lines
  const start = starts[number - 1]
  if (start === undefined) return undefined
  const next = starts[number]
  const end = next === undefined ? text.length : next - (text[next - 2] === '\r' ? 2 : 1)
  const from = number === range.line ? offsetOf(text, start, end, range.column) : indentEnd(text, start, end)
  const to =
    number === range.endLine ? offsetOf(text, start, end, range.endColumn) : number < range.endLine ? end : from
  return { number, ...clip(cellsOf(text, start, end, from, Math.max(to, from), columns), columns) }
}

/** The offset of a column, which counts characters and not the halves that JavaScript makes of some. */
const offsetOf = (text: string, start: number, end: number, column: number): number => {
  let at = start
  for (let left = column - 1; left > 0 && at < end; left -= 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
  return Math.min(at, end)
}

const indentEnd = (text: string, start: number, end: number): number => {
  let at = start
  while (at < end && /\s/.test(text[at] ?? '')) at += 1
  return at
}

interface Cell {
  readonly text: string
  readonly width: number
  readonly marked: boolean
}

/** The line, or the part of a long one around `from`, as cells; the range `from`..`to` is marked, a place as one cell. */
const cellsOf = (text: string, start: number, end: number, from: number, to: number, columns: number): Cell[] => {
  const near = { from: Math.max(start, from - 2 * columns), to: Math.min(end, from + 2 * columns) }
  const isMarked = (at: number, until: number): boolean => at < Math.max(to, from + 1) && until > from
  const cells: Cell[] = near.from > start ? [{ text: '…', width: 1, marked: false }] : []
  for (const piece of pieces(text, from)) {
    const [at, until] = [Math.max(piece.from, near.from), Math.min(piece.to, near.to)]
    if (at >= until) continue
    if (piece.masked) cells.push({ text: MASK, width: MASK.length, marked: isMarked(at, until) })
    else {
      let offset = at
      for (const char of text.slice(at, until)) {
        cells.push({ ...visible(char), marked: isMarked(offset, offset + char.length) })
        offset += char.length
      }
    }
  }
  if (near.to < end) cells.push({ text: '…', width: 1, marked: false })
  else if (from >= end) cells.push({ text: ' ', width: 1, marked: true })
  return cells
}

interface Piece {
  readonly from: number
  readonly to: number
  readonly masked: boolean
}

/** The text around `place` in pieces: those that stand as they are, and those that a mask takes the place of. */
const pieces = (text: string, place: number): readonly Piece[] => {
  const base = Math.max(0, place - CONTEXT)
  const part = text.slice(base, place + CONTEXT)
  const kept = maskCredentials(part).split(MASK)
  const found: Piece[] = []
  let at = 0
  kept.forEach((literal, index) => {
    if (index > 0) {
      // A secret is at least one character; the last literal is what the text ends with.
      const next = index === kept.length - 1 ? part.length - literal.length : part.indexOf(literal, at + 1)
      found.push({ from: base + at, to: base + next, masked: true })
      at = next
    }
    found.push({ from: base + at, to: base + at + literal.length, masked: false })
    at += literal.length
  })
  return found
}

const wide =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u

const visible = (char: string): Pick<Cell, 'text' | 'width'> => {
  if (char === '\t') return { text: TAB, width: TAB.length }
  if (/[\p{C}\u2028\u2029]/u.test(char)) return { text: '\ufffd', width: 1 }
  if (/\p{Mn}|\p{Me}/u.test(char)) return { text: char, width: 0 }
  return { text: char, width: wide.test(char) ? 2 : 1 }
}

/** The cells as text with carets, cut on both sides where they take more than `columns`. */
const clip = (cells: readonly Cell[], columns: number): Pick<ExcerptLine, 'text' | 'carets'> => {
  const widthOf = (some: readonly Cell[]): number => some.reduce((sum, { width }) => sum + width, 0)
  const dots: Cell = { text: '…', width: 1, marked: false }
  let shown = cells
  if (widthOf(cells) > columns) {
    const first = cells.findIndex(({ marked }) => marked)
    const before = Math.max(0, first - Math.floor(columns / 3))
    const rest = before === 0 ? cells : [dots, ...cells.slice(before)]
    let width = 0
    const kept = rest.filter((cell) => (width += cell.width) < columns)
    shown = widthOf(rest) <= columns ? rest : [...kept, dots]
  }
  const carets = shown.map(({ width, marked }) => (marked ? '^' : ' ').repeat(width)).join('')
  return {
    text: shown
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
    carets: carets.trimEnd(),
  }
}
