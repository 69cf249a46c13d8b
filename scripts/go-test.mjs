/** Runs the Go tests of packages/opa and leaves their events in .go-test.json, which `npm test` counts. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './dev/process.mjs'
import { ensureGo } from './go.mjs'

const folder = join(root, 'packages', 'opa')

try {
  const go = await ensureGo()
  const { code, output } = await run(go, ['test', '-json', './...'], { cwd: join(folder, 'go') })
  writeFileSync(join(folder, '.go-test.json'), output)
  if (code !== 0) {
    // What `go test` prints without -json, apart from the lines that are not events: those are compile errors.
    for (const line of output.split('\n')) {
      const event = line.startsWith('{') ? JSON.parse(line) : { Output: `${line}\n` }
      process.stdout.write(event.Output ?? '')
    }
  }
  process.exitCode = code
} catch (error) {
  console.error(error.expected === true ? error.message : error)
  process.exitCode = 1
}
