import { chmodSync, lstatSync, readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { folderOf } from './fixtures.ts'
import { coded, plangate } from './runner.ts'

const bad = 'package a\np   :=   1\n'
const good = 'package a\n\np := 1\n'
const files = { 'p/b.rego': bad, 'p/a/x.rego': good, 'p/a.rego': bad, 'p/notes.txt': 'x' }

describe('fmt', () => {
  test('prints files one after the other, in the order of opa', async () => {
    await plangate('fmt', 'p').in(folderOf(files)).expectStdout(good.repeat(3)).verify()
  })

  test('formats standard input', async () => {
    await plangate('fmt').stdin(bad).expectStdout(good).verify()
  })

  test('--list names what would change, and ends with 1', async () => {
    await plangate('fmt', '--list', './p')
      .in(folderOf(files))
      .expectCode(1)
      .expectStdout('p/a.rego\np/b.rego\n')
      .verify()
    await plangate('fmt', '-l', 'p/a').in(folderOf(files)).verify()
  })

  test('--list for a program is one document', async () => {
    const folder = folderOf({ ...files, 'p/c.rego': 'package c\n\np if {' })
    await plangate('fmt', '--list', '--format', 'github', 'p')
      .in(folder)
      .expectCode(2)
      .expectStdout(
        [
          '::error file=p/a.rego,line=1,endLine=1,col=1,endColumn=1,title=unformatted::not formatted%0Afix: run `plangate fmt --write p/a.rego`',
          '::error file=p/b.rego,line=1,endLine=1,col=1,endColumn=1,title=unformatted::not formatted%0Afix: run `plangate fmt --write p/b.rego`',
          '::error file=p/c.rego,line=3,endLine=3,col=6,endColumn=6,title=rego_parse_error::unexpected eof token',
          '',
        ].join('\n'),
      )
      .verify()
  })

  test('--fail ends at the first file that would change', async () => {
    await plangate('fmt', '--fail', 'p')
      .in(folderOf(files))
      .expectCode(1)
      .expectStdout(good)
      .expectStderr('p/a.rego: not formatted\nhint: run `plangate fmt --write p/a.rego`\n')
      .verify()
    await plangate('fmt', '--fail', 'p/a').in(folderOf(files)).expectStdout(good).verify()
  })

  test('--diff prints what opa prints', async () => {
    await plangate('fmt', '--diff', 'p/b.rego')
      .in(folderOf(files))
      .expectStdout((stdout) => expect(stdout).toContain('package a\n\u001b[32m'))
      .verify()
  })

  test('--write writes what has changed, keeps modes and links, and leaves nothing else', async () => {
    const folder = folderOf(files)
    chmodSync(join(folder, 'p/b.rego'), 0o666)
    symlinkSync('../p/b.rego', join(folder, 'p/link.rego'))
    const untouched = statSync(join(folder, 'p/a/x.rego')).mtimeMs
    await plangate('fmt', '--write', 'p').in(folder).verify()
    expect({
      texts: ['p/a.rego', 'p/b.rego', 'p/a/x.rego'].map((path) => readFileSync(join(folder, path), 'utf8')),
      mode: statSync(join(folder, 'p/b.rego')).mode & 0o777,
      isLink: lstatSync(join(folder, 'p/link.rego')).isSymbolicLink(),
      untouched: statSync(join(folder, 'p/a/x.rego')).mtimeMs === untouched,
      names: readdirSync(join(folder, 'p')).sort(),
    }).toEqual({
      texts: [good, good, good],
      mode: 0o666,
      isLink: true,
      untouched: true,
      names: ['a', 'a.rego', 'b.rego', 'link.rego', 'notes.txt'],
    })
  })

  test('what is no Rego ends it, with its place; what was before it is written, as with opa', async () => {
    const folder = folderOf({ ...files, 'p/aa.rego': 'package aa\n\np if {' })
    await plangate('fmt', '--write', 'p')
      .in(folder)
      .expectCode(2)
      .expectStderr(
        'p/aa.rego:3:6: error: unexpected eof token [rego_parse_error]\n    |\n  3 | p if {\n    |      ^\n' +
          'error: `p/aa.rego` cannot be formatted [ERR_POLICY_INVALID]\nhint: mend what is listed above and run it again\n',
      )
      .verify()
    expect(['a', 'aa', 'b'].map((name) => readFileSync(join(folder, `p/${name}.rego`), 'utf8'))).toEqual([
      good,
      'package aa\n\np if {',
      bad,
    ])
  })

  test.each([
    ['a path that is not there', ['fmt', 'nowhere'], 'ERR_SOURCE_NOT_FOUND'],
    ['an unknown version of OPA', ['fmt', '--capabilities', 'nowhere.json', 'p'], 'ERR_CAPABILITIES_INVALID'],
    ['no query', ['deps'], 'ERR_USAGE'],
    ['data that is not there', ['deps', '-d', 'nowhere', 'data.x'], 'ERR_SOURCE_NOT_FOUND'],
    ['an unknown version', ['capabilities', '--version', 'v9.9.9'], 'ERR_CAPABILITIES_INVALID'],
    ['capabilities that are none', ['capabilities', '--file', 'p/notes.txt'], 'ERR_CAPABILITIES_INVALID'],
  ])('%s is wrong use', async (_, args, code) => {
    await plangate(...args)
      .in(folderOf(files))
      .expectCode(2)
      .expectStderr(coded(code))
      .verify()
  })
})

test('deps prints a table, and what is wrong with its place', async () => {
  const folder = folderOf({ 'a.rego': 'package a\n\nallow if input.x\n' })
  await plangate('deps', '--data', 'a.rego', 'data.a.allow')
    .in(folder)
    .expectStdout(
      [
        '┌────────────────┬───────────────────┐',
        '│ BASE DOCUMENTS │ VIRTUAL DOCUMENTS │',
        '├────────────────┼───────────────────┤',
        '│ input.x        │ data.a.allow      │',
        '└────────────────┴───────────────────┘',
        '',
      ].join('\n'),
    )
    .verify()
  await plangate('deps', 'data.a[')
    .expectCode(2)
    .expectStderr((stderr) => expect(stderr).toMatch(/^query `data\.a\[`:1:7: error: .*\n.*\n  1 \| data\.a\[\n/))
    .verify()
})

test('capabilities lists versions, and shows one', async () => {
  await plangate('capabilities')
    .expectStdout((stdout) => expect(stdout).toMatch(/^v0\.17\.0\n(v\d+\.\d+\.\d+(-\w+)?\n)+$/))
    .verify()
  await plangate('capabilities', '--version', 'v0.32.1')
    .expectStdout((stdout) => expect(Object.keys(JSON.parse(stdout))).toContain('builtins'))
    .verify()
})
