import type { Canaries } from './canaries.ts'

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** A resource of a plan with a change that marks some of it. */
const changed = (address: string, after: unknown, sensitive: unknown, more: Readonly<Record<string, unknown>> = {}) => {
  const [type = '', name = ''] = address.replace(/\[.*$/, '').split('.').slice(-2)
  return {
    address,
    mode: 'managed',
    type,
    name,
    provider_name: 'registry.terraform.io/hashicorp/aws',
    change: {
      actions: ['create'],
      before: null,
      after,
      after_unknown: {},
      before_sensitive: false,
      after_sensitive: sensitive,
      ...more,
    },
  }
}

const constant = (value: unknown) => ({ constant_value: value })

const quoted = (text: string): string => JSON.stringify(text).replaceAll('${', '$${')

const indented = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')

/** A plan with a canary in each place where one can hold a secret, and the sources that it could have been made of. */
export function planted(canaries: Canaries): { readonly plan: unknown; readonly tf: string } {
  const marked = canaries.marked.bind(canaries)
  const credential = canaries.credential.bind(canaries)
  const attribute = marked('an attribute')
  const heredoc = marked('a line of a heredoc', (core) => `#!/bin/sh\nexport LICENCE="${core}"\nexec serve\n`)
  const literal = marked('a literal with an escaped template', (core) => `\${${core}} "x"`)
  const writeOnly = marked('a write-only literal', (core) => `for ${core} only`)
  const fallback = marked('the default of a variable that is given')
  const argument = marked('an argument of a module call')
  const inner = marked('an argument of an inner module call')
  const provider = marked('a password of a provider')
  const instance = marked('the key of an instance', (core) => `tenant ${core}`)
  const pem = marked('a private key', (core) => core)
  const key = `-----BEGIN RSA ${'PRIVATE'} KEY-----\n${pem}\n${pem}\n-----END RSA ${'PRIVATE'} KEY-----`
  const tag = credential('a tag')
  const name = credential('the name of a resource')
  const comment = credential('a comment')
  const environment = credential('an environment variable')
  const plan = {
    format_version: '1.2',
    terraform_version: '1.14.0',
    variables: {
      given: { value: marked('a sensitive variable') },
      spared: { value: 'given-otherwise' },
      tree: { value: { inner: [marked('inside of a sensitive variable')] } },
    },
    planned_values: {
      outputs: { out: { sensitive: true, value: marked('a planned output') } },
      root_module: {
        resources: [
          {
            address: 'aws_x.planned',
            mode: 'managed',
            type: 'aws_x',
            name: 'planned',
            values: { a: marked('a planned value') },
            sensitive_values: { a: true },
          },
        ],
        child_modules: [
          {
            address: 'module.m',
            resources: [
              {
                address: 'module.m.aws_x.deep',
                mode: 'managed',
                type: 'aws_x',
                name: 'deep',
                values: { argument, inner, list: [{ map: { k: marked('a deep planned value') } }] },
                sensitive_values: { argument: true, inner: true, list: [{ map: { k: true } }] },
              },
            ],
          },
        ],
      },
    },
    resource_changes: [
      changed(
        'aws_db_instance.main',
        {
          password: attribute,
          block: [{ inner: [{ token: marked('an attribute of nested blocks') }] }],
          environment: { LICENCE: marked('a marked map'), OTHER: 'plain' },
          list: ['plain', marked('an element of a list')],
          settings: JSON.stringify({ deep: [marked('JSON inside of a marked string')] }),
          url: marked('a password inside of a URL', (core) => `postgres://app:${core}@db:5432/x`),
          user_data: heredoc,
          literal,
          user_data_base64: base64(
            marked('base64 of a marked attribute', (core) => `#!/bin/sh\nexport LICENCE=${core}\n`),
          ),
          hexadecimal: marked('a value without any sign', (core) => core),
          secret_string_wo: null,
          key,
        },
        {
          password: true,
          block: [{ inner: [{ token: true }] }],
          environment: true,
          list: [false, true],
          settings: true,
          url: true,
          user_data: true,
          literal: true,
          user_data_base64: true,
          key: true,
          hexadecimal: true,
        },
      ),
      changed('aws_x.whole', { a: { b: [marked('a resource that is marked as a whole')] } }, true),
      changed(
        'aws_x.before',
        { a: 'new' },
        {},
        {
          actions: ['update'],
          before: { a: marked('a value before'), list: [[marked('a deep value before')]] },
          before_sensitive: { a: true, list: [[true]] },
          generated_config: `a = "${credential('generated configuration')}"`,
        },
      ),
      changed(
        `aws_x.each["${instance}"]`,
        { a: instance },
        { a: true },
        { importing: { id: credential('the id of an import') } },
      ),
      changed(`aws_x.each["${credential('a credential as the key of an instance')}"]`, { a: 'x' }, {}),
      changed(`aws_x.${name}`, { tags: { team: tag, [credential('the key of a map')]: 'x' } }, {}),
      changed(
        'aws_instance.gpu',
        {
          user_data: base64(`#!/bin/sh\nexport HF_TOKEN=${credential('user data in base64')}\n`),
          user_data_replace_on_change: true,
          script: `#!/bin/sh\nexport TOKEN=${credential('plain user data')}\n`,
          connection: `Server=db;User=x;Password=${marked('a password of a connection string', (core) => `${core}9`)};`,
          environment: [{ name: 'TOKEN', value: environment }],
        },
        {},
      ),
    ],
    resource_drift: [
      changed(
        'aws_x.drift',
        { a: marked('a value that has drifted') },
        { a: true },
        { before: { a: marked('a value before it drifted') }, before_sensitive: { a: true } },
      ),
    ],
    deferred_changes: [
      {
        reason: 'provider_config_unknown',
        resource_change: changed('aws_x.deferred', { a: marked('a deferred value') }, { a: true }),
      },
    ],
    action_invocations: [
      {
        address: 'action.aws_x.call',
        type: 'aws_x',
        name: 'call',
        config_values: { a: marked('a value of an action') },
        config_sensitive: { a: true },
      },
    ],
    output_changes: {
      out: {
        actions: ['update'],
        before: marked('an output before'),
        after: marked('an output after'),
        before_sensitive: true,
        after_sensitive: true,
      },
    },
    prior_state: {
      format_version: '1.0',
      values: {
        outputs: { out: { sensitive: true, value: marked('a prior output') } },
        root_module: {
          resources: [
            {
              address: 'aws_x.prior',
              mode: 'managed',
              type: 'aws_x',
              name: 'prior',
              values: { a: marked('a prior value') },
              sensitive_values: { a: true },
            },
          ],
        },
      },
    },
    checks: [
      {
        address: { to_display: 'check.x' },
        status: 'fail',
        instances: [{ problems: [{ message: credential('the message of a check') }] }],
      },
    ],
    configuration: {
      provider_config: {
        pg: {
          name: 'pg',
          expressions: { password: constant(provider), token: constant(credential('a token of a provider')) },
        },
      },
      root_module: {
        variables: {
          given: { sensitive: true, default: fallback },
          spared: {
            sensitive: true,
            default: marked('the default of a variable that has a value', (core) => `spare ${core}`),
          },
          tree: { sensitive: true },
        },
        outputs: { out: { sensitive: true, expression: constant('x') } },
        resources: [
          {
            address: 'aws_db_instance.main',
            mode: 'managed',
            type: 'aws_db_instance',
            name: 'main',
            provider_config_key: 'pg',
            expressions: { password: constant(attribute), secret_string_wo: constant(writeOnly) },
          },
          {
            address: 'aws_x.plain',
            mode: 'managed',
            type: 'aws_x',
            name: 'plain',
            provider_config_key: 'pg',
            expressions: { a: constant(credential('a constant')) },
          },
        ],
        module_calls: {
          m: {
            source: './m',
            expressions: {
              secret: constant(argument),
              plain: constant(credential('a plain argument of a module call')),
            },
            module: {
              variables: {
                secret: { sensitive: true, default: marked('the default of a variable of a module') },
                plain: {},
              },
              module_calls: {
                n: {
                  source: './n',
                  expressions: { secret: constant(inner) },
                  module: { variables: { secret: { sensitive: true } } },
                },
              },
            },
          },
        },
      },
    },
  }
  const tf = `# ${comment}
variable "given" {
  sensitive = true
  default   = ${quoted(fallback)}
}
provider "pg" {
  password = ${quoted(provider)}
}
module "m" {
  source = "./m"
  secret = ${quoted(argument)}
}
resource "aws_db_instance" "main" {
  # plangate:ignore=main/deny reason="never ${credential('the reason of a comment')}" owner=${credential('the owner of a comment')} ticket=${credential('the ticket of a comment')} until=2020-01-01
  password         = ${quoted(attribute)}
  secret_string_wo = ${quoted(writeOnly)} # ${comment}
  literal          = ${quoted(literal)}
  user_data        = <<-EOT
${indented(heredoc)}
  EOT
  key              = <<EOT
${key}
EOT
}
resource "aws_instance" "gpu" {
  environment {
    name  = "TOKEN"
    value = "${environment}"
  }
}
resource "aws_x" "${name}" {
  tags = { team = "${tag}" }
}
`
  return { plan, tf }
}
