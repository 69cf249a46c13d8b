/** Title, description, remediation, and what the page repeats of them. */
const longestTitle = 80

export function textFaults({ id, metadata, readme }) {
  const { title = '', description = '', custom } = metadata
  const { remediation = '', aliases = [], parameters = {} } = custom
  return [
    ...when(title.length > longestTitle, `the title has ${title.length} characters, ${longestTitle} are enough`),
    ...when(/[.!]$/.test(title), 'the title ends like a sentence'),
    ...when(!/[.!?]$/.test(description.trim()), 'the description is no sentence'),
    ...when(!namesHcl(remediation), 'the remediation has no HCL in backticks'),
    ...when(remediation.trim().endsWith('.'), 'the remediation ends like a sentence'),
    ...when(!readme.startsWith(`# ${id}\n`), `README.md does not begin with \`# ${id}\``),
    ...rowsOf(readme)
      .filter((row) => !aliases.includes(row))
      .map((row) => `README.md names \`${row}\`, the aliases do not`),
    ...Object.entries(parameters).flatMap(([name, parameter]) => parameterFaults(name, parameter)),
  ]
}

const when = (wrong, fault) => (wrong ? [fault] : [])

/** Whether a text has the name of an argument or a type in backticks, as HCL writes it. */
const namesHcl = (text) => [...text.matchAll(/`([^`]+)`/g)].some(([, code]) => /[a-z]/.test(code))

/** The rows that the page says the policy is of: `Catalogue: SM-001.` */
function rowsOf(readme) {
  const rows = /Catalogue: ([^\n]*)/.exec(readme)?.[1] ?? ''
  return rows.match(/\b[A-Z]{2}-\d{3}\b/g) ?? []
}

const isOf = {
  array: Array.isArray,
  integer: Number.isInteger,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
}

function parameterFaults(name, { type, description = '', default: value }) {
  return [
    ...when(value !== undefined && !isOf[type]?.(value), `the default of \`${name}\` is no ${type}`),
    ...when(description.length < 10, `the description of \`${name}\` says nothing`),
  ]
}
