import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { configurationAddress } from './address.ts'
import { loadSources } from './locate.ts'
import type { Sources } from './sources.ts'

const files = {
  'main.tf': `terraform {}
module "near" {
  source   = "./modules/near"
  for_each = toset(["a.b"])
}
module "far" {
  source = "registry.example/org/far/aws"
}
module "gone" {
  source = "git::https://example.org/gone"
}
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "west"
  region = "us-west-1"
}
variable "token" {
  default = "x"
}
output "token" { value = var.token }
data "aws_iam_policy_document" "this" {
  statement {
    actions = ["*"]
  }
  statement {
    actions = ["s3:*"]
  }
}
resource "aws_instance" "this" {
  count = 2
  tags = {
    Name      = "é", "team name" = "ml" # comment
    (var.key) = 1
  }
  root_block_device {
    encrypted = false
  }
  dynamic "ebs_block_device" {
    for_each = var.disks
    content {
      encrypted = ebs_block_device.value
    }
  }
}
resource "aws_x" "after" {
  list = [{ a = 1 }, { a = 2 }]
}
resource "aws_x" "json" {
  policy = jsonencode({ Statement = [{ Effect = "Allow" }, { "Action" : "*" }] })
}
resource "aws_x" "overridden" {
  a = 1
  b = 1
}
`,
  'sets.tf': `resource "aws_security_group" "two" {
  ingress {
    cidr_blocks = ["10.0.0.0/8"]
  }
  ingress {
    cidr_blocks = ["0.0.0.0/0"]
    self        = true
  }
}
resource "aws_security_group" "attribute" {
  ingress = [{ self = true }, { self = false }]
}
resource "other_x" "unknown" {
  b { a = 1 }
  b { a = 2 }
}
`,
  'a.tf.json': `{
  "resource": {
    "aws_x": { "json_one": { "a": 1, "b": { "c": [1, 2] } } },
    "aws_y": [{ "json_two": [{ "a": "\\"x" }] }]
  },
  "provider": { "json": [{ "a": 1 }, { "alias": "west", "a": 2 }] },
  "//": "a comment",
  "variable": { "json": {} }, "module": { "json": { "source": "./modules/near", "a": "x" } }
}`,
  'list.tf.json': '[{ "resource": { "aws_x": { "in_list": { "a": 1 } } } }]',
  'broken.tf.json': '{ "resource": { "aws_x": ',
  'bom.tf': '\uFEFFresource "aws_x" "bom" { a = "😀" }\nresource "aws_x" "bom_two" { /* 😀 */ a = 1 }\n',
  'handed.tf': `module "handed" {
  source = "./modules/handed"
  acl    = "public-read"
}
`,
  'handed_override.tf': `module "handed" {
  acl = "private"
}
`,
  'modules/handed/main.tf': `module "on" {
  source = "../on"
  rule   = var.acl
}
`,
  'modules/on/main.tf': `resource "aws_x" "on" {
  acl = var.rule
  b   = upper(var.rule)
  c { d = [var.none] }
}
`,
  'broken.tf': 'resource "aws_x" "broken" { a = }',
  'x_override.tf': `resource "aws_x" "overridden" {
  b = 2
}
`,
  'modules/near/main.tf': `module "deeper" {
  source = "../deeper"
}
resource "aws_x" "near" {
  a = var.a
}
`,
  'modules/deeper/z.tf': `resource "aws_x" "deep" {
  a = 1
}
`,
  '.terraform/modules/modules.json': JSON.stringify({
    Modules: [{ Key: '', Dir: '.' }, { Key: 'far', Source: 's', Dir: '.terraform/modules/far/sub' }, { Key: 7 }],
  }),
  '.terraform/modules/far/sub/main.tf': `resource "aws_x" "far" {\r\n  a = 1\r\n}\r\n`,
}

let folder: string
let sources: Sources

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plangate-sources-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  sources = await loadSources(folder)
})

