import { type Palette, wrap } from '@plangate/sdk'

/**
 * The lines of a README as a terminal shows them: headings bold, code indented as it stands, prose and lists wrapped at
 * `width`. Links are told by their text.
 */
export function markdownLines(text: string, width: number, color: Palette): readonly string[] {
  const lines: string[] = []
  let block: string[] = []
  const end = () => {
    if (block.length > 0) lines.push(...prose(block, width), '')
    block = []
  }
  let isCode = false
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) {
      end()
      if (isCode) lines.push('')
      isCode = !isCode
    } else if (isCode) lines.push(`    ${line}`.trimEnd())
    else if (line.startsWith('#')) {
      end()
      lines.push(color.bold(line.replace(/^#+ */, '')), '')
    } else if (line.trim() === '') end()
    else if (/^([-*]|\d+\.) /.test(line)) {
      if (block.length > 0) lines.push(...prose(block, width))
      block = [line]
    } else block.push(line)
  }
  end()
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

/** A paragraph, or an item of a list, whose lines hang below its first word. */
function prose(block: readonly string[], width: number): readonly string[] {
  const text = block.join(' ').replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
  // A table stays as it is written.
  if (text.startsWith('|')) return block
  const mark = /^([-*]|\d+\.) +/.exec(text)?.[0] ?? ''
  const indent = ' '.repeat(mark.length)
  return wrap(text.slice(mark.length), width - mark.length).map((line, at) => `${at === 0 ? mark : indent}${line}`)
}
