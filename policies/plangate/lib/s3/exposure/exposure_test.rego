package plangate.lib.s3.exposure_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.s3.exposure

test_public_acl if {
	every acl in ["public-read", "public-read-write", "authenticated-read"] {
		_public([_bucket, _acl({"acl": acl})])
	}
	_public([fixture.known(_address, {"bucket": "acme-capture", "acl": "public-read"})])
}

test_public_grant if {
	every group in ["AllUsers", "AuthenticatedUsers"] {
		_public([_bucket, _granted(concat("/", ["http://acs.amazonaws.com/groups/global", group]))])
	}
	_closed([_bucket, _granted("http://acs.amazonaws.com/groups/s3/LogDelivery")])
	_closed([_bucket, _granted(null)])
}

test_private_acl if {
	every acl in ["private", "log-delivery-write", null, ""] {
		_closed([_bucket, _acl({"acl": acl})])
	}
	_closed([_bucket])
	_closed([_bucket, fixture.resource(
		"aws_s3_bucket_acl.this",
		{"bucket": "acme-capture"},
		{"acl": true},
		{"acl": fixture.refers(["terraform_data.a.output"])},
	)])
}

test_acl_by_name if {
	_public([_bucket, fixture.known("aws_s3_bucket_acl.this", {"bucket": "acme-capture", "acl": "public-read"})])
	_closed([_bucket, fixture.known("aws_s3_bucket_acl.this", {"bucket": "acme-other", "acl": "public-read"})])
}

test_deleted_acl if {
	_closed([_bucket, fixture.deleted("aws_s3_bucket_acl.this", {"acl": "public-read"})])
}

test_block_that_closes if {
	every switch in ["block_public_acls", "ignore_public_acls"] {
		_closed([_bucket, _open_acl, _block({switch: true})])
		_closed([_bucket, _open_acl, fixture.resource(
			"aws_s3_bucket_public_access_block.this",
			{"bucket": "acme-capture"},
			{switch: true},
			{switch: fixture.refers(["terraform_data.a.output"])},
		)])
		_closed([_bucket, _open_acl, fixture.known("aws_s3_account_public_access_block.this", {switch: true})])
	}
}

test_block_that_does_not_close if {
	every switches in [{}, {"block_public_acls": false, "ignore_public_acls": null}, {"restrict_public_buckets": true}] {
		_public([_bucket, _open_acl, _block(switches)])
		_public([_bucket, _open_acl, fixture.known("aws_s3_account_public_access_block.this", switches)])
	}
	_public([_bucket, _open_acl, fixture.known("aws_s3_bucket_public_access_block.this", {
		"bucket": "acme-other",
		"block_public_acls": true,
	})])
}

test_block_of_a_bucket_that_cannot_be_told if {
	_closed([_bucket, _open_acl, _stray_block(true)])
	_public([_bucket, _open_acl, _stray_block(false)])
}

test_bucket_without_a_known_name if {
	bucket := fixture.resource(_address, {}, {"bucket": true}, {})
	answers := {"public": exposure.public, "names": exposure.public_names} with input as fixture.plan([bucket, _open_acl])
	answers == {"public": {_address}, "names": set()}
}

test_block_of_another_bucket_by_reference if {
	block := fixture.resource(
		"aws_s3_bucket_public_access_block.this",
		{"block_public_acls": true},
		{"bucket": true},
		{"bucket": fixture.refers(["aws_s3_bucket.other.id"])},
	)
	_public([_bucket, _open_acl, block, fixture.known("aws_s3_bucket.other", {"bucket": "acme-other"})])
}

_address := "aws_s3_bucket.capture"

_bucket := fixture.known(_address, {"bucket": "acme-capture"})

_open_acl := _acl({"acl": "public-read"})

_acl(attributes) := fixture.resource(
	"aws_s3_bucket_acl.this", attributes,
	{"bucket": true},
	{"bucket": fixture.refers(["aws_s3_bucket.capture.id"])},
)

_granted(uri) := _acl({"access_control_policy": [{"grant": [{"permission": "READ", "grantee": [{"uri": uri}]}]}]})

_block(switches) := fixture.resource(
	"aws_s3_bucket_public_access_block.this", switches,
	{"bucket": true},
	{"bucket": fixture.refers(["aws_s3_bucket.capture.id"])},
)

_stray_block(value) := fixture.resource(
	"aws_s3_bucket_public_access_block.this",
	{"block_public_acls": value},
	{"bucket": true},
	{"bucket": fixture.refers(["local.bucket"])},
)

_public(resources) if {
	answers := {"public": exposure.public, "names": exposure.public_names} with input as fixture.plan(resources)
	answers == {"public": {_address}, "names": {"acme-capture"}}
}

_closed(resources) if {
	answers := {"public": exposure.public, "names": exposure.public_names} with input as fixture.plan(resources)
	answers == {"public": set(), "names": set()}
}