afterAll(() => rmSync(folder, { recursive: true }))

/** The text that the sources have at an address and path, with the file and the calls. */
const textAt = async (address: string, path: readonly (string | number)[]) => {
  const location = await sources.locate(address, [...path])
  if (location === undefined) return undefined
  await sources.show([location], (text) => text)
  const lines = sources.excerpt(location)?.lines ?? []
  const text = lines.map((line) => line.text.slice(line.from, line.to)).join('\n')
  return [location.file, text, ...location.calls.map(({ module, file, line }) => `${module} ${file}:${line}`)]
}

describe('locate', () => {
  test.each<[string, readonly (string | number)[], readonly string[]]>([
    ['aws_instance.this[1]', ['root_block_device', 0, 'encrypted'], ['main.tf', 'encrypted = false']],
    ['aws_instance.this[0]', ['root_block_device', 0, 'kms_key_id'], ['main.tf', 'root_block_device']],
    ['aws_instance.this[0]', ['ebs_block_device', 3, 'encrypted'], ['main.tf', 'encrypted = ebs_block_device.value']],
    ['aws_instance.this[0]', ['tags', 'team name'], ['main.tf', '"team name" = "ml"']],
    ['aws_instance.this[0]', ['tags', 'Name'], ['main.tf', 'Name      = "é"']],
    ['aws_instance.this[0]', ['monitoring'], ['main.tf', 'resource "aws_instance" "this"']],
    ['aws_instance.this[0]', [], ['main.tf', 'resource "aws_instance" "this"']],
    ['data.aws_iam_policy_document.this', ['statement', 1, 'actions', 0], ['main.tf', '"s3:*"']],
    [
      'data.aws_iam_policy_document.this',
      ['statement', 9, 'actions'],
      ['main.tf', 'data "aws_iam_policy_document" "this"'],
    ],
    ['aws_x.after', ['list', 1, 'a'], ['main.tf', 'a = 2']],
    ['aws_x.json', ['policy', 'Statement', 1, 'Action'], ['main.tf', '"Action" : "*"']],
    ['aws_x.overridden', ['b'], ['x_override.tf', 'b = 2']],
    ['aws_x.overridden', ['a'], ['main.tf', 'a = 1']],
    ['aws_x.overridden', ['c'], ['main.tf', 'resource "aws_x" "overridden"']],
    ['variable.token', ['default'], ['main.tf', 'default = "x"']],
    ['output.token', ['value'], ['main.tf', 'value = var.token']],
    ['provider.aws', ['region'], ['main.tf', 'region = "eu-west-1"']],
    ['provider.aws.west', ['region'], ['main.tf', 'region = "us-west-1"']],
    ['module.near["a.b"].aws_x.near', ['a'], ['modules/near/main.tf', 'a = var.a', 'module.near main.tf:2']],
    [
      'module.near["a.b"].module.deeper.aws_x.deep["k\\"]"]',
      ['a'],
      ['modules/deeper/z.tf', 'a = 1', 'module.near main.tf:2', 'module.near.module.deeper modules/near/main.tf:1'],
    ],
    ['module.far.aws_x.far', ['a'], ['.terraform/modules/far/sub/main.tf', 'a = 1', 'module.far main.tf:6']],
    ['module.near', [], ['main.tf', 'module "near"']],
    [
      'aws_security_group.two',
      ['ingress', 0, 'cidr_blocks'],
      ['sets.tf', 'ingress {\ncidr_blocks = ["10.0.0.0/8"]\n}\ningress {'],
    ],
    ['aws_security_group.two', ['ingress', 0, 'self'], ['sets.tf', 'self        = true']],
    [
      'aws_security_group.attribute',
      ['ingress', 0, 'self'],
      ['sets.tf', 'ingress = [{ self = true }, { self = false }]'],
    ],
    ['other_x.unknown', ['b', 1, 'a'], ['sets.tf', 'b { a = 1 }\nb { a = 2 }']],
    ['aws_x.json_one', [], ['a.tf.json', '"json_one"']],
    ['aws_x.json_one', ['b', 0, 'c', 1], ['a.tf.json', '2']],
    ['aws_y.json_two', ['a'], ['a.tf.json', String.raw`"a": "\"x"`]],
    ['provider.json', ['a'], ['a.tf.json', '"a": 1']],
    ['provider.json.west', ['a'], ['a.tf.json', '"a": 2']],
    ['variable.json', [], ['a.tf.json', '"json"']],
    ['module.json.aws_x.near', ['a'], ['modules/near/main.tf', 'a = var.a', 'module.json a.tf.json:8']],
    ['aws_x.in_list', ['a'], ['list.tf.json', '"a": 1']],
    ['aws_x.bom', [], ['bom.tf', 'resource "aws_x" "bom"']],
    ['aws_x.bom_two', ['a'], ['bom.tf', 'a = 1']],
    [
      'module.handed.module.on.aws_x.on',
      ['acl'],
      [
        'modules/on/main.tf',
        'acl = var.rule',
        'module.handed handed_override.tf:2',
        'module.handed.module.on modules/handed/main.tf:3',
      ],
    ],
    [
      'module.handed.module.on.aws_x.on',
      ['b'],
      [
        'modules/on/main.tf',
        'b   = upper(var.rule)',
        'module.handed handed.tf:1',
        'module.handed.module.on modules/handed/main.tf:1',
      ],
    ],
    ['module.gone', [], ['main.tf', 'module "gone"']],
    ['module.near.module.deeper', [], ['modules/near/main.tf', 'module "deeper"', 'module.near main.tf:2']],
  ])('%s %j', async (address, path, expected) => {
    expect(await textAt(address, path)).toEqual(expected)
  })

  test.each([
    'aws_x.none',
    'module.gone.aws_x.y',
    'module.none.aws_x.y',
    'aws_x',
    '',
    'a b',
    'variable.none',
    'main/deny',
  ])('has nothing for %j', async (address) => {
    expect(await sources.locate(address, [])).toBeUndefined()
  })
})

