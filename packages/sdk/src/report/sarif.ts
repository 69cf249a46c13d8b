import { attributePath } from './wrap.ts'
import type { PolicyEntry, Severity } from '@plangate/bundle'
import { isOwnRule } from '../input/config.ts'
import type { Decision, Location, Place } from '../decision/schema.ts'
import { entriesOf, type Entry, fingerprintOf, oneLine, type ReportOptions, waiverText } from './entries.ts'

/** Where GitHub's code scanning draws its lines: critical above 9, high from 7, medium from 4. */
const score: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' }
const problem: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'recommendation',
}

/** GitHub refuses a file in which a rule has more tags than twenty, shows ten, and takes so much of a description. */
const MOST_TAGS = 20
const MOST_OF_DESCRIPTION = 1000

/**
 * Returns decisions as SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/, in one run with a rule for each policy that
 * found something.
 *
 * A result is at the place in the sources, or where they are not at hand in the plan; in either case it names the address. What
 * is undecided is of kind `open`; what is waived is suppressed; the calls of a module are related locations. Fingerprints stay
 * when lines move.
 */
export const renderSarif = (
  decisions: readonly Decision[],
  { version, ...options }: ReportOptions & { readonly version: string },
): string => {
  const entries = entriesOf(decisions, options)
  const rules = new Map(entries.map((entry) => [entry.finding.id, entry]))
  const ids = [...rules.keys()]
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'plangate', semanticVersion: version, rules: [...rules.values()].map(ruleOf) },
        },
        columnKind: 'utf16CodeUnits',
        results: entries.map((entry) => resultOf(entry, ids.indexOf(entry.finding.id))),
        properties: { verdicts: decisions.map(({ verdict }, at) => ({ plan: options.names[at] ?? '-', verdict })) },
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

const ruleOf = ({ finding: { id, title, severity, remediation, frameworks }, policy }: Entry) => {
  // What a user's own rule finds has many titles, and the rule none.
  const said = isOwnRule(id) ? id : title
  const { description = said, source = [], aliases = [] } = policy ?? {}
  const [helpUri] = source
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: policy?.title ?? said },
    fullDescription: { text: oneLine(description).slice(0, MOST_OF_DESCRIPTION) },
    ...(helpUri === undefined ? {} : { helpUri }),
    help: helpOf(policy, said, remediation),
    properties: {
      'security-severity': score[severity],
      'problem.severity': problem[severity],
      precision: 'high',
      tags: [
        'security',
        ...aliases,
        ...Object.entries(frameworks).flatMap(([name, of]) => of.map((one) => `${name}/${one}`)),
      ].slice(0, MOST_TAGS),
    },
  }
}

/** `model_endpoints/data_capture` as `ModelEndpointsDataCapture`, which viewers show as one word. */
const nameOf = (id: string): string =>
  id.replaceAll(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9]?)/g, (_, first: string) => first.toUpperCase())

const helpOf = (policy: PolicyEntry | undefined, title: string, remediation: string) => {
  const why = oneLine(policy?.description ?? title)
  const links = policy?.source ?? []
  return {
    text: [why, ...(remediation === '' ? [] : [`Fix: ${remediation}`]), ...links].join('\n'),
    markdown: [
      why,
      ...(remediation === '' ? [] : [`**Fix:** ${remediation}`]),
      ...(links.length === 0 ? [] : [links.map((link) => `- <${link}>`).join('\n')]),
    ].join('\n\n'),
  }
}

const resultOf = (entry: Entry, ruleIndex: number) => {
  const { kind, finding, waiver, plan } = entry
  const { id, severity, msg, address, path, location } = finding
  const fingerprint = fingerprintOf(entry)
  return {
    ruleId: id,
    ruleIndex,
    ...(kind === 'undecided'
      ? { kind: 'open', level: 'none' }
      : { kind: 'fail', level: kind === 'warn' ? 'warning' : 'error' }),
    message: { text: oneLine(msg) },
    locations: [
      {
        physicalLocation: location === undefined ? { artifactLocation: artifactOf(plan) } : physicalOf(location),
        ...(address === ''
          ? {}
          : {
              logicalLocations: [{ name: attributePath(path), fullyQualifiedName: address, kind: 'resource' }].map(
                ({ name, ...rest }) => (name === '' ? rest : { name, ...rest }),
              ),
            }),
      },
    ],
    ...(location === undefined || location.calls.length === 0 ? {} : { relatedLocations: location.calls.map(callOf) }),
    partialFingerprints: {
      'plangateFinding/v1': fingerprint,
      // GitHub's action makes it of the line, where it has one; without it all results in a file would be the same.
      ...(location === undefined ? { primaryLocationLineHash: `${fingerprint.slice(0, 16)}:1` } : {}),
    },
    ...(waiver === undefined
      ? {}
      : {
          suppressions: [
            {
              kind: /\.tf(\.json)?:\d+$/.test(waiver.source ?? '') ? 'inSource' : 'external',
              status: 'accepted',
              justification: oneLine(waiverText(waiver)),
            },
          ],
        }),
    properties: { severity, plan },
  }
}

const physicalOf = ({ file, line, column, endLine, endColumn }: Place) => ({
  artifactLocation: artifactOf(file),
  region: { startLine: line, startColumn: column, endLine, endColumn },
})

const callOf = ({ module, ...place }: Location['calls'][number], id: number) => ({
  id,
  message: { text: `called as \`${module}\`` },
  physicalLocation: physicalOf(place),
})

/** A path as a URI, from the root of the repository where it is not absolute. */
const artifactOf = (file: string) => {
  const uri = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/')
  if (/^[A-Za-z]:\//.test(file.replaceAll('\\', '/'))) return { uri: `file:///${uri}` }
  return uri.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: '%SRCROOT%' }
}
