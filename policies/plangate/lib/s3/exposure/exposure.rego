# METADATA
# title: Buckets that an ACL opens to everybody
# description: >-
#   Joins the ACLs of a plan to its buckets. Only what is certain counts: an ACL that is unknown opens nothing, and a
#   public access block whose switches are unknown closes its bucket, and one whose bucket cannot be told every bucket.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
package plangate.lib.s3.exposure

import data.plangate.lib.group
import data.plangate.lib.plan

# METADATA
# description: Addresses of the buckets that an ACL of this plan opens to everybody, and no public access block closes.
public := {address |
	some address in _opened
	not _closed[address]
	not _all_closed
}

# METADATA
# description: The names of those buckets, where the plan knows them.
public_names := {name |
	some bucket in plan.resources.aws_s3_bucket
	public[bucket.address]
	name := plan.known(bucket, ["bucket"])
}

_opened := {address |
	some acl in plan.resources.aws_s3_bucket_acl
	_public_acl(acl)
	some address in _buckets(acl)
} | {bucket.address |
	some bucket in plan.resources.aws_s3_bucket
	_canned[plan.known(bucket, ["acl"])]
}

_public_acl(acl) if _canned[plan.known(acl, ["acl"])]

_public_acl(acl) if {
	some policy in plan.blocks(acl, ["access_control_policy"])
	some grant in plan.blocks(acl, array.concat(policy.path, ["grant"]))
	some grantee in plan.blocks(acl, array.concat(grant.path, ["grantee"]))
	_everybody[plan.known(acl, array.concat(grantee.path, ["uri"]))]
}

_closed := {address |
	some block in plan.resources.aws_s3_bucket_public_access_block
	_closes(block)
	some address in _buckets(block)
}

_all_closed if {
	some block in plan.resources.aws_s3_account_public_access_block
	_closes(block)
}

_all_closed if {
	some block in plan.resources.aws_s3_bucket_public_access_block
	_closes(block)
	plan.unknown(block, ["bucket"])
	count(_buckets(block)) == 0
}

# Either the ACL is refused when it is written, or nobody heeds it.
_closes(block) if {
	some switch in ["block_public_acls", "ignore_public_acls"]
	_may_be_on(block, switch)
}

_may_be_on(block, switch) if plan.known(block, [switch]) == true

_may_be_on(block, switch) if plan.unknown(block, [switch])

# A name says which bucket only where no reference does.
_buckets(part) := addresses if {
	addresses := plan.target(part, ["bucket"], "aws_s3_bucket")
	count(addresses) > 0
} else := {address | some address in _by_name[plan.known(part, ["bucket"])]}

_by_name := group.by_key([[name, bucket.address] |
	some bucket in plan.resources.aws_s3_bucket
	name := plan.known(bucket, ["bucket"])
])

_canned := {"public-read", "public-read-write", "authenticated-read"}

_everybody := {
	"http://acs.amazonaws.com/groups/global/AllUsers",
	"http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
}
