import { badge, escaped, pageOf } from '../page.ts'
import type { ComplianceReport, Control, ControlPolicy } from './model.ts'
import { summary, tally, TOLD } from './words.ts'

/**
 * Returns a compliance report as one page of HTML that needs nothing else: no script, no font, no image, nothing from a
 * network. What policies found is open, what else there is is folded.
 */
export const renderComplianceHtml = (report: ComplianceReport): string => {
  const [head = '', ...rest] = summary(report)
  return pageOf({
    title: head,
    body: `<h1>${escaped(head)}</h1>
<ul class="facts">${rest.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>
${report.notes.map((note) => `<p class="note">${escaped(note)}</p>`).join('\n')}
<h2>Controls</h2>
${report.controls.map(section).join('\n')}
${uncovered(report)}
<footer>Source of the titles: <a href="${escaped(report.framework.source)}" rel="noreferrer">${escaped(report.framework.source)}</a></footer>`,
  })
}

const section = (control: Control): string => {
  const { id, title, status, policies } = control
  const told = policies.filter((policy) => policy.status === undefined || TOLD.includes(policy.status))
  const quiet = policies.filter((policy) => !told.includes(policy))
  return `<section>
<h3>${badge(status)}<span class="id">${escaped(id)}</span> ${escaped(title)}</h3>
<p class="tally">${escaped(tally(control))}</p>
${list(told)}
${quiet.length === 0 ? '' : `<details><summary>${quiet.length} more</summary>${list(quiet)}</details>`}
</section>`
}

const list = (policies: readonly ControlPolicy[]): string =>
  policies.length === 0
    ? ''
    : `<ul>${policies
        .map(
          ({ id, title, status, places }) =>
            `<li>${badge(status)}<code>${escaped(id)}</code> ${escaped(title)}${
              places.length === 0
                ? ''
                : `<ul class="places">${places.map((place) => `<li><code>${escaped(place)}</code></li>`).join('')}</ul>`
            }</li>`,
        )
        .join('')}</ul>`

const uncovered = ({ uncovered: ids }: ComplianceReport): string =>
  ids.length === 0
    ? ''
    : `<h2>Controls that no policy asks for</h2>
<details><summary>${ids.length} ids</summary><ul>${ids
        .map(({ id, title }) => `<li><span class="id">${escaped(id)}</span> ${escaped(title)}</li>`)
        .join('')}</ul></details>`
