import { describe, expect, test } from '@jest/globals'
import { folderOf } from './fixtures.ts'
import { coded, plangate } from './runner.ts'

describe('explain', () => {
  test('prints the page of a policy, from METADATA and its README, plain in a pipe', async () => {
    await plangate('explain', 'SM-013')
      .in(folderOf({}))
      .expectStdout((stdout) => {
        expect(stdout).toMatch(/^HIGH model_endpoints\/image_digest\nmodel image is not pinned by digest/)
        for (const part of [
          /^fix {11}write the image as/m,
          /^in {12}dev {4}medium, warns\n {14}stage {2}high, fails\n {14}prod {3}high, fails$/m,
          /^parameters {4}approved_registries: list of strings, default \[\]$/m,
          /NIST SP 800-53: SR-3 Supply Chain Controls and Processes/,
          /^Avoid\n\n {4}primary_container \{$/m,
          /^Exceptions$/m,
        ])
          expect(stdout).toMatch(part)
        expect(stdout).not.toContain('\u001b')
      })
      .verify()
  })

  test.each([
    ['an id of a tool that is no alias', 'sagemaker_notebook_instance_root_access_disabled', ['notebooks/root_access']],
    ['an alias of several policies', 'AC-006', ['agents/public_browser', 'agents/unrecorded_browser']],
  ])('%s', async (_, name, ids) => {
    const { stdout } = await plangate('explain', name, '-o', 'json').in(folderOf({})).outcome()
    expect(
      JSON.parse(stdout).map(({ id, readme }: { id: string; readme: string }) => [id, /^## Avoid/m.test(readme)]),
    ).toEqual(ids.map((id) => [id, true]))
  })

  test('says what the config makes of it', async () => {
    const folder = folderOf({
      'plangate.yaml': 'fail_on: critical\nparameters: { SM-013: { approved_registries: [a] } }\n',
    })
    await plangate('explain', 'model_endpoints/image_digest')
      .in(folder)
      .expectStdout((stdout) => {
        expect(stdout).toContain('prod   high, warns\n')
        expect(stdout).toContain('approved_registries: list of strings, given\n')
      })
      .verify()
  })

  test('a name that no policy has is wrong use, with the nearest', async () => {
    await plangate('explain', 'image_digests')
      .in(folderOf({}))
      .expectCode(2)
      .expectStderr((stderr) => {
        coded('ERR_USAGE')(stderr)
        expect(stderr).toContain('hint: did you mean `model_endpoints/image_digest`?')
      })
      .verify()
  })
})
