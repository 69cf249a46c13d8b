// Writes decision.schema.json from the built schema: `npm run schema`.
import { writeFileSync } from 'node:fs'
import { decisionJsonSchema } from './dist/index.js'

writeFileSync(new URL('decision.schema.json', import.meta.url), `${JSON.stringify(decisionJsonSchema(), null, 2)}\n`)
