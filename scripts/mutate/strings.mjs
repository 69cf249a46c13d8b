/** The texts of a source that stand for themselves, as they are written, each once; long ones and prose are left out. */
import { tokens } from './tokens.mjs'

export function strings(source) {
  const texts = tokens(source)
    .filter(({ kind, text }) => kind === 'string' && text.startsWith('"') && text.length <= 60 && !/[\s\\]/.test(text))
    .map(({ text }) => text)
  return [...new Set(texts)].sort()
}
