import type { CoverageRange, CoverageReport } from '@plangate/opa'
import { compare } from '../../sources.ts'

/**
 * Returns coverage as a table: each file with the percentage of its lines and those that were not covered, the worst
 * files first, and the whole at the end. Tests themselves are listed only where not all of them ran.
 */
export const coverageText = ({ files, coverage, covered_lines, not_covered_lines }: CoverageReport): string => {
  const rows = Object.entries(files)
    .map(([file, { coverage: percent = 0, not_covered = [] }]) => ({ file, percent, missing: spans(not_covered) }))
    .filter(({ file, missing }) => missing !== '' || !file.endsWith('_test.rego'))
    .toSorted((a, b) => a.percent - b.percent || compare(a.file, b.file))
  const total = {
    file: 'all files',
    percent: coverage,
    missing: `${covered_lines} of ${covered_lines + not_covered_lines} lines`,
  }
  const all = [...rows, total]
  const width = Math.max(...all.map(({ file }) => file.length))
  const lines = all.map(({ file, percent, missing }) =>
    `${file.padEnd(width)}  ${percent.toFixed(1).padStart(5)} %  ${missing}`.trimEnd(),
  )
  return `${[`${'file'.padEnd(width)}  covered  lines that are not`, ...lines].join('\n')}\n`
}

/** Rows that follow each other as one span: `3-5, 9`. */
const spans = (ranges: readonly CoverageRange[]): string => {
  const rows = [...new Set(ranges.flatMap(({ start, end }) => between(start.row, end.row)))].toSorted((a, b) => a - b)
  const found: { first: number; last: number }[] = []
  for (const row of rows) {
    const before = found.at(-1)
    if (before !== undefined && row === before.last + 1) before.last = row
    else found.push({ first: row, last: row })
  }
  return found.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(', ')
}

const between = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at)
