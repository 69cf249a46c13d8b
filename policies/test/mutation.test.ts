import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

const script = fileURLToPath(new URL('../../scripts/mutate.mjs', import.meta.url))

/** Some mutants of the library, always the same ones; the long suite tries them all. */
const size = process.env['PLANGATE_TEST_FULL'] === undefined ? ['--sample', '200', '--seed', '7'] : []

test('the tests of the library notice nine of ten mutants', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--engine', 'opa', '--min', '90', ...size], {
    encoding: 'utf8',
  })
  expect({ status, stdout, stderr }).toEqual({
    status: 0,
    stdout: expect.stringMatching(/\nscore \d+\.\d %\n$/),
    stderr: expect.any(String),
  })
}, 7_200_000)