test('a folder that is not there is refused', async () => {
  await expect(loadSources(join(folder, 'none'))).rejects.toMatchObject({ code: 'ERR_SOURCE_NOT_FOUND' })
})

test.each<[string, unknown]>([
  ['module.a["x.y"].module.b[0].aws_x.y["]"]', { modules: ['a', 'b'], block: ['resource', 'aws_x', 'y'] }],
  ['module.a.data.aws_x.y', { modules: ['a'], block: ['data', 'aws_x', 'y'] }],
  ['provider.module.a.module.b:aws.west', { modules: ['a', 'b'], block: ['provider', 'aws', 'west'] }],
  ['aws_x.y.z', undefined],
  ['aws_x.y[', undefined],
  ['aws_x.y["a]', undefined],
  ['aws_x..y', undefined],
  ['aws_x.', undefined],
])('the configuration of %s', (address, expected) => {
  expect(configurationAddress(address)).toEqual(expected)
})

test('every resource of a real plan is found in its sources', async () => {
  const stack = new URL('../../../../test-plans/stacks/model-endpoint/', import.meta.url)
  const plan: unknown = JSON.parse(readFileSync(new URL('open.plan.json', stack), 'utf8'))
  const addresses =
    typeof plan === 'object' && plan !== null && 'resource_changes' in plan && Array.isArray(plan.resource_changes)
      ? plan.resource_changes.map(({ address }: { address: string }) => address)
      : []
  const real = await loadSources(stack.pathname)
  const places = await Promise.all(addresses.map((address) => real.locate(address, [])))
  expect(addresses.length).toBeGreaterThan(20)
  expect(addresses.filter((_, at) => places[at] === undefined)).toEqual([])
})
