/**
 * Runs src/read/outside/outside-worker.ts as it stands, for tests of the sources: Node 20 knows no TypeScript. What is
 * published runs dist/read/outside/outside-worker.js.
 */
import { register } from 'node:module'

if (process.features.typescript === undefined) register('../../opa/test/typescript.mjs', import.meta.url)
await import('../src/read/outside/outside-worker.ts')
