import { expect, test } from '@jest/globals'
import { compareChecksum, parseChecksums } from './build-wasm.mjs'
import { isRecent } from './go.mjs'

const [sum, other] = ['a'.repeat(64), 'b'.repeat(64)]
const recorded = parseChecksums(`${sum}  go1.26.8\n${other}  go1.26.6\nnot a line\n`)

test('a line holds a checksum and the Go that made it', () => {
  expect([...recorded]).toEqual([
    ['go1.26.8', sum],
    ['go1.26.6', other],
  ])
})

test.each([
  ['the recorded sum is right', 'go1.26.8', sum, {}],
  [
    'another sum with a recorded Go is an error',
    'go1.26.8',
    other,
    {
      error:
        'opa.wasm is bbbbbbbbbbbb…, but wasm.sha256 says aaaaaaaaaaaa… for go1.26.8: after a change to packages/opa/go run `node scripts/build-wasm.mjs --record`',
    },
  ],
  [
    'another Go is a notice',
    'go1.27.0',
    sum,
    { notice: 'opa.wasm was built with go1.27.0, for which no checksum is recorded' },
  ],
])('%s', (_, version, actual, expected) => {
  expect(compareChecksum(recorded, version, actual)).toEqual(expected)
})

test.each([
  ['go version go1.26.8 linux/amd64', true],
  ['go version go1.25.0 darwin/arm64', true],
  ['go version go2.0 linux/amd64', true],
  ['go version go1.24.9 linux/amd64', false],
  ['go version devel linux/amd64', false],
  [undefined, false],
])('`%s` is recent enough: %s', (version, expected) => {
  expect(isRecent(version)).toBe(expected)
})
