import { readFileSync } from 'node:fs'
import { inputSelector } from '@plangate/bundle'
import { expect, test } from '@jest/globals'
import { randomOf } from '../../compiler/test/reads/random.ts'
import { cases } from '../../../test-plans/src/cases.ts'
import { stacks } from '../../../test-plans/src/stacks.ts'
import { readInput, readInputStream } from '../src/input/read.ts'
import type { PlanFacts, PlanInput } from '../src/input/reading.ts'
import { planDocument } from './documents.ts'
import { readings } from './reads.ts'
import { parsePlan } from './reference/parse.ts'

const full = process.env['PLANGATE_TEST_FULL'] !== undefined

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const encode = (document: unknown, space?: number): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(document, undefined, space))
const shown = ({ sensitive, ...facts }: PlanFacts) => ({ ...facts, sensitive: [...sensitive].sort() })

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const piece = new Uint8Array(size)
  for (let at = 0; at < bytes.length; at += size) {
    const part = bytes.subarray(at, at + size)
    piece.set(part)
    yield piece.subarray(0, part.length)
    // Good until the next one is asked for, and not longer.
    piece.fill(0x7b)
  }
}

/** What is left of a document, which may be more than what is read, as long as that is the same. */
const expectSelected = (left: unknown, document: unknown, select: (input: unknown) => unknown): void => {
  expect(select(left)).toEqual(select(document))
}

const plans = [
  ...stacks().map(
    ({ path }) =>
      [
        path
          .split(/[/\\\\]/)
          .slice(-2)
          .join('/'),
        path,
      ] as const,
  ),
  ...cases().map(({ id, planPath }) => [id, planPath] as const),
].filter((_, index) => full || index % 9 === 2)

test.each(plans)('%s: facts and marked values are those of the parsed plan', async (_, path) => {
  const plan: unknown = JSON.parse(readFileSync(path, 'utf8'))
  for (const document of [plan, { plan, run: { id: 'run-1' } }]) {
    for (const bytes of [encode(document), encode(document, 2)]) {
      const facts = shown(parsePlan(bytes))
      for (const [name, reads] of Object.entries(readings)) {
        const read = readInput(bytes, reads)
        expect(shown(read.facts)).toEqual(facts)
        const left: unknown = JSON.parse(text(read.input))
        expectSelected(left, document, inputSelector(reads))
        // More is left only of what is read in some elements.
        const exact = name === 'some of all resources' ? inputSelector(reads)(document) : left
        expect(left).toEqual(exact)
      }
      expect(Buffer.compare(readInput(bytes).input, bytes)).toBe(0)
    }
  }
  const bytes = encode(plan)
  for (const size of full ? [1, 13, 4096] : [997]) await expectStreamed(bytes, size)
})

const expectStreamed = async (bytes: Uint8Array, size: number): Promise<void> => {
  for (const reads of Object.values(readings)) {
    const whole = readInput(bytes, reads)
    const streamed = await readInputStream(pieces(bytes, size), reads)
    expect(Buffer.compare(streamed.input, whole.input)).toBe(0)
    expect(shown(streamed.facts)).toEqual(shown(whole.facts))
  }
}

test('generated plans: facts, marked values and what is left are those of the parsed plan', () => {
  const random = randomOf(7)
  let marked = 0
  for (let number = 0; number < (full ? 20_000 : 200); number++) {
    const document = planDocument(random)
    const bytes = encode(document, random.chance(20) ? 1 : undefined)
    const facts = outcome(() => shown(parsePlan(bytes)))
    for (const reads of Object.values(readings)) {
      let read: PlanInput | undefined
      const found = outcome(() => {
        read = readInput(bytes, reads)
        return shown(read.facts)
      })
      expect(found).toEqual(facts)
      if (read === undefined) continue
      marked += read.facts.sensitive.size
      expectSelected(JSON.parse(text(read.input)), JSON.parse(text(bytes)), inputSelector(reads))
    }
  }
  expect(marked).toBeGreaterThan(500)
})

const outcome = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    const { code, message } = Object(error)
    return { code, message }
  }
}
