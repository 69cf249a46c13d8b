/**
 * The texts of a source that stand for themselves, as they are written, each once; long ones and prose are left out. Of
 * references such as `"terraform_data.key.output"` the type is among them, too.
 */
import { tokens } from './tokens.mjs'

export function strings(source) {
  const texts = tokens(source)
    .filter(({ kind, text }) => kind === 'string' && text.startsWith('"') && text.length <= 60 && !/[\s\\]/.test(text))
    .map(({ text }) => text)
  return [...new Set(texts.flatMap((text) => [text, ...typeOf(text)]))].sort()
}

function typeOf(text) {
  const type = /^"((?:data\.)?[a-z]\w*)\.\w+/.exec(text)?.[1]
  return type === undefined ? [] : [`"${type}"`]
}
