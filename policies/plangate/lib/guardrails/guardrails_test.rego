package plangate.lib.guardrails_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.guardrails

test_missing if {
	every value in [null, [], [{}], [{"guardrail_identifier": null}], [{"guardrail_identifier": "", "guardrail_version": "1"}]] {
		_answers(fixture.known("aws_x.this", {"guardrail_configuration": value})) == _missing
	}
	_answers(fixture.known("aws_x.this", {})) == _missing
}

test_named if {
	_answers(fixture.known("aws_x.this", {"guardrail_configuration": [{"guardrail_identifier": "8k2x"}]})) == _named
	_answers(_refers(["aws_bedrock_guardrail.this.guardrail_id", "aws_bedrock_guardrail_version.this.version"])) == _named
	_answers(_refers(["aws_bedrock_guardrail.this.guardrail_id"])) == _named
}

test_undecided if {
	_answers(_refers(["terraform_data.this.output"])) == _undecided
	_answers(_refers(["local.guardrail", "aws_bedrock_guardrail.this.guardrail_id"])) == _undecided
	_answers(_unknown([{}], [{"guardrail_identifier": true}], {})) == _undecided
	_answers(_unknown([], true, fixture.refers(["terraform_data.this.output"]))) == _undecided
	_answers(_unknown([], true, {})) == _undecided
}

_missing := {"missing": true, "undecided": false}

_named := {"missing": false, "undecided": false}

_undecided := {"missing": false, "undecided": true}

# As the configuration of an agent shows it: the references of the whole list.
_refers(references) := _unknown([{}], [{"guardrail_identifier": true, "guardrail_version": true}], fixture.refers(references))

_unknown(after, unknown, expression) := fixture.resource(
	"aws_x.this", {name: value | some name in ["guardrail_configuration"]; value := after; after != []},
	{"guardrail_configuration": unknown}, {name: value | some name in ["guardrail_configuration"]; value := expression; expression != {}},
)

_answers(r) := answers if {
	answers := {"missing": _is_missing(r.change), "undecided": _is_undecided(r.change)} with input as fixture.plan([r])
}

_is_missing(r) if {
	guardrails.missing(r, ["guardrail_configuration"])
} else := false

_is_undecided(r) if {
	guardrails.undecided(r, ["guardrail_configuration"])
} else := false
