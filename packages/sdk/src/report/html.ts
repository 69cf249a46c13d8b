import type { Severity } from '@plangate/bundle'
import { SEVERITIES } from '@plangate/bundle'
import type { Decision, Location } from '../decision/schema.ts'
import {
  entriesOf,
  type Entry,
  groupsOf,
  type Kind,
  oneLine,
  type ReportOptions,
  titleOf,
  waiverText,
} from './entries.ts'
import { badge, escaped, pageOf } from './page.ts'
import { countsText, verdictText } from './summary.ts'
import { attributePath } from './wrap.ts'

const titles: Readonly<Record<Kind, string>> = {
  fail: 'Fails',
  warn: 'Warns',
  undecided: 'Undecided until apply',
  waived: 'Waived',
}
const statuses: Readonly<Record<Kind, string>> = {
  fail: 'fail',
  warn: 'warn',
  undecided: 'undecided',
  waived: 'waived',
}

/**
 * Returns decisions as one page of HTML that needs nothing else, in light, dark and on paper: the verdict, a picture of what
 * there is by severity, and each policy with why, how to mend it, and where. A filter by text and severity works where scripts
 * may; without them all is there to read.
 */
export const renderHtml = (decisions: readonly Decision[], options: ReportOptions): string => {
  const any = entriesOf(decisions, options).length > 0
  const body = decisions.map((decision, at) => {
    const name = options.names[at] ?? '-'
    const groups = groupsOf(entriesOf([decision], { ...options, names: [name] }))
    return `<article>
<h1>${badge(decision.verdict)}${escaped(name)}</h1>
<p>${escaped(countsText([decision]))}<br>${escaped(verdictText(decision))}</p>
${picture(decision)}
${at > 0 || !any ? '' : filters}
${idle(decision)}
${(['fail', 'warn', 'undecided', 'waived'] as const).map((kind) => section(kind, groups, options)).join('')}
${unchanged(decision)}
<footer><dl>
<dt>plan</dt><dd><code>sha256:${escaped(decision.plan.sha256)}</code>, Terraform ${escaped(decision.plan.terraformVersion)}</dd>
<dt>policies</dt><dd>${decision.counts.policies} of bundle ${escaped(decision.bundle.revision)} <code>sha256:${escaped(decision.bundle.sha256)}</code></dd>
</dl></footer>
</article>`
  })
  return pageOf({
    title: `plangate: ${decisions.map(({ verdict }) => verdict).join(', ')}`,
    body: body.join('\n'),
    style: STYLE,
    script: SCRIPT,
  })
}

type Group = readonly [Entry, ...Entry[]]

const section = (kind: Kind, groups: readonly Group[], { excerpt }: ReportOptions): string => {
  const mine = groups.filter(([entry]) => entry.kind === kind)
  if (mine.length === 0) return ''
  return `<h2 class="kind">${titles[kind]}</h2>\n${mine.map((group) => card(group, excerpt)).join('\n')}\n`
}

const card = (group: Group, excerpt: ReportOptions['excerpt']): string => {
  const [{ kind, finding, waiver, policy }] = group
  const { id, severity, title, remediation, frameworks } = finding
  const [alias, ...others] = policy?.aliases ?? []
  const own = title === titleOf(finding.msg)
  return `<details class="card" data-severity="${severity}" ${kind === 'fail' ? 'open' : ''}>
<summary>${badge(statuses[kind])}<span class="severity ${severity}">${severity}</span> ${escaped(oneLine(title))} <code>${escaped(id)}</code>${alias === undefined ? '' : ` <span class="alias">${escaped(alias)}</span>`}${group.length > 1 ? ` <span class="count">${group.length}</span>` : ''}</summary>
${places(group, own, excerpt)}
${policy === undefined ? '' : `<p><b>Why</b> ${prose(oneLine(policy.description))}</p>`}
${remediation === '' ? '' : `<p><b>Fix</b> ${prose(oneLine(remediation))}</p>`}
${waiver === undefined ? '' : `<p><b>Waived</b> ${escaped(oneLine(waiverText(waiver)))}</p>`}
${frameworkList({ ...frameworks, ...(others.length > 0 ? { 'also known as': others } : {}) })}
${(policy?.source ?? []).map((link) => `<a href="${escaped(link)}" rel="noreferrer">${escaped(link)}</a>`).join('<br>')}
</details>`
}

const listOf = (rows: readonly string[]): string => `<ul class="places">${rows.join('')}</ul>`

