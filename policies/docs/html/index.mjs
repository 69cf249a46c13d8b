import { servicesOf } from '../library.mjs'
import { escaped, page, prose, severity } from './page.mjs'

const order = ['critical', 'high', 'medium', 'low']

/** The catalogue: a row for each policy, and filters over them. */
export function indexPage(library) {
  const { policies, frameworks, equivalents } = library
  const services = [...new Set(policies.flatMap(servicesOf))].sort((a, b) => a.localeCompare(b, 'en'))
  const categories = [...new Set(policies.map(({ category }) => category))]
  const used = Object.entries(frameworks).filter(([id]) => policies.some((policy) => policy.frameworks[id]))
  const body = `<header>
<h1>Policies of plangate</h1>
<p>What the library says about Terraform plans for AI infrastructure. The severity is that of prod; each page says what
holds in dev and stage, and where a policy takes parameters.</p>
</header>
<main id="main" tabindex="-1">
<div class="filters" role="search" hidden>
<label class="search">Search <input id="text" type="search" autocomplete="off" spellcheck="false" placeholder="name, id of any tool, resource type, control; / leads here"></label>
${select('severity', 'Severity', order)}
${select(
  'framework',
  'Framework',
  used.map(([id, { name }]) => [id, name]),
)}
${select('service', 'Service', services)}
${select('category', 'Category', categories)}
<div><button id="clear" type="button">Clear filters</button></div>
</div>
<p id="count" role="status" aria-live="polite">${policies.length} policies</p>
<div class="scroll">
<table class="catalogue">
<thead><tr><th scope="col">Policy</th><th scope="col">Severity</th><th scope="col">Services</th><th scope="col">Ids</th><th scope="col">Frameworks</th></tr></thead>
<tbody>
${policies.map((policy) => row(policy, frameworks, equivalents)).join('\n')}
</tbody>
</table>
</div>
<p id="none" hidden>No policy fits. <button id="again" type="button">Clear filters</button></p>
</main>
<footer>Mappings to frameworks and to checks of other tools are the judgement of the policies' authors, and no claim of compliance.</footer>`
  return page({ title: 'Policies of plangate', script: SCRIPT, body })
}

const select = (id, label, options) =>
  `<label>${label} <select id="${id}"><option value="">all</option>${options
    .map((option) => (Array.isArray(option) ? option : [option, option]))
    .map(([value, text]) => `<option value="${escaped(value)}">${escaped(text)}</option>`)
    .join('')}</select></label>`

function row(policy, frameworks, equivalents) {
  const { id, category, title, profiles, aliases, resource_types: types } = policy
  const controls = Object.entries(policy.frameworks)
  const services = servicesOf(policy)
  const others = Object.values(equivalents)
    .flatMap(Object.entries)
    .flatMap(([other, names]) => (names.includes(id) ? [other] : []))
  const words = [id, title, ...aliases, ...others, ...types, ...controls.flatMap(([name, ids]) => [name, ...ids])]
    .join(' ')
    .toLowerCase()
  const { severity: here } = profiles.prod
  const data = {
    severity: here,
    category,
    service: services.join('|'),
    framework: controls.map(([name]) => name).join('|'),
    words,
  }
  const attributes = Object.entries(data).map(([name, value]) => `data-${name}="${escaped(value)}"`)
  return `<tr ${attributes.join(' ')}><th scope="row"><a href="${id}.html">${prose(title)}</a><span class="name">${escaped(id)}</span></th><td>${severity(here)}</td><td>${escaped(services.join(', '))}</td><td class="ids">${escaped(aliases.join(', '))}</td><td class="ids">${controls.map(([name]) => escaped(short(frameworks[name]?.name ?? name))).join(', ')}</td></tr>`
}

const short = (name) =>
  name
    .replace('OWASP Top 10 for LLM Applications', 'OWASP LLM')
    .replace('CIS Amazon Web Services Foundations Benchmark', 'CIS AWS')
    .replace('NIST AI Risk Management Framework', 'NIST AI RMF')
    .replace('NIST SP 800-53', 'NIST 800-53')
    .replace('ISO/IEC 42001, Annex A', 'ISO 42001')
    .replace('SOC 2 Trust Services Criteria', 'SOC 2')

/** Filters the rows, and keeps what is chosen in the address, so that it can be handed on. */
const SCRIPT = `
'use strict'
const $ = (id) => document.getElementById(id)
const names = ['text', 'severity', 'framework', 'service', 'category']
const rows = [...document.querySelectorAll('tbody tr')]
const show = () => {
  const chosen = Object.fromEntries(names.map((name) => [name, $(name).value.trim()]))
  const words = chosen.text.toLowerCase().split(/\\s+/).filter(Boolean)
  let many = 0
  for (const row of rows) {
    const { words: text, severity, category, service, framework } = row.dataset
    row.hidden = !(
      words.every((word) => text.includes(word)) &&
      (chosen.severity === '' || chosen.severity === severity) &&
      (chosen.category === '' || chosen.category === category) &&
      (chosen.service === '' || service.split('|').includes(chosen.service)) &&
      (chosen.framework === '' || framework.split('|').includes(chosen.framework))
    )
    if (!row.hidden) many++
  }
  $('count').textContent = many === rows.length ? many + ' policies' : many + ' of ' + rows.length + ' policies'
  $('none').hidden = many > 0
  const kept = new URLSearchParams(names.filter((name) => chosen[name] !== '').map((name) => [name, chosen[name]]))
  try { history.replaceState(null, '', kept.size === 0 ? location.pathname : '#' + kept) } catch {}
}
const read = () => {
  const kept = new URLSearchParams(location.hash.slice(1))
  for (const name of names) $(name).value = kept.get(name) ?? ''
  show()
}
const clear = () => {
  for (const name of names) $(name).value = ''
  show()
  $('text').focus()
}
for (const name of names) $(name).addEventListener('input', show)
$('clear').addEventListener('click', clear)
$('again').addEventListener('click', clear)
addEventListener('hashchange', read)
addEventListener('keydown', (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault()
    $('text').focus()
  } else if (event.key === 'Escape' && event.target === $('text')) clear()
})
document.querySelector('.filters').hidden = false
read()
`
