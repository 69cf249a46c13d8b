# METADATA
# title: Customer managed keys
# description: >-
#   Tells whether an attribute names a KMS key of the customer's. Keys that AWS manages (`alias/aws/...`) cannot be
#   given a policy, turned off or audited by the customer, so they count as no key.
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-mgmt
package plangate.lib.kms

import data.plangate.lib.plan

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
	not plan.settled(r, path, _keys)
}

_keys := {"aws_kms_key", "aws_kms_alias", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_replica_external_key"}

_managed_by_aws(key) if startswith(key, "alias/aws/")

_managed_by_aws(key) if contains(key, ":alias/aws/")