/** Whoever has to mend more places opens the others. */
const MOST_PLACES = 20

const places = (group: Group, own: boolean, excerpt: ReportOptions['excerpt']): string => {
  const rows = placeRows(group, own, excerpt)
  if (rows.length <= MOST_PLACES) return listOf(rows)
  const rest = rows.slice(MOST_PLACES)
  return `${listOf(rows.slice(0, MOST_PLACES))}<details><summary>${rest.length} more places</summary>${listOf(rest)}</details>`
}

/** Each address with where the sources say it; several that share a place share its lines too. */
const placeRows = (group: Group, own: boolean, excerpt: ReportOptions['excerpt']): readonly string[] => {
  const seen = new Set<string>()
  return group.map(({ finding: { address, path, location, msg } }) => {
    const place = [address, attributePath(path)].filter((part) => part !== '').join(' → ')
    const what =
      place === '' ? escaped(oneLine(msg)) : `<code>${escaped(place)}</code>${own ? ` ${escaped(oneLine(msg))}` : ''}`
    if (location === undefined) return `<li>${what}</li>`
    const at = `${location.file}:${location.line}:${location.column}`
    const lines = seen.has(at) ? '' : source(location, excerpt)
    seen.add(at)
    const calls = location.calls.toReversed().map((call) => ` ← ${call.file}:${call.line}`)
    return `<li>${what}<br><span class="file">${escaped(`${at}${calls.join('')}`)}</span>${lines}</li>`
  })
}

const source = (location: Location, excerpt: ReportOptions['excerpt']): string => {
  const lines = excerpt?.(location)?.lines ?? []
  if (lines.length === 0) return ''
  const rows = lines.map(
    ({ line, text, from, to }) =>
      `<span class="line">${line}</span>${escaped(text.slice(0, from))}<mark>${escaped(text.slice(from, to))}</mark>${escaped(text.slice(to))}`,
  )
  return `<pre>${rows.join('\n')}</pre>`
}

const frameworkList = (frameworks: Readonly<Record<string, readonly string[]>>): string => {
  const said = Object.entries(frameworks).map(([name, ids]) => `${escaped(name)} ${escaped(ids.join(', '))}`)
  return said.length === 0 ? '' : `<p class="frameworks">${said.join(' · ')}</p>`
}

/** Text of METADATA, in which names stand between backticks. */
const prose = (text: string): string => {
  const parts = text.split('`')
  if (parts.length % 2 === 0) return escaped(text)
  return parts.map((part, at) => (at % 2 === 0 ? escaped(part) : `<code>${escaped(part)}</code>`)).join('')
}

const idle = ({ waivers }: Decision): string => {
  const rows = [
    ...waivers.expired.map((waiver) => ['expired', waiver] as const),
    ...waivers.unused.map((waiver) => ['unused', waiver] as const),
  ].map(
    ([what, waiver]) =>
      `<li><b>${what}</b> waiver of <code>${escaped(waiver.policy)}</code> at <code>${escaped(waiver.address)}</code> ${escaped(waiverText(waiver))}</li>`,
  )
  return rows.length === 0 ? '' : `<ul class="note">${rows.join('')}</ul>`
}

const unchanged = ({ unchanged: left }: Decision): string =>
  left.length === 0
    ? ''
    : `<details><summary>${left.length} on what the plan leaves as it is</summary><ul>${left
        .map(({ id, address }) => `<li><code>${escaped(address)}</code> ${escaped(id)}</li>`)
        .join('')}</ul></details>`

/** What there is by severity, as a bar for each; nothing where there is nothing. */
const picture = ({ findings, undecided }: Decision): string => {
  const rows = SEVERITIES.map((severity) => {
    const count = (list: readonly { readonly severity: Severity }[]) =>
      list.filter((each) => each.severity === severity).length
    return {
      severity,
      fail: count(findings.filter(({ status }) => status === 'fail')),
      warn: count(findings.filter(({ status }) => status === 'warn')),
      undecided: count(undecided),
    }
  })
  const most = Math.max(...rows.map(({ fail, warn, undecided: open }) => fail + warn + open))
  if (most === 0) return ''
  const bars = rows.map(({ severity, ...counts }) => {
    let x = 0
    const parts = (['fail', 'warn', 'undecided'] as const).map((kind) => {
      const from = x
      x += counts[kind]
      return counts[kind] === 0
        ? ''
        : `<rect class="${kind}" x="${from}" width="${counts[kind]}" height="1"><title>${counts[kind]} ${severity}, ${kind}</title></rect>`
    })
    // The picture is stretched to its place, words are not.
    return `<span>${severity}</span><svg viewBox="0 0 ${most} 1" preserveAspectRatio="none">${parts.join('')}</svg><span>${x}</span>`
  })
  const label = rows
    .map(({ severity, fail, warn, undecided: open }) => `${severity}: ${fail} fail, ${warn} warn, ${open} undecided`)
    .join('; ')
  return `<div class="bars" role="img" aria-label="${label}">${bars.join('')}</div>`
}

