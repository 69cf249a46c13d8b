/** A library in small: one policy with METADATA, a helper, a main with the entrypoint, and data. */
export const sample: Readonly<Record<string, string>> = {
  'plangate/main/main.rego': `package plangate.main

# METADATA
# description: Findings that fail the plan.
# entrypoint: true
deny contains finding if {
	some category, name
	some finding in data.plangate.policies[category][name].deny
}
`,
  'plangate/policies/storage/disk/disk.rego': `# METADATA
# title: disk is encrypted
# description: A disk that is not encrypted can be read by whoever finds it.
# related_resources:
#   - ref: https://example.com/disk
# custom:
#   severity: high
#   remediation: Set \`encrypted\`.
#   resource_types: [aws_disk]
#   aliases: [ST-001]
package plangate.policies.storage.disk

import data.plangate.lib.sizes

deny contains {"msg": sprintf("%s is not encrypted", [address])} if {
	some address, disk in input.disks
	not disk.encrypted
	disk.size > sizes.smallest
}
`,
  'plangate/policies/storage/disk/disk_test.rego': 'package plangate.policies.storage.disk_test\n\ntest_nothing := 1\n',
  'plangate/lib/sizes/data.yaml': 'smallest: 10\n',
  'plangate/lib/sizes/notes.txt': 'not a source\n',
  'node_modules/other/other.rego': 'package other\n\nbroken',
  '.hidden/hidden.rego': 'package hidden\n\nbroken',
}

/** The catalogue of {@link sample}. */
export const sampleCatalogue = [
  {
    id: 'storage/disk',
    title: 'disk is encrypted',
    description: 'A disk that is not encrypted can be read by whoever finds it.',
    severity: 'high',
    remediation: 'Set `encrypted`.',
    resource_types: ['aws_disk'],
    frameworks: {},
    aliases: ['ST-001'],
    parameters: {},
    source: ['https://example.com/disk'],
  },
]
