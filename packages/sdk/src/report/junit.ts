import type { Decision } from '../decision/schema.ts'
import { entriesOf, type Entry, oneLine, passedOf, type ReportOptions, waiverText } from './entries.ts'
import { attributePath } from './wrap.ts'

/**
 * Returns decisions as JUnit's XML: a suite for each plan and a case for each finding, and for each policy that found nothing.
 * What fails is a failure, what is undecided or waived is skipped, and what warns passes with its message as output.
 */
export const renderJunit = (decisions: readonly Decision[], options: ReportOptions): string => {
  const suites = decisions.map((decision, at) => suiteOf(decision, { ...options, names: [options.names[at] ?? '-'] }))
  const total = (key: 'tests' | 'failures' | 'skipped') => suites.reduce((sum, suite) => sum + suite[key], 0)
  const counts = { tests: total('tests'), failures: total('failures'), errors: 0, skipped: total('skipped') }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(
    'testsuites',
    { name: 'plangate', ...counts },
    suites.map(({ xml }) => xml),
  )}\n`
}

const suiteOf = (decision: Decision, options: ReportOptions) => {
  const entries = entriesOf([decision], options)
  const passed = passedOf(decision, options.catalogue).map(({ id, title }) =>
    element('testcase', { classname: id, name: title, time: 0 }, []),
  )
  const tests = entries.length + passed.length
  const failures = entries.filter(({ kind }) => kind === 'fail').length
  const skipped = entries.filter(({ kind }) => kind === 'undecided' || kind === 'waived').length
  const { verdict, config } = decision
  const properties = element(
    'properties',
    {},
    Object.entries({ verdict, environment: config.environment, fail_on: config.fail_on }).map(([name, value]) =>
      element('property', { name, value }, []),
    ),
  )
  const attributes = { name: options.names[0] ?? '-', tests, failures, errors: 0, skipped }
  return {
    tests,
    failures,
    skipped,
    xml: element('testsuite', attributes, [properties, ...entries.map(caseOf), ...passed]),
  }
}

const caseOf = (entry: Entry): string => {
  const { kind, finding, waiver } = entry
  const { id, address, path, msg, location, severity, title } = finding
  const name = [address, attributePath(path)].filter((part) => part !== '').join(' → ') || oneLine(msg)
  const place = location === undefined ? {} : { file: location.file, line: location.line }
  const children = {
    fail: () => element('failure', { type: severity, message: oneLine(title) }, [escaped(detailOf(entry))], ''),
    warn: () => element('system-out', {}, [escaped(`warning: ${detailOf(entry)}`)], ''),
    undecided: () => element('skipped', { message: oneLine(msg) }, []),
    waived: () =>
      element('skipped', { message: `waived ${waiver === undefined ? '' : oneLine(waiverText(waiver))}` }, []),
  }
  return element('testcase', { classname: id, name, time: 0, ...place }, [children[kind]()])
}

const detailOf = ({ finding: { msg, remediation, location }, policy }: Entry): string =>
  [
    msg.trim(),
    ...(location === undefined ? [] : [`in ${location.file}:${location.line}:${location.column}`]),
    ...(policy === undefined ? [] : [`why ${oneLine(policy.description)}`]),
    ...(remediation === '' ? [] : [`fix ${remediation}`]),
  ].join('\n')

/** XML of an element, its children on lines of their own unless `between` says otherwise. */
const element = (
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[],
  between = '\n',
): string => {
  const head = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escaped(String(value))}"`)].join(
    ' ',
  )
  if (children.length === 0) return `<${head}/>`
  const inside = between === '' ? children.join('') : `\n${children.map((child) => indented(child)).join('\n')}\n`
  return `<${head}>${inside}</${name}>`
}

/** Indents what begins a line with an element; lines of text stay as they are. */
const indented = (xml: string): string => xml.replaceAll(/^(?=\s*<)/gm, '  ')

/** Text as XML takes it; characters that XML has no way to write are replaced. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
