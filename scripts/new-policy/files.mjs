/**
 * The three files of a new policy, by name. `TBD` stands for what its author has to say; scripts/check-metadata.mjs
 * refuses it, and the first test fails until it is written.
 */
export const filesOf = ({ category, name, alias = 'TBD-1', type = 'aws_tbd' }) => ({
  [`${name}.rego`]: policy(category, name, alias, type),
  [`${name}_test.rego`]: tests(category, name, type),
  'README.md': readme(category, name, alias, type),
})

const page = (type) =>
  `https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/${type.replace(/^aws_/, '')}`

const policy = (category, name, alias, type) => `# METADATA
# title: TBD what is wrong, in lower case and without a period
# description: >-
#   TBD why it matters, in one or two sentences.
# related_resources:
#   - ref: https://docs.aws.amazon.com/TBD
#   - ref: ${page(type)}
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: TBD set \`tbd = true\` on the \`${type}\`
#   resource_types: [${type}]
#   frameworks:
#     nist_800_53: [TBD]
#   aliases: [${alias}]
package plangate.policies.${category}.${name}

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, r, _path) if {
	some r in plan.resources.${type}
	plan.absent(r, _path)
}

undecided contains finding.undecided(_policy, r, _path) if {
	some r in plan.resources.${type}
	plan.unknown(r, _path)
}

_path := ["tbd"]

_policy := finding.policy(rego.metadata.chain())
`

const tests = (category, name, type) => `package plangate.policies.${category}.${name}_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.${category}.${name} as policy

# Each answer has a test: absent, null, empty, a value that is wrong, one that is right, unknown with a reference that
# settles it, unknown without, deleted. This one fails until they are written.
test_deny_absent if {
	count(policy.deny) == 1 with input as fixture.plan([fixture.known("${type}.this", {})])
	false
}

test_undecided_unknown if {
	r := fixture.resource("${type}.this", {}, {"tbd": true}, {"tbd": fixture.refers(["local.tbd"])})
	count(policy.undecided) == 1 with input as fixture.plan([r])
}
`

const readme = (category, name, alias, type) => `# ${category}/${name}

TBD one sentence that says what is wrong. Catalogue: ${alias}.

## Avoid

\`\`\`hcl
resource "${type}" "this" {
  # TBD
}
\`\`\`

## Prefer

\`\`\`hcl
resource "${type}" "this" {
  # TBD
}
\`\`\`

## Rationale

TBD what AWS and Terraform do, and why the policy decides as it does.

## Exceptions

TBD what passes on purpose, and what the policy knowingly misses.
`
