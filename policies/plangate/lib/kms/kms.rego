# METADATA
# title: Customer managed keys
# description: >-
#   Tells whether an attribute names a KMS key of the customer's. Keys that AWS manages (`alias/aws/...`) cannot be
#   given a policy, turned off or audited by the customer, so they count as no key.
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-mgmt
package plangate.lib.kms

import data.plangate.lib.plan
import data.plangate.lib.plan.configuration

# METADATA
# description: Whether the attribute at `path` certainly names no customer managed key.
missing(r, path) if plan.absent(r, path)

missing(r, path) if _managed_by_aws(plan.known(r, path))

# METADATA
# description: >-
#   Whether only the apply tells: the attribute is set to something unknown that does not come from keys of this plan
#   alone.
undecided(r, path) if {
	plan.unknown(r, path)
	not _of_customer(r, path)
}

_of_customer(r, path) if plan.settled(r, path, _keys)

# A key that the apply looks up by a name or id which is known not to be one of AWS, or that comes from keys of this plan.
_of_customer(r, path) if {
	plan.settled(r, path, _keys | {type | some type, _ in _lookups})
	found := [{"r": lookup, "path": [name]} |
		some type, name in _lookups
		some lookup in configuration.instances(r, path, type)
	]
	count(found) > 0
	every one in found {
		not missing(one.r, one.path)
		not _unclear(one.r, one.path)
	}
}

_unclear(r, path) if {
	plan.unknown(r, path)
	not plan.settled(r, path, _keys)
}

_lookups := {"data.aws_kms_key": "key_id", "data.aws_kms_alias": "name"}

_keys := {"aws_kms_key", "aws_kms_alias", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_replica_external_key"}

_managed_by_aws(key) if startswith(key, "alias/aws/")

_managed_by_aws(key) if contains(key, ":alias/aws/")
