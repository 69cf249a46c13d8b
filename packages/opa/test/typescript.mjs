import { readFile } from 'node:fs/promises'
import swc from '@swc/core'

/** Loads TypeScript as jest does; https://nodejs.org/docs/latest-v20.x/api/module.html#loadurl-context-nextload */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context)
  const text = await readFile(new URL(url), 'utf8')
  const { code } = await swc.transform(text, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } })
  return { format: 'module', source: code, shortCircuit: true }
}
