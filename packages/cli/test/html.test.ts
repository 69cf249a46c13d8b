import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { chromium } from './browser/chromium.ts'
import { drive } from './browser/drive.ts'
import { type Picture, pictureOf } from './browser/png.ts'
import { testPlan } from './fixtures.ts'
import { plangate } from './runner.ts'

const missing = chromium === undefined ? ' (skipped: no Chromium on PATH, nor in PLANGATE_CHROMIUM)' : ''
const guarded = chromium === undefined ? test.skip : test

const cards = "[...document.querySelectorAll('.card')].filter((card) => !card.hidden)"
const ids = `${cards}.map((card) => card.querySelector('summary code').textContent)`
const focused = 'document.activeElement.value ?? document.activeElement.tagName'
const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'

const light = ([red, green, blue]: readonly number[]) => ((red ?? 0) + (green ?? 0) + (blue ?? 0)) / 3

/** How much of a picture is something else than its upper left corner. */
const drawn = ({ width, height, at }: Picture): number => {
  const ground = light(at(0, 0))
  let count = 0
  for (let y = 0; y < height; y += 3)
    for (let x = 0; x < width; x += 3) if (Math.abs(light(at(x, y)) - ground) > 40) count += 1
  return count / Math.ceil(width / 3) / Math.ceil(height / 3)
}

/** Whether nothing is drawn at the right edge. */
const isEmptyAtRight = ({ width, height, at }: Picture): boolean => {
  const rows = Array.from({ length: height }, (_, y) => light(at(width - 2, y)))
  return rows.every((value) => Math.abs(value - light(at(0, 0))) <= 40)
}

describe('a report in a browser, from a disk', () => {
  let folder: string
  let decision: { readonly findings: readonly object[]; readonly counts: object }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plangate-html-'))
    const [plan, json, html] = [
      testPlan('stacks', 'model-endpoint', 'open.plan.json'),
      join(folder, 'decision.json'),
      join(folder, 'report.html'),
    ]
    await plangate('test', plan, '-o', `json=${json}`, '-o', `html=${html}`).outcome()
    decision = JSON.parse(readFileSync(json, 'utf8'))
    const framework = join(folder, 'framework.html')
    const { stdout } = await plangate('report', json, '--framework', 'owasp_llm', '-o', 'html').outcome()
    writeFileSync(framework, stdout)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const url = (name: string) => pathToFileURL(join(folder, name)).href

  guarded(`is filtered by typing and by keys${missing}`, async () => {
    await drive(chromium ?? '', url('report.html'), async ({ ask, type, press, complaints }) => {
      const all = Number(await ask(`${cards}.length`))
      expect(all).toBeGreaterThan(15)
      await press('Tab')
      expect(await ask('document.activeElement.id')).toBe('text')
      await type('isolation')
      expect(await ask(ids)).toEqual(['model_endpoints/network_isolation'])
      expect(await ask("document.getElementById('shown').textContent")).toBe(`1 of ${all}`)
      expect(await ask("[...document.querySelectorAll('.kind')].filter((head) => !head.hidden).length")).toBe(1)
      for (const _ of 'isolation') await press('Backspace')
      expect(await ask(`${cards}.length`)).toBe(all)
      const reached = []
      for (let at = 0; at < 4; at += 1) {
        await press('Tab')
        reached.push(await ask(focused))
        await press('Space')
      }
      expect(reached).toEqual(['critical', 'high', 'medium', 'low'])
      expect(await ask(ids)).toEqual([])
      await press('Space')
      expect(await ask(`${cards}.every((card) => card.dataset.severity === 'low') && ${cards}.length > 0`)).toBe(true)
      await press('Tab')
      expect([await ask(focused), await ask('document.activeElement.parentElement.open')]).toEqual(['SUMMARY', false])
      await press('Enter')
      expect(await ask('document.activeElement.parentElement.open')).toBe(true)
      expect(complaints).toEqual([])
    })
  })

  guarded(`is printed with all that is folded, and folded again${missing}`, async () => {
    await drive(chromium ?? '', url('report.html'), async ({ ask, show, complaints }) => {
      const folded = "document.querySelectorAll('details:not([open])').length"
      const before = Number(await ask(folded))
      expect(before).toBeGreaterThan(0)
      await show({ media: 'print' })
      await ask("dispatchEvent(new Event('beforeprint'))")
      expect(await ask(folded)).toBe(0)
      expect(await ask("getComputedStyle(document.querySelector('.filters')).display")).toBe('none')
      await ask("dispatchEvent(new Event('afterprint'))")
      expect(await ask(folded)).toBe(before)
      expect(complaints).toEqual([])
    })
  })

  guarded.each(['report.html', 'framework.html'])(
    `%s can be read in light, in dark and on a telephone${missing}`,
    async (name) => {
      await drive(chromium ?? '', url(name), async ({ ask, show, screenshot, complaints }) => {
        for (const [scheme, width] of [
          ['light', 1200],
          ['dark', 1200],
          ['light', 360],
          ['dark', 360],
        ] as const) {
          await show({ scheme, width })
          const png = await screenshot()
          const picture = pictureOf(png)
          expect(await ask(overflow)).toBe(0)
          expect([picture.width, isEmptyAtRight(picture)]).toEqual([width, true])
          expect(light(picture.at(0, 0)) > 200).toBe(scheme === 'light')
          expect(light(picture.at(0, 0)) < 60).toBe(scheme === 'dark')
          // Text covers some of a page, and never most of it.
          expect(drawn(picture)).toBeGreaterThan(0.01)
          expect(drawn(picture)).toBeLessThan(0.4)
        }
        expect(complaints).toEqual([])
      })
    },
  )

  guarded(`opens with thousands of findings, folds most of their places and finds one of them${missing}`, async () => {
    const [first] = decision.findings
    const findings = Array.from({ length: 2000 }, (_, at) => ({ ...first, address: `aws_s3_bucket.b[${at}]` }))
    const counts = { ...decision.counts, fail: 2000, warn: 0 }
    const path = join(folder, 'large.json')
    writeFileSync(path, JSON.stringify({ ...decision, findings, counts }))
    const { code, stderr } = await plangate('report', path, '-o', `html=${join(folder, 'large.html')}`).outcome()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    await drive(chromium ?? '', url('large.html'), async ({ ask, type, press, complaints }) => {
      expect(await ask("document.querySelector('.card > details > summary').textContent")).toBe('1980 more places')
      // A reader scrolls past a few screens, not past thousands of places.
      expect(Number(await ask('document.documentElement.scrollHeight'))).toBeLessThan(6000)
      await press('Tab')
      await type('b[1999]')
      expect(await ask(`${cards}.length`)).toBe(1)
      await type('9')
      expect(await ask(`${cards}.length`)).toBe(0)
      expect(complaints).toEqual([])
    })
  })
})
