import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { chromium } from './browser/chromium.ts'
import { drive } from './browser/drive.ts'

const missing = chromium === undefined ? ' (skipped: no Chromium on PATH, nor in PLANGATE_CHROMIUM)' : ''
const guarded = chromium === undefined ? test.skip : test
const index = new URL('../../../policies/dist/catalogue/index.html', import.meta.url)

const shown =
  "[...document.querySelectorAll('tbody tr')].filter((row) => !row.hidden).map((row) => row.querySelector('.name').textContent)"
const count = "document.getElementById('count').textContent"
const choose = (id: string, value: string) =>
  `{ const it = document.getElementById('${id}'); it.value = '${value}'; it.dispatchEvent(new Event('input')) }`

guarded(`the catalogue is filtered by typing, choosing and keys, from a disk${missing}`, async () => {
  await drive(chromium ?? '', index.href, async ({ ask, type, press, complaints }) => {
    const all = await ask(count)
    expect(all).toMatch(/^\d+ policies$/)
    // The key leads into the search, where it is a letter like others.
    await type('/')
    expect(await ask('document.activeElement.id')).toBe('text')
    await type('ckv_aws_122')
    expect(await ask(shown)).toEqual(['notebooks/direct_internet'])
    expect(await ask(count)).toBe(`1 of ${String(all)}`)
    expect(await ask('location.hash')).toBe('#text=ckv_aws_122')
    await press('Escape')
    expect([await ask(count), await ask('location.hash')]).toEqual([all, ''])
    await ask(choose('severity', 'critical'))
    await ask(choose('category', 'network'))
    expect(await ask(shown)).toContain('network/public_function_url')
    await ask(choose('category', 'keys'))
    await ask(choose('service', 'SageMaker'))
    expect([await ask(shown), await ask("document.getElementById('none').hidden")]).toEqual([[], false])
    await ask("document.getElementById('again').click()")
    expect([await ask(count), await ask('document.activeElement.id')]).toEqual([all, 'text'])
    await ask("location.hash = '#framework=cis_aws'")
    await ask(choose('severity', ''))
    expect(await ask("document.getElementById('framework').value")).toBe('cis_aws')
    expect(complaints).toEqual([])
  })
})

guarded(`a page of a policy opens from the disk and complains about nothing${missing}`, async () => {
  const page = new URL('model_endpoints/image_digest.html', index)
  await drive(chromium ?? '', page.href, async ({ ask, complaints }) => {
    expect(await ask("getComputedStyle(document.querySelector('pre')).overflowX")).toBe('auto')
    expect(await ask("document.querySelector('nav a').href")).toBe(`file://${fileURLToPath(index)}`)
    expect(complaints).toEqual([])
  })
})
