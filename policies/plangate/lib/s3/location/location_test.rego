package plangate.lib.s3.location_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.s3.location

test_bucket_of_each_form if {
	every text in [
		"s3://models", "s3://models/", "s3://models/a/b.tar.gz", "arn:aws:s3:::models", "arn:aws-us-gov:s3:::models/a",
		"https://models.s3.eu-west-1.amazonaws.com/a", "https://models.s3.amazonaws.com",
		"https://s3.eu-west-1.amazonaws.com/models/a", "https://s3-eu-west-1.amazonaws.com/models", "models",
	] {
		location.bucket(text) == "models"
	}
}

test_no_bucket_elsewhere if {
	every text in [
		"https://models.example.com/a", "http://models.s3.amazonaws.com/a", "s3://", "gs://models/a", "models/a", "",
		"https://evil.example/models.s3.amazonaws.com/", "hf://org/model",
	] {
		not location.bucket(text)
	}
}

test_known_locations if {
	_answers([], "s3://models/a") == ["foreign"]
	_answers(["models"], "s3://models/a") == []
	_answers(["model*"], "s3://models/a") == []
	_answers(["models"], "s3://models-of-others/a") == ["foreign"]
	_answers(["*"], "https://example.com/a") == ["foreign"]
}

test_absent_is_neither if {
	_answers([], null) == []
	_answers([], "") == []
}

test_reference_to_approved_bucket if {
	_answers_of(["models"], [_bucket("a", {"bucket": "models"})], ["aws_s3_bucket.a.id"]) == []
}

test_reference_to_other_bucket if {
	_answers_of(["models"], [_bucket("a", {"bucket": "other"})], ["aws_s3_bucket.a.id"]) == ["foreign"]
}

test_references_to_both if {
	buckets := [_bucket("a", {"bucket": "models"}), _bucket("b", {"bucket": "other"})]
	_answers_of(["models"], buckets, ["aws_s3_bucket.a.id", "aws_s3_bucket.b.id"]) == ["open"]
}

test_reference_to_bucket_without_a_known_name if {
	_answers_of(["models"], [_bucket("a", {"bucket_prefix": "m"})], ["aws_s3_bucket.a.id"]) == ["open"]
}

test_reference_to_object_of_a_bucket if {
	_answers_of(["models"], [_object({"bucket": "models"}, {}, [])], ["aws_s3_object.o.key"]) == []
	_answers_of(["models"], [_object({"bucket": "other"}, {}, [])], ["aws_s3_object.o.bucket"]) == ["foreign"]
	bucket := _bucket("a", {"bucket": "models"})
	inside := _object({}, {"bucket": true}, ["aws_s3_bucket.a.id"])
	_answers_of(["models"], [bucket, inside], ["aws_s3_object.o.bucket", "aws_s3_object.o.key"]) == []
	_answers_of(["other"], [bucket, inside], ["aws_s3_object.o.bucket", "aws_s3_bucket.a.id"]) == ["foreign"]
	unclear := _object({}, {"bucket": true}, ["aws_s3_bucket.a.id", "terraform_data.x.output"])
	_answers_of(["models"], [bucket, unclear], ["aws_s3_object.o.bucket"]) == ["open"]
}

test_reference_to_something_else if {
	_answers_of(["models"], [], ["terraform_data.x.output"]) == ["open"]
}

test_reference_to_a_bucket_and_something_else if {
	every name in ["models", "other"] {
		_answers_of(["models"], [_bucket("a", {"bucket": name})], ["aws_s3_bucket.a.id", "terraform_data.x.output"]) == ["open"]
	}
}

test_reference_to_a_bucket_that_the_plan_does_not_have if {
	_answers_of(["models"], [], ["aws_s3_bucket.gone.id"]) == ["open"]
}

_object(after, unknown, references) := fixture.resource(
	"aws_s3_object.o", after, unknown,
	{"bucket": fixture.refers(references)},
)

_bucket(name, after) := fixture.known(concat(".", ["aws_s3_bucket", name]), after)

_answers(entries, value) := _all(fixture.known("aws_sagemaker_model.this", {"uri": value}), [], entries)

_answers_of(entries, buckets, references) := _all(
	fixture.resource("aws_sagemaker_model.this", {}, {"uri": true}, {"uri": fixture.refers(references)}),
	buckets,
	entries,
)

_all(r, others, entries) := array.concat(_foreign(r, others, entries), _open(r, others, entries))

_foreign(r, others, entries) := ["foreign"] if {
	location.foreign(r.change, ["uri"], entries) with input as fixture.plan(array.concat([r], others))
} else := []

_open(r, others, entries) := ["open"] if {
	location.open(r.change, ["uri"], entries) with input as fixture.plan(array.concat([r], others))
} else := []
