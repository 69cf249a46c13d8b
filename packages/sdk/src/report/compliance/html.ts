import type { ComplianceReport, Control, ControlPolicy } from './model.ts'
import { summary, tally, TOLD } from './words.ts'

/**
 * Returns a compliance report as one page of HTML that needs nothing else: no script, no font, no image, nothing from a
 * network. What policies found is open, what else there is is folded.
 */
export const renderComplianceHtml = (report: ComplianceReport): string => {
  const [head = '', ...rest] = summary(report)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(head)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(head)}</h1>
<ul class="facts">${rest.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>
${report.notes.map((note) => `<p class="note">${escaped(note)}</p>`).join('\n')}
<h2>Controls</h2>
${report.controls.map(section).join('\n')}
${uncovered(report)}
<footer>Source of the titles: <a href="${escaped(report.framework.source)}" rel="noreferrer">${escaped(report.framework.source)}</a></footer>
</main>
</body>
</html>
`
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

const badge = (status: string | undefined): string =>
  status === undefined ? '' : `<span class="badge ${status.replaceAll(' ', '-')}">${status}</span> `

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const STYLE = `
:root{color-scheme:light dark;--fg:#1c2024;--dim:#5b6470;--line:#d8dde3;--bg:#fff;--soft:#f4f6f8;--red:#a8071a;--amber:#8a4b00;--violet:#6b2fa0;--cyan:#00607a;--green:#1a6334}
@media (prefers-color-scheme:dark){:root{--fg:#e6e9ec;--dim:#9aa5b1;--line:#343b43;--bg:#14181c;--soft:#1d2328;--red:#ff8a8a;--amber:#f2b45c;--violet:#cfa4f5;--cyan:#76d0e6;--green:#86d8a0}}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.5rem;line-height:1.25}h2{margin-top:2rem;font-size:1.2rem;border-bottom:1px solid var(--line)}h3{margin:0;font-size:1rem}
section{padding:.75rem 0;border-bottom:1px solid var(--line);break-inside:avoid}
ul{margin:.4rem 0;padding-left:1.25rem}.facts{list-style:none;padding:0;overflow-wrap:anywhere}.places{color:var(--dim)}
.note{background:var(--soft);border-left:3px solid var(--dim);padding:.5rem .75rem;margin:.5rem 0}
.tally,footer{color:var(--dim);margin:.2rem 0;font-size:.9rem}.id{font-variant-numeric:tabular-nums;font-weight:600}
code{font:.875em ui-monospace,monospace;overflow-wrap:anywhere}summary{cursor:pointer;color:var(--dim)}
a{color:inherit}a:focus-visible,summary:focus-visible{outline:2px solid var(--cyan);outline-offset:2px}
.badge{display:inline-block;border:1px solid currentColor;border-radius:.3rem;padding:0 .4rem;font-size:.8rem;font-weight:600}
.fail{color:var(--red)}.warn,.unchanged,.inactive{color:var(--amber)}.undecided{color:var(--violet)}.waived{color:var(--cyan)}.pass{color:var(--green)}.not-applicable,.not-asked{color:var(--dim)}
@media print{body{font-size:11pt}details{display:block}}
`
