import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { ignoresOf } from './ignores.ts'
import { loadSources } from './locate.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plangate-ignores-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const ignores = async (files: Readonly<Record<string, string>>) => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return ignoresOf(await loadSources(folder))
}

describe('comments that waive', () => {
  test('stand in a block or above it, and mean each of its instances', async () => {
    expect(
      await ignores({
        'main.tf': `# plangate:ignore=a/b,ROW-1 reason="a \\"test\\"" until=2027-01-31 owner=ml ticket=ML-7
// and more to say
resource "aws_x" "y" {
  count = 2
  a     = 1 // plangate:ignore=c/d reason=later
  b {
    /* plangate:ignore=e/f reason="x" */
  }
}
# not plangate:ignore=g/h
data "aws_x" "y" {
  # plangate:ignore=g/h reason="x"
}
variable "v" {
  # plangate:ignore=g/h reason="x"
}
provider "aws" {
  alias = "west"
  # plangate:ignore=g/h reason="x"
}
`,
      }),
    ).toEqual([
      ...['a/b', 'ROW-1'].map((policy) => ({
        policy,
        address: 'aws_x.y',
        instances: true,
        reason: 'a "test"',
        expires: '2027-01-31',
        owner: 'ml',
        ticket: 'ML-7',
        source: 'main.tf:1',
      })),
      { policy: 'c/d', address: 'aws_x.y', instances: true, reason: 'later', owner: 'inline', source: 'main.tf:5' },
      { policy: 'e/f', address: 'aws_x.y', instances: true, reason: 'x', owner: 'inline', source: 'main.tf:7' },
      { policy: 'g/h', address: 'data.aws_x.y', instances: true, reason: 'x', owner: 'inline', source: 'main.tf:12' },
      { policy: 'g/h', address: 'variable.v', instances: true, reason: 'x', owner: 'inline', source: 'main.tf:15' },
      {
        policy: 'g/h',
        address: 'provider.aws.west',
        instances: true,
        reason: 'x',
        owner: 'inline',
        source: 'main.tf:19',
      },
    ])
  })

  test('count in each module that calls lead to, and at a call for all that is inside', async () => {
    const inside = 'resource "aws_x" "y" {\n  # plangate:ignore=a/b reason="x"\n}\n'
    const found = await ignores({
      'main.tf': `module "one" { source = "./m" }
module "two" {
  source   = "./m"
  for_each = toset(["k"])
}
# plangate:ignore=c/d reason="x"
module "far" { source = "org/far/aws" }
`,
      'm/main.tf': `${inside}module "deep" {\n  source = "../n" # plangate:ignore=e/f reason="x"\n}\n`,
      'n/main.tf': 'module "self" { source = "../n" }\n',
      '.terraform/modules/modules.json': JSON.stringify({ Modules: [{ Key: 'far', Dir: 'far' }] }),
      'far/main.tf': inside,
    })
    expect(found.map(({ policy, address, source }) => [policy, address, source])).toEqual([
      ['c/d', 'module.far{,[*]}{,.*}', 'main.tf:6'],
      ['a/b', 'module.one.aws_x.y', 'm/main.tf:2'],
      ['e/f', 'module.one{,[*]}.module.deep{,[*]}{,.*}', 'm/main.tf:5'],
      ['a/b', 'module.two.aws_x.y', 'm/main.tf:2'],
      ['e/f', 'module.two{,[*]}.module.deep{,[*]}{,.*}', 'm/main.tf:5'],
    ])
  })

  test.each<[string, string]>([
    ['# plangate:ignore reason="x"\nresource "a" "b" {}', 'names no policy'],
    ['# plangate:ignore=a/b\nresource "a" "b" {}', 'gives no reason'],
    ['# plangate:ignore=a/b reason=""\nresource "a" "b" {}', 'gives no reason'],
    ['# plangate:ignore=a/b reason="x" until=tomorrow\nresource "a" "b" {}', 'has no valid `until`'],
    ['# plangate:ignore=a/b reason="x" why="y"\nresource "a" "b" {}', 'cannot be read'],
    ['# plangate:ignore=a/b reason="x\nresource "a" "b" {}', 'cannot be read'],
    ['# plangate:ignore=a/b reason="x"\n\nresource "a" "b" {}', 'stands at no block that a plan has'],
    ['locals {\n  # plangate:ignore=a/b reason="x"\n}', 'stands at no block that a plan has'],
    ['# plangate:ignore=a/b reason="x"', 'stands at no block that a plan has'],
  ])('%j is refused', async (text, what) => {
    await expect(ignores({ 'main.tf': text })).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: `the waiver at \`main.tf:1\` ${what}`.replace('tf:1', text.startsWith('locals') ? 'tf:2' : 'tf:1'),
    })
  })
})

/** Two calls of one module. */
const twice = (to: string) => ['a', 'b'].map((name) => `module "${name}" {\n  source = "${to}"\n}\n`).join('')

describe('what nobody writes by hand', () => {
  test('modules that call each other in a circle are looked at once', async () => {
    const calls = ['a', 'b', 'c'].map((name) => `module "${name}" {\n  source = "../${name}"\n}\n`).join('')
    const waived = await ignores({
      'main.tf': 'module "a" {\n  source = "./m/a"\n}\n',
      'm/a/main.tf': calls,
      'm/b/main.tf': calls,
      'm/c/main.tf': `${calls}# plangate:ignore=a/b reason="x"\nresource "aws_x" "y" {}\n`,
    })
    expect(waived.map(({ address }) => address)).toEqual([
      'module.a.module.b.module.c.aws_x.y',
      'module.a.module.c.aws_x.y',
    ])
  })

  test('more than can be meant is refused', async () => {
    const modules = Array.from({ length: 20 }, (_, at) => [`m/${at}/main.tf`, twice(`../${at + 1}`)] as const)
    await expect(
      ignores({
        'main.tf': twice('./m/0'),
        ...Object.fromEntries(modules),
        'm/20/main.tf': '# plangate:ignore=a/b reason="x"\nresource "aws_x" "y" {}\n',
      }),
    ).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining('is one of more than 100000'),
    })
  })
})

test('comments are read once', async () => {
  const sources = await loadSources(folder)
  expect(ignoresOf(sources)).toBe(ignoresOf(sources))
})
