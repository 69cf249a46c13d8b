# METADATA
# title: Which bucket a location lies in
# description: >-
#   Reads the places that services take for objects: `s3://bucket/key`, the ARN of a bucket or an object, an address of
#   S3 itself. A location that is unknown until apply is told by the buckets of this plan that it refers to.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-arn-format.html
package plangate.lib.s3.location

import data.plangate.lib.approved
import data.plangate.lib.plan
import data.plangate.lib.plan.configuration

# METADATA
# description: >-
#   The bucket of a location. Undefined for what names no bucket, such as an address elsewhere; a text without any
#   punctuation of a location is the name itself.
bucket(text) := name if {
	some pattern in _forms
	[[_, name]] := regex.find_all_string_submatch_n(pattern, text, 1)
}

# METADATA
# description: >-
#   Whether the attribute at `path` certainly names a place outside the approved buckets: it is known, or refers to
#   buckets of this plan and to objects in them alone, none of which is approved.
foreign(r, path, entries) if {
	text := plan.known(r, path)
	not _approved_text(text, entries)
}

foreign(r, path, entries) if {
	plan.settled(r, path, _places)
	names := _names(r, path)
	count(names) > 0
	every name in names {
		name != null
		not approved.fits(name, entries)
	}
}

# METADATA
# description: >-
#   Whether only the apply tells where the attribute at `path` points to: it is unknown, and neither all nor none of the
#   buckets that it refers to are approved.
open(r, path, entries) if {
	plan.unknown(r, path)
	not foreign(r, path, entries)
	not _inside(r, path, entries)
}

_inside(r, path, entries) if {
	plan.settled(r, path, _places)
	names := _names(r, path)
	count(names) > 0
	every name in names {
		approved.fits(name, entries)
	}
}

_approved_text(text, entries) if approved.fits(bucket(text), entries)

_names(r, path) := _bucket_names(r, path) | {name |
	some target in configuration.instances(r, path, "aws_s3_object")
	some name in _names_of_object(target)
}

_names_of_object(target) := {name} if {
	name := plan.known(target, ["bucket"])
} else := names if {
	plan.settled(target, ["bucket"], {"aws_s3_bucket"})
	names := _bucket_names(target, ["bucket"])
} else := {null}

# A bucket whose name is made by AWS or from a prefix has none before the apply.
_bucket_names(r, path) := {object.get(target.change.after, "bucket", null) |
	some target in configuration.instances(r, path, "aws_s3_bucket")
}

_places := {"aws_s3_bucket", "aws_s3_object"}

_forms := [
	`^s3://([a-z0-9][a-z0-9.-]*)(?:/|$)`,
	`^arn:aws[a-z-]*:s3:::([a-z0-9][a-z0-9.-]*)(?:/|$)`,
	`^https://([a-z0-9][a-z0-9.-]*)\.s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?(?:/|$)`,
	`^https://s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?/([a-z0-9][a-z0-9.-]*)(?:/|$)`,
	`^([a-z0-9][a-z0-9.-]*)$`,
]
