import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, test } from '@jest/globals'
import { outcome } from '../../test/bundle.ts'
import { openPlan, type PlanSource } from './plan.ts'

const folder = mkdtempSync(join(tmpdir(), 'plangate-read-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'plan.json')
const text = '{"a":"é"}'
const bytes = new TextEncoder().encode(text)
writeFileSync(path, bytes)

async function* pieces(): AsyncGenerator<Uint8Array> {
  for (const byte of bytes) yield Uint8Array.of(byte)
}
// oxlint-disable-next-line require-yield -- it stops before it yields
async function* broken(): AsyncGenerator<Uint8Array> {
  throw new Error('the network went away')
}

const readPlan = async (source: PlanSource, limit?: number): Promise<Buffer> => {
  const opened = await openPlan(source, limit)
  if (opened instanceof Uint8Array) return Buffer.from(opened)
  const copies: Uint8Array[] = []
  // A piece is good until the next one.
  for await (const piece of opened) copies.push(piece.slice())
  return Buffer.concat(copies)
}

describe('openPlan', () => {
  test.each<[string, () => PlanSource]>([
    ['a path', () => path],
    ['a Uint8Array', () => bytes],
    ['a Buffer in a pool', () => Buffer.from(text)],
    ['an ArrayBuffer', () => bytes.slice().buffer],
    ['an async iterable', () => pieces()],
    ['a Node stream', () => Readable.from([bytes.subarray(0, 6), bytes.subarray(6)])],
    ['a web stream', () => new Blob([bytes]).stream()],
    ['a document', () => ({ a: 'é' })],
  ])('reads %s', async (_, source) => {
    expect(new TextDecoder().decode(await readPlan(source()))).toBe(text)
  })

  test('reads a pipe, which has no size', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    spawn('cp', [path, pipe])
    const read = readPlan(pipe, 100)
    expect(new TextDecoder().decode(await read)).toBe(text)
  })

  test('reads a file that is larger than a piece', async () => {
    const large = join(folder, 'large.json')
    const contents = Buffer.alloc(5 * 1024 * 1024 + 1, 'plan ')
    writeFileSync(large, contents)
    expect(Buffer.compare(await readPlan(large), contents)).toBe(0)
  })

  test.each<[string, () => PlanSource]>([
    ['a file', () => path],
    ['bytes', () => bytes],
    ['a stream', () => pieces()],
    ['a document', () => ({ a: 'é' })],
  ])('refuses %s above the limit', async (_, source) => {
    expect(await outcome(readPlan(source(), 9))).toEqual({
      code: 'ERR_INPUT_TOO_LARGE',
      message: 'the plan is larger than 9 bytes',
    })
  })

  test.each<[string, () => PlanSource, string]>([
    ['a missing file', () => 'no/plan.json', 'cannot read a plan at `no/plan.json`'],
    ['a folder', () => folder, `cannot read a plan at \`${folder}\`: it is a folder`],
    ['a stream that breaks', () => broken(), 'cannot read the stream of the plan'],
  ])('refuses %s', async (_, source, message) => {
    expect(await outcome(readPlan(source()))).toEqual({ code: 'ERR_INPUT_NOT_FOUND', message })
  })

  test('names a mistake of the caller', async () => {
    const cycle: Record<string, unknown> = {}
    cycle.self = cycle
    const wrong = { code: 'ERR_ARGUMENT_INVALID', message: '`plan` cannot be written as JSON' }
    expect(await outcome(readPlan(cycle))).toEqual(wrong)
    expect(await outcome(readPlan({ n: 1n }))).toEqual(wrong)
    // `as`: what a caller without types could pass
    await expect(readPlan(undefined as never)).rejects.toThrow(
      '`plan` is a path, bytes, a stream of bytes or a parsed document',
    )
    await expect(readPlan(Readable.from(['text']) as never)).rejects.toThrow(
      '`plan` is a stream that gives no bytes: leave its encoding unset',
    )
  })
})
