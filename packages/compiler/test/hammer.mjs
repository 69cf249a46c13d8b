/**
 * Writes and reads entries of a cache until it is killed: `node --conditions=@plangate/source hammer.mjs <folder> <bytes>`.
 *
 * Says `ready` at the beginning, and ends with 1 and a reason as soon as the cache gives what was not put into it.
 */
import { createHash } from 'node:crypto'
import { register } from 'node:module'

if (process.features.typescript === undefined) register('../../opa/test/typescript.mjs', import.meta.url)
const { openStore } = await import('../src/cache/store.ts')

const [folder, maxBytes] = process.argv.slice(2)
const store = await openStore({ folder, maxBytes: Number(maxBytes) })
process.stdout.write('ready\n')
for (let step = process.pid; ; step++) {
  const name = `${step % 40}`
  const key = createHash('sha256').update(name).digest('hex')
  const bytes = Buffer.alloc(1 + (step % 40) * 5000, name)
  const found = await store.read(key)
  if (found !== undefined && !bytes.equals(found)) {
    process.stdout.write(`wrong bytes for ${name}\n`)
    process.exit(1)
  }
  if (found === undefined || step % 3 === 0) await store.write(key, bytes)
}
