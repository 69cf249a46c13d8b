import { config } from 'zod'

// zod makes code for its schemas, which a Content-Security-Policy without `unsafe-eval` forbids, and reports that already
// where zod tries. So it is told before any schema is made, and what the page itself has chosen holds.
if (config().jitless === undefined) config({ jitless: true })

export * from 'zod'
