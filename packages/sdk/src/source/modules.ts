import type { Block } from './parse.ts'

/** Returns the folder of a module that lies in the sources themselves, as the block that calls it names it. */
export const localModule = (call: Block, folder: string): string | undefined => {
  const source = call.attributes.get('source')?.value.text
  return source !== undefined && /^\.\.?(\/|$)/.test(source) ? joined(folder, source) : undefined
}

/** Two paths as one, without `.` and, as far as there is something to leave, without `..`. */
const joined = (folder: string, path: string): string => {
  const parts: string[] = []
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return parts.join('/') || '.'
}
