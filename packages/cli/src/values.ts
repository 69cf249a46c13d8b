import type { CoverageKind } from '@plangate/compiler'
import { usageError } from './usage.ts'

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** The milliseconds of a duration such as `500ms`, `5s` or `1m30s`. */
export function milliseconds(flag: string, text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    throw usageError(`\`${flag}\` is no duration`, 'write it as `500ms`, `5s` or `1m30s`')
  }
  const sum = parts.reduce((total, [, number = '', unit = '']) => total + Number(number) * (units[unit] ?? 0), 0)
  if (sum >= 1 && sum < 2 ** 31) return Math.round(sum)
  throw usageError(`\`${flag}\` is out of range`, 'give at least `1ms` and less than 24 days')
}

const sizes: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

/** The bytes of a size such as `512MiB` or `2GB`; both kinds of units count by 1024, as those of memory do. */
export function bytes(flag: string, text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([kmg])i?b?$/i.exec(text) ?? []
  if (number === undefined) throw usageError(`\`${flag}\` is no size`, 'write it as `512MiB` or `2GiB`')
  const sum = Number(number) * (sizes[unit.toLowerCase()] ?? 0)
  if (sum >= 1 && sum <= 4 * 1024 ** 3) return Math.floor(sum)
  throw usageError(`\`${flag}\` is out of range`, 'give at most `4GiB`, which is all that WebAssembly can have')
}

/** A whole number that is not negative. */
export function count(flag: string, value: number): number {
  if (Number.isInteger(value) && value >= 0) return value
  throw usageError(`\`${flag}\` is no count`, 'give a whole number')
}

/** A percentage. */
export function percent(flag: string, value: number): number {
  if (value >= 0 && value <= 100) return value
  throw usageError(`\`${flag}\` must be between 0 and 100`, 'give percent, as `90`')
}

const kinds: readonly CoverageKind[] = ['index_excluded', 'early_exit']

/** The supplementary passes of coverage; both unless said. */
export function coverageRuns(text: string | undefined): readonly CoverageKind[] {
  if (text === undefined) return kinds
  if (text === '' || text === 'none') return []
  return text.split(',').map((name) => {
    const kind = kinds.find((each) => each === name)
    if (kind !== undefined) return kind
    throw usageError(`\`--coverage-runs\` knows no \`${name}\``, 'name `index_excluded`, `early_exit` or `none`')
  })
}
