import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

const script = fileURLToPath(new URL('../../scripts/mutate.mjs', import.meta.url))

/** Some mutants of the library, the same ones while it is the same; the long suite tries them all, and asks for more. */
const asked =
  process.env['PLANGATE_TEST_FULL'] === undefined ? ['--min', '80', '--sample', '200', '--seed', '7'] : ['--min', '90']

test('the tests of the library notice most mutants', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--engine', 'opa', ...asked], {
    encoding: 'utf8',
  })
  expect({ status, stdout, stderr }).toEqual({
    status: 0,
    stdout: expect.stringMatching(/\nscore \d+\.\d %\n$/),
    stderr: expect.any(String),
  })
}, 7_200_000)
