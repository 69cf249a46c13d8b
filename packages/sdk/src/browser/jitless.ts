import * as z from 'zod'

// zod makes code for its schemas, which a page's Content-Security-Policy without `unsafe-eval` forbids, and reports even
// where zod only tries. This runs before any schema is made, and leaves alone what the page itself has chosen.
if (z.config().jitless === undefined) z.config({ jitless: true })
