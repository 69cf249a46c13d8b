package plangate.policies.agents.foreign_crawl_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.foreign_crawl as policy

test_deny_other_hosts if {
	every url in [
		"https://en.wikipedia.org/wiki/Insurance",
		"https://docs.acme.example.evil.example/",
		"https://docs.acme.example@203.0.113.40/",
		"https://acme.example/",
		"docs",
	] {
		_answers([_known([_docs, url], {"scope": "HOST_ONLY"})]) == {"deny": {[_address, _seed(1)]}, "undecided": set()}
	}
}

test_deny_subdomains if {
	every filters in [null, [], [".*"], ["^https://.*"], [`acme\.example`], [`^https://.*\.docs\.acme\.example/`], [`^https://docs\.`, ".*"]] {
		_answers([_known([_docs], {"scope": "SUBDOMAINS", "inclusion_filters": filters})]) == _scope_denied
	}
	_answers_with([], [_known([_docs], {"scope": "SUBDOMAINS"})]) == _scope_denied
}

test_allow_hosts_of_the_list if {
	every scope in ["HOST_ONLY", null] {
		_answers([_known([_docs, "https://help.acme.example/faq/"], {"scope": scope, "inclusion_filters": [".*"]})]) == _passed
	}
	_answers([_known([_docs], {})]) == _passed
}

test_allow_subdomains_that_filters_narrow if {
	every filters in [[`^https://docs\.acme\.example/.*$`], [`^https://(docs|help)\.acme\.example/`], ["/handbook/"], ["(?!lookahead)"], [7]] {
		_answers([_known([_docs], {"scope": "SUBDOMAINS", "inclusion_filters": filters})]) == _passed
	}
}

test_allow_subdomains_of_the_list if {
	_answers_with(["*.acme.example"], [_known([_docs], {"scope": "SUBDOMAINS"})]) == _passed
	_answers_with(["acme.co.uk", "*.acme.co.uk"], [_known(["https://acme.co.uk/"], {"scope": "SUBDOMAINS"})]) == _passed
	_answers_with(["acme.example", "*.acme.example"], [_known(["https://acme.example/"], {"scope": "SUBDOMAINS"})]) == _passed
	_answers_with(["docs.acme.co.uk", "*.docs.acme.co.uk"], [_known(["https://docs.acme.co.uk/"], {"scope": "SUBDOMAINS"})]) == _scope_denied
}

test_allow_any_host_without_a_list if {
	_answers_with([], [_known(["https://en.wikipedia.org/"], {"scope": "HOST_ONLY"})]) == _passed
	_answers_with([], [_unknown_seed("HOST_ONLY")]) == _passed
}

test_allow_other_sources if {
	_answers([fixture.known(_address, {"data_source_configuration": [{
		"type": "S3",
		"s3_configuration": [{"bucket_arn": "arn:aws:s3:::documents"}],
		"web_configuration": [],
	}]})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"data_source_configuration": []})]) == _passed
}

test_undecided_seed if {
	open := {"deny": set(), "undecided": {[_address, _seed(0)]}}
	_answers([_unknown_seed("HOST_ONLY")]) == open
	_answers_with([], [_unknown_seed("SUBDOMAINS")]) == open
}

test_undecided_seeds if {
	whole := fixture.resource(_address, {}, {"data_source_configuration": true}, {})
	open := {"deny": set(), "undecided": {[_address, _seed_urls]}}
	_answers([whole]) == open
	_answers_with([], [whole]) == open
	_answers([_source(
		[], {"scope": "HOST_ONLY"},
		{"source_configuration": [{"url_configuration": [{"seed_urls": true}]}]}, {},
	)]) == open
}

test_undecided_scope if {
	every known in [{}, {"inclusion_filters": [".*"]}] {
		_answers([_unknown_crawler(known, ["scope"])]) == {"deny": set(), "undecided": {[_address, _scope]}}
	}
	_answers([_unknown_crawler({}, ["scope", "inclusion_filters"])]) == {"deny": set(), "undecided": {[_address, _scope]}}
	_answers([_unknown_crawler({"inclusion_filters": [`^https://docs\.acme\.example/`]}, ["scope"])]) == _passed
}