const filters = `<form class="filters" hidden>
<label>Find <input type="search" id="text" placeholder="policy, address, file"></label>
${SEVERITIES.map((severity) => `<label><input type="checkbox" name="severity" value="${severity}" checked> ${severity}</label>`).join('\n')}
<output id="shown" aria-live="polite"></output>
</form>`

const SCRIPT = `
const form = document.querySelector('.filters')
if (form) {
  form.hidden = false
  const cards = [...document.querySelectorAll('.card')]
  const texts = cards.map((card) => card.textContent.toLowerCase())
  const apply = () => {
    const wanted = form.querySelector('#text').value.trim().toLowerCase()
    const severities = [...form.querySelectorAll('[name=severity]:checked')].map((box) => box.value)
    let shown = 0
    cards.forEach((card, at) => {
      card.hidden = !severities.includes(card.dataset.severity) || !texts[at].includes(wanted)
      if (!card.hidden) shown += 1
    })
    for (const head of document.querySelectorAll('.kind')) {
      let next = head.nextElementSibling
      let any = false
      for (; next && next.classList.contains('card'); next = next.nextElementSibling) any = any || !next.hidden
      head.hidden = !any
    }
    form.querySelector('#shown').textContent = shown === cards.length ? '' : shown + ' of ' + cards.length
  }
  form.addEventListener('input', apply)
  form.addEventListener('submit', (event) => event.preventDefault())
}
let closed = []
addEventListener('beforeprint', () => {
  closed = [...document.querySelectorAll('details:not([open])')]
  for (const each of closed) each.open = true
})
addEventListener('afterprint', () => {
  for (const each of closed) each.open = false
})
`

const STYLE = `
h1{overflow-wrap:anywhere}
.bars{display:grid;grid-template-columns:max-content minmax(0,1fr) minmax(3ch,max-content);gap:.25rem .75rem;align-items:center;max-width:42rem;margin:1rem 0;font-size:.85rem;line-height:1.3}.bars svg{width:100%;height:.9rem}.bars .fail{fill:var(--red)}.bars .warn{fill:var(--amber)}.bars .undecided{fill:var(--violet)}
.filters{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;padding:.6rem .75rem;background:var(--soft);border-radius:.4rem;position:sticky;top:0}
.filters[hidden]{display:none}
.filters input[type=search]{font:inherit;padding:.2rem .5rem;width:16rem;max-width:100%;box-sizing:border-box;background:var(--bg);color:var(--fg);border:1px solid var(--line);border-radius:.3rem}
.filters input:focus-visible{outline:2px solid var(--cyan);outline-offset:1px}
.card{border:1px solid var(--line);border-radius:.4rem;padding:.5rem .75rem;margin:.6rem 0;break-inside:avoid}
.card summary{color:var(--fg);overflow-wrap:anywhere}.card p{margin:.5rem 0}
.severity{font-weight:600}.severity.critical,.severity.high{color:var(--red)}.severity.medium{color:var(--amber)}.severity.low{color:var(--dim)}
.alias,.file,.frameworks,.count{color:var(--dim);font-size:.9rem}.alias,.count{white-space:nowrap}.card details{margin:.3rem 0 .3rem 1.25rem}.card details .places{margin-left:-1.25rem}.count::before{content:"×"}
.file,.card a{overflow-wrap:anywhere}
pre{background:var(--soft);color:var(--fg);padding:.5rem;margin:.3rem 0;overflow-x:auto;font:.875em/1.5 ui-monospace,monospace}
pre mark{background:none;color:inherit;text-decoration:underline 2px var(--red);text-underline-offset:5px}.line{display:inline-block;min-width:3ch;margin-right:1.5ch;text-align:right;color:var(--dim);user-select:none}
footer dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:2rem 0 0}footer dd{margin:0;overflow-wrap:anywhere}
@media (max-width:40rem){.filters{position:static}}
@media print{.filters{display:none}pre{white-space:pre-wrap}}
`
