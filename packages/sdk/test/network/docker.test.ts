import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { dockerUser } from '../../src/read/docker.ts'
import { outcome } from '../bundle.ts'

const folder = mkdtempSync(join(tmpdir(), 'docker-'))
const before = process.env['DOCKER_CONFIG']
beforeAll(() => void (process.env['DOCKER_CONFIG'] = folder))
afterAll(() => {
  if (before === undefined) delete process.env['DOCKER_CONFIG']
  else process.env['DOCKER_CONFIG'] = before
  rmSync(folder, { recursive: true })
})
const written = (text: string) => writeFileSync(join(folder, 'config.json'), text)
const auth = (text: string) => ({ auth: Buffer.from(text).toString('base64') })

test('without a file nobody asks', async () => {
  expect(await dockerUser('ghcr.io')).toBeUndefined()
})

test('who has logged in is found by the host', async () => {
  const auths = {
    'ghcr.io': auth('me:pass:word'),
    'https://old.example/v1/': auth('older:secret'),
    'none.example': {},
    'odd.example': auth('nobody'),
  }
  written(JSON.stringify({ auths, credsStore: 'desktop' }))
  expect(await dockerUser('ghcr.io')).toEqual({ username: 'me', password: 'pass:word' })
  expect(await dockerUser('old.example')).toEqual({ username: 'older', password: 'secret' })
  for (const host of ['evil-ghcr.io', 'none.example', 'odd.example', 'constructor']) {
    expect([host, await dockerUser(host)]).toEqual([host, undefined])
  }
})

test('a file that is not JSON is told without its text', async () => {
  written('{"auths": hunter2')
  expect(await outcome(dockerUser('ghcr.io'))).toEqual({
    code: 'ERR_CONFIG_INVALID',
    message: `\`${join(folder, 'config.json')}\` is not JSON`,
  })
})