test_undecided_filters if {
	open := {"deny": set(), "undecided": {[_address, _filters]}}
	_answers([_unknown_crawler({"scope": "SUBDOMAINS"}, ["inclusion_filters"])]) == open
	_answers([_source(
		[_docs], {"scope": "SUBDOMAINS", "inclusion_filters": ["^https://docs", null]},
		{"crawler_configuration": [{"inclusion_filters": [false, true]}]},
		{"crawler_configuration": [{"inclusion_filters": fixture.refers(["terraform_data.this.output"])}]},
	)]) == open
	_answers([_unknown_crawler({"scope": "HOST_ONLY"}, ["inclusion_filters"])]) == _passed
}

test_one_host_is_a_list if {
	one := ["docs.acme.example"]
	_answers_with(one, [_known(["https://en.wikipedia.org/"], {"scope": "HOST_ONLY"})]) == {"deny": {[_address, _seed(0)]}, "undecided": set()}
	_answers_with(one, [_unknown_seed("HOST_ONLY")]) == {"deny": set(), "undecided": {[_address, _seed(0)]}}
}

test_allow_seeds_that_come_with_the_apply_without_a_list if {
	seeds := {"source_configuration": [{"url_configuration": [{"seed_urls": true}]}]}
	_answers_with([], [_source([], {"scope": "HOST_ONLY"}, seeds, {})]) == _passed
}

test_allow_unknown_crawler_of_a_domain_of_the_list if {
	_answers_with(["*.acme.example"], [_unknown_crawler({}, ["scope", "inclusion_filters"])]) == _passed
}

test_deny_subdomains_beside_what_the_list_has if {
	every host in ["docs.acme.de", "docs.abc.example", "docs.acme.example", "a.docs.acme.co.uk"] {
		given := [host, concat("", ["*.", host])]
		_answers_with(given, [_known([concat("", ["https://", host, "/"])], {"scope": "SUBDOMAINS"})]) == _scope_denied
	}
	_answers_with(["acme.example"], [_known(["https://acme.example/"], {"scope": "SUBDOMAINS"})]) == _scope_denied
}

_address := "aws_bedrockagent_data_source.this"

_docs := "https://docs.acme.example/policies/"

_given := ["docs.acme.example", "help.acme.example"]

_web := ["data_source_configuration", 0, "web_configuration", 0]

_seed_urls := array.concat(_web, ["source_configuration", 0, "url_configuration", 0, "seed_urls"])

_seed(i) := array.concat(_seed_urls, [i, "url"])

_scope := array.concat(_web, ["crawler_configuration", 0, "scope"])

_filters := array.concat(_web, ["crawler_configuration", 0, "inclusion_filters"])

_scope_denied := {"deny": {[_address, _scope]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_known(urls, crawler) := _source(urls, crawler, {}, {"crawler_configuration": [{name: {"constant_value": value} |
	some name, value in crawler
}]})

_unknown_seed(scope) := _source(
	[null], {"scope": scope}, {"source_configuration": [{"url_configuration": [{"seed_urls": [{"url": true}]}]}]},
	{"source_configuration": [{"url_configuration": [{"seed_urls": [{"url": fixture.refers(["terraform_data.this.output"])}]}]}]},
)

_unknown_crawler(known, unknown) := _source(
	[_docs], known,
	{"crawler_configuration": [{name: true | some name in unknown}]},
	{"crawler_configuration": [{name: fixture.refers(["terraform_data.this.output"]) | some name in unknown}]},
)

_source(urls, crawler, unknown, expressions) := fixture.resource(
	_address,
	{"data_source_configuration": [{"type": "WEB", "web_configuration": [{
		"source_configuration": [{"url_configuration": [{"seed_urls": [{"url": url} | some url in urls]}]}],
		"crawler_configuration": [crawler],
	}]}]},
	{"data_source_configuration": [{"web_configuration": [unknown]}]},
	{"data_source_configuration": [{"web_configuration": [expressions]}]},
)

_answers(resources) := _answers_with(_given, resources)

_answers_with(given, resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
		with data.plangate.config as {"parameters": {"BR-020": {"approved_hosts": given}}}
}
