import type { Severity } from '@plangate/bundle'
import type { Decision } from '../decision/schema.ts'
import { entriesOf, type Entry, fingerprintOf, oneLine, type ReportOptions } from './entries.ts'

const quality: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
}

/**
 * Returns decisions as a code quality report of GitLab, which a merge request shows in its diff. What is waived is left out; what
 * is undecided is `info`; a finding without a location is at the first line of its plan.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export const renderGitlab = (decisions: readonly Decision[], options: ReportOptions): string => {
  const rows = open(decisions, options).map((entry) => rowOf(entry))
  return `${JSON.stringify(rows, null, 2)}\n`
}

const rowOf = (entry: Entry) => {
  const { kind, finding, plan } = entry
  return {
    description: oneLine(finding.msg),
    check_name: finding.id,
    fingerprint: fingerprintOf(entry),
    severity: kind === 'undecided' ? 'info' : quality[finding.severity],
    location: {
      path: finding.location?.file ?? plan,
      lines: { begin: finding.location?.line ?? 1, end: finding.location?.endLine ?? 1 },
    },
  }
}

/** What a report of vulnerabilities needs besides: which plangate, and when it ran. */
export interface GitlabSastOptions extends ReportOptions {
  readonly version: string
  /** GitLab asks for the time of the scan. */
  readonly now: Date
}

/**
 * Returns decisions as a SAST report of GitLab, for its vulnerability report. What is waived is left out.
 *
 * @see https://gitlab.com/gitlab-org/security-products/security-report-schemas
 */
export const renderGitlabSast = (
  decisions: readonly Decision[],
  { version, now, ...options }: GitlabSastOptions,
): string => {
  const tool = { id: 'plangate', name: 'plangate', version, vendor: { name: 'plangate' } }
  const time = now.toISOString().slice(0, 19)
  const report = {
    version: '15.2.1',
    scan: { analyzer: tool, scanner: tool, type: 'sast', start_time: time, end_time: time, status: 'success' },
    vulnerabilities: open(decisions, options).map(vulnerabilityOf),
  }
  return `${JSON.stringify(report, null, 2)}\n`
}

/** What GitLab's schema takes of a name, and how many identifiers it reads. */
const MOST_OF_NAME = 255
const MOST_IDENTIFIERS = 20

const vulnerabilityOf = (entry: Entry) => {
  const { kind, finding, plan, policy } = entry
  const { id, title, severity, msg, remediation, address, location } = finding
  const [url] = policy?.source ?? []
  return {
    id: uuidOf(entry),
    name: title.slice(0, MOST_OF_NAME),
    description: [msg.trim(), ...(policy === undefined ? [] : [oneLine(policy.description)])].join('\n\n'),
    severity: kind === 'undecided' ? 'Info' : `${severity.charAt(0).toUpperCase()}${severity.slice(1)}`,
    ...(remediation === '' ? {} : { solution: remediation }),
    identifiers: [
      { type: 'plangate', name: id, value: id, ...(url === undefined ? {} : { url }) },
      ...(policy?.aliases ?? []).map((alias) => ({ type: 'alias', name: alias, value: alias })),
    ].slice(0, MOST_IDENTIFIERS),
    location: {
      file: location?.file ?? plan,
      start_line: location?.line ?? 1,
      end_line: location?.endLine ?? 1,
      ...(address === '' ? {} : { class: address }),
    },
  }
}

const open = (decisions: readonly Decision[], options: ReportOptions): readonly Entry[] =>
  entriesOf(decisions, options).filter(({ kind }) => kind !== 'waived')

/** The fingerprint in the form that GitLab wants. */
const uuidOf = (entry: Entry): string => {
  const hex = fingerprintOf(entry)
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
