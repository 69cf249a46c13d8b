/** What `npm run mutate` prints. */
import { kindNames } from './mutants.mjs'

const verdictNames = ['killed', 'late', 'survived', 'broken', 'equivalent']

/** Counts, and the score in percent: of those that compile and are not named as equivalent, how many a test notices. */
export function score(judged) {
  const counts = Object.fromEntries(
    verdictNames.map((name) => [name, judged.filter(({ verdict }) => verdict === name).length]),
  )
  const noticed = counts.killed + counts.late
  const asked = noticed + counts.survived
  return { ...counts, asked, score: asked === 0 ? 100 : (100 * noticed) / asked }
}

/** The lines of the report. `judged` are mutants with `path`, `line`, `kind`, `was`, `text` and `verdict`. */
export function report(judged) {
  const survivors = judged.filter(({ verdict }) => verdict === 'survived')
  const areas = [...new Set(judged.map(({ path }) => areaOf(path)))].sort()
  const { killed, late, survived, broken, equivalent, score: overall } = score(judged)
  return [
    ...survivors.map(survivor),
    ...(survivors.length === 0 ? [] : ['']),
    ...table(
      'kind',
      kindNames.map((kind) => [kind, judged.filter((each) => each.kind === kind)]),
    ),
    '',
    ...table(
      'folder',
      areas.map((area) => [area, judged.filter(({ path }) => areaOf(path) === area)]),
    ),
    '',
    `${judged.length} mutants: ${killed} killed, ${late} timed out, ${survived} survived, ${broken} do not compile, ` +
      `${equivalent} equivalent`,
    `score ${overall.toFixed(1)} %`,
  ]
}

function survivor({ path, line: at, kind, was, text }) {
  const change = kind === 'widened' ? 'a set takes every text of the tests' : `\`${short(was)}\` → \`${short(text)}\``
  return `${path}:${at}: ${kind}: ${change}`
}

function short(text) {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 70 ? `${line.slice(0, 69)}…` : line
}

const line = (name, ...numbers) => `  ${name.padEnd(26)}${numbers.map((each) => String(each).padStart(10)).join('')}`

function table(title, rows) {
  const filled = rows.filter(([, judged]) => judged.length > 0)
  return [
    line(title, 'mutants', 'noticed', 'survived', 'score'),
    ...filled.map(([name, judged]) => {
      const { asked, survived, score: percent } = score(judged)
      return line(name, asked, asked - survived, survived, `${percent.toFixed(1)} %`)
    }),
  ]
}

/** The folder that a row of the report is about: a category of policies, or a package of lib. */
function areaOf(path) {
  return path
    .split('/')
    .slice(0, path.startsWith('main/') ? 1 : 2)
    .join('/')
}
