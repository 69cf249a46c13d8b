/**
 * Draws docs/walk.svg: what docs/walk.md shows before its line `<!-- recorded so far -->`, as a terminal prints it.
 *
 * `node scripts/record.mjs` runs the commands and writes it; with `--check` it says whether that would change it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './dev/process.mjs'
import { cellsOf, shown } from './record/ansi.mjs'
import { folded, pictureOf } from './record/picture.mjs'
import { runSession, stepsOf } from './record/session.mjs'

const COLUMNS = 100

const [recorded, rest] = readFileSync(join(root, 'docs', 'walk.md'), 'utf8').split('<!-- recorded so far -->\n')
if (rest === undefined) throw new Error('docs/walk.md has no line `<!-- recorded so far -->`')

const prompt = (command) => [
  { char: '$', color: 'green', bold: true },
  { char: ' ' },
  ...[...command].map((char) => ({ char, bold: true })),
]

const lines = (await runSession(stepsOf(recorded))).flatMap(({ file, content, command, output, printed }) => {
  if (file !== undefined) return [prompt(`cat ${file}`), ...cellsOf(content), []]
  const found = shown(cellsOf(printed), output)
  if (found === undefined) throw new Error(`\`${command}\` prints something else than docs/walk.md says:\n${printed}`)
  return [prompt(command), ...found, []]
})
const picture = pictureOf('a walk with plangate, as a terminal shows it', folded(lines.slice(0, -1), COLUMNS), COLUMNS)

const path = join(root, 'docs', 'walk.svg')
if (!process.argv.includes('--check')) writeFileSync(path, picture)
else if (readFileSync(path, 'utf8') !== picture) {
  console.error('docs/walk.svg is not what the commands print: run `node scripts/record.mjs`')
  process.exitCode = 1
}
