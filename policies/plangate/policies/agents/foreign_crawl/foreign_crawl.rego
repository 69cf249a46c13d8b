# METADATA
# title: web crawler may leave the approved hosts
# description: >-
#   What the crawler of a knowledge base finds is retrieved into prompts as if it were the company's own. Whoever can write
#   to one of the pages it reaches writes to the prompts.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/webcrawl-data-source-connector.html
#   - ref: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_WebCrawlerConfiguration.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagent_data_source
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     start only at hosts of `approved_hosts`, and set `scope = "HOST_ONLY"` or `inclusion_filters` that begin with the
#     host, as `^https://docs\\.example\\.com/.*`
#   resource_types: [aws_bedrockagent_data_source]
#   frameworks:
#     nist_800_53: [SI-10, SA-9]
#     mitre_atlas: [AML.T0066, AML.T0070, AML.T0071]
#     owasp_llm: ["LLM04:2025", "LLM08:2025"]
#   aliases: [BR-020]
#   parameters:
#     approved_hosts:
#       type: array
#       description: >-
#         Hosts that crawlers may read; entries are globs (`*.docs.example.com`). Without any only the scope is judged.
#       default: []
package plangate.policies.agents.foreign_crawl

import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.hosts
import data.plangate.lib.plan

deny contains finding.new(_policy, source, seed) if {
	some source in plan.resources.aws_bedrockagent_data_source
	count(_approved) > 0
	some seed in _seeds(source)
	url := plan.known(source, seed)
	not hosts.fits(url, _approved)
}

deny contains finding.new(_policy, source, _scope) if {
	some source in plan.resources.aws_bedrockagent_data_source
	_roams(source)
	some url in _strangers(source)
	_let_in(source, url)
}

undecided contains finding.undecided(_policy, source, seed) if {
	some source in plan.resources.aws_bedrockagent_data_source
	some seed in _seeds(source)
	plan.unknown(source, seed)
	_matters(source)
}

# The seeds, or the whole crawler, are written by a dynamic block over a collection that only the apply knows.
undecided contains finding.undecided(_policy, source, _seed_urls) if {
	some source in plan.resources.aws_bedrockagent_data_source
	plan.computed(source, _seed_urls)
	_matters(source)
}

undecided contains finding.undecided(_policy, source, _scope) if {
	some source in plan.resources.aws_bedrockagent_data_source
	plan.unknown(source, _scope)
	some url in _strangers(source)
	_may_let_in(source, url)
}

undecided contains finding.undecided(_policy, source, _filters) if {
	some source in plan.resources.aws_bedrockagent_data_source
	_roams(source)
	some url in _strangers(source)
	_open_filters(source)
	not _let_in(source, url)
}

_matters(_) if count(_approved) > 0

_matters(source) if _roams(source)

_matters(source) if plan.unknown(source, _scope)

_roams(source) if plan.known(source, _scope) == "SUBDOMAINS"

# Pages below and beside the host of a seed, which nobody has approved.
_strangers(source) := {url |
	some seed in _seeds(source)
	host := hosts.of(plan.known(source, seed))
	some domain in {host, _parent(host)}
	url := concat("", ["https://anybody.", domain, "/anything"])
	not hosts.fits(url, _approved)
}

_parent(host) := concat(".", array.slice(labels, 1, count(labels))) if {
	labels := split(host, ".")
	count(labels) > _primary(labels)
} else := host

# How many labels a domain that somebody can register has: `example.com`, `example.co.uk`.
_primary(labels) := 3 if {
	[second, top] := array.slice(labels, count(labels) - 2, count(labels))
	count(top) == 2
	count(second) < 4
} else := 2

_let_in(source, _) if plan.absent(source, _filters)

_let_in(source, _) if plan.known(source, _filters) == []

_let_in(source, url) if {
	some filter in plan.known(source, _filters)
	is_string(filter)
	regex.is_valid(filter)
	regex.match(filter, url)
}

_may_let_in(source, url) if _let_in(source, url)

_may_let_in(source, _) if _open_filters(source)

_open_filters(source) if plan.unknown(source, _filters)

_open_filters(source) if {
	some filter in plan.blocks(source, _filters)
	plan.computed(source, filter.path)
}

_seeds(source) := {array.concat(seed.path, ["url"]) | some seed in plan.blocks(source, _seed_urls)}

_web := ["data_source_configuration", 0, "web_configuration", 0]

_seed_urls := array.concat(_web, ["source_configuration", 0, "url_configuration", 0, "seed_urls"])

_scope := array.concat(_web, ["crawler_configuration", 0, "scope"])

_filters := array.concat(_web, ["crawler_configuration", 0, "inclusion_filters"])

_approved := config.parameter(_policy, "approved_hosts")

_policy := finding.policy(rego.metadata.chain())
