import { Marked } from 'marked'
import { servicesOf, toolOf, tools } from '../library.mjs'
import { escaped, page, prose, severity } from './page.mjs'

/** Markdown without HTML of its own; links to another policy's README lead to its page. */
const markdown = new Marked({
  renderer: {
    html: ({ text }) => escaped(text),
    code: ({ text }) => `<pre tabindex="0"><code>${escaped(text)}</code></pre>\n`,
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens)
      const to = href.replace(/^(\.\.\/(?:\w+\/)*\w+)\/README\.md$/, '$1.html').replace(/^\.\.\/(\w+\.html)$/, '$1')
      return /^(https:\/\/|#|[\w./]+\.html$)/.test(to) ? `<a href="${escaped(to)}">${text}</a>` : text
    },
    image: ({ text }) => escaped(text),
  },
})

/** The page of a policy: its README, and what METADATA says of it. */
export function policyPage(policy, { frameworks, equivalents }) {
  const { id, title, description, remediation, profiles, resource_types: types, source } = policy
  const readme = policy.readme.replace(/^# .*\n/, '')
  const body = `<header>
<nav><a href="../index.html">All policies</a></nav>
<h1>${prose(title)}</h1>
<p><code>${escaped(id)}</code> ${severity(profiles.prod.severity)}</p>
</header>
<main id="main" tabindex="-1">
<p>${prose(description)}</p>
<p><strong>To mend it:</strong> ${prose(remediation)}.</p>
<dl>
<dt>Ids</dt><dd>${idsOf(policy, equivalents)}</dd>
<dt>Services</dt><dd>${escaped(servicesOf(policy).join(', '))}</dd>
<dt>Resource types</dt><dd>${types.map((type) => `<code>${escaped(type)}</code>`).join(', ')}</dd>
</dl>
${markdown.parse(readme)}
<h2>Environments</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Environments"><table><thead><tr><th scope="col">Environment</th><th scope="col">Severity</th><th scope="col">A finding</th></tr></thead><tbody>
${Object.entries(profiles)
  .map(([name, { severity: here, effect }]) =>
    effect === 'off'
      ? `<tr><th scope="row">${name}</th><td colspan="2" class="dim">does not hold</td></tr>`
      : `<tr><th scope="row">${name}</th><td>${severity(here)}</td><td>${effect === 'fail' ? 'fails' : 'warns'}</td></tr>`,
  )
  .join('\n')}
</tbody></table></div>
<p class="dim">Unless <code>fail_on</code> says something else.</p>
${parametersOf(policy)}
${frameworksOf(policy, frameworks)}
<h2>To accept a finding</h2>
<p>In <code>plangate.yaml</code>; the address may be a glob.</p>
<pre tabindex="0"><code>waivers:
  - policy: ${escaped(id)}
    address: ${escaped(exampleOf(types))}
    owner: ml-platform
    reason: why this is right here
    expires: 2026-12-31</code></pre>
<h2>Sources</h2>
<ul>${source.map((url) => `<li><a href="${escaped(url)}">${escaped(url)}</a></li>`).join('')}</ul>
</main>`
  return page({ title: `${title} – ${id}`, body })
}

function idsOf({ id, aliases }, equivalents) {
  const others = Object.entries(equivalents).flatMap(([tool, ids]) =>
    Object.entries(ids)
      .filter(([, names]) => names.includes(id))
      .map(([other]) => [tool, other]),
  )
  const all = [...aliases.map((alias) => [toolOf(alias), alias]), ...others]
  return all.map(([tool, name]) => `${tools[tool]} <code>${escaped(name)}</code>`).join(', ') || 'none'
}

function parametersOf({ id, parameters }) {
  const all = Object.entries(parameters)
  if (all.length === 0) return ''
  const rows = all.map(
    ([name, { type, description, default: value }]) =>
      `<tr><th scope="row"><code>${escaped(name)}</code></th><td>${type === 'array' ? 'list of strings' : type}</td><td>${value === undefined ? 'none: inactive until given' : `<code>${escaped(JSON.stringify(value))}</code>`}</td><td>${prose(description)}</td></tr>`,
  )
  return `<h2>Parameters</h2>
<p>In <code>plangate.yaml</code>, under <code>parameters</code>, then <code>${escaped(id)}</code> or any id above that is not KICS's or Prowler's.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Parameters"><table class="parameters"><thead><tr><th scope="col">Parameter</th><th scope="col">Type</th><th scope="col">Default</th><th scope="col">What it says</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>`
}

function frameworksOf({ frameworks: asked }, frameworks) {
  const all = Object.entries(asked)
  if (all.length === 0) return ''
  return `<h2>Frameworks</h2>
<dl>${all
    .map(([name, ids]) => {
      const { name: called = name, ids: titles = {} } = frameworks[name] ?? {}
      return `<dt>${escaped(called)}</dt><dd>${ids.map((each) => `<strong>${escaped(each)}</strong> ${escaped(titles[each] ?? '')}`).join('<br>')}</dd>`
    })
    .join('')}</dl>`
}

const exampleOf = (types) => {
  const type = types.find((each) => each.includes('_'))
  return type === undefined ? '"*"' : `${type}.example`
}
