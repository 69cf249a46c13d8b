# METADATA
# title: knowledge base is stored with a third party that is not approved
# description: >-
#   The vector store holds the text of all documents beside their embeddings. With Pinecone, Redis or MongoDB it lies outside
#   the account, where no key policy, no network of yours and no log of AWS reaches.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/knowledge-base-setup.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagent_knowledge_base#storage_configuration-block
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     store the vectors in `opensearch_serverless_configuration`, `rds_configuration` or `s3_vectors_configuration`, or have
#     the store reviewed and add it to `approved_vector_stores`
#   resource_types: [aws_bedrockagent_knowledge_base]
#   frameworks:
#     nist_800_53: [SA-9, IA-5]
#     mitre_atlas: [AML.T0085.000]
#     owasp_llm: ["LLM08:2025"]
#   aliases: [BR-021]
#   parameters:
#     approved_vector_stores:
#       type: array
#       description: >-
#         Third parties that may hold vectors: a kind (`PINECONE`, `REDIS_ENTERPRISE_CLOUD`, `MONGO_DB_ATLAS`; `pinecone`,
#         `redis` and `mongodb` do) or the host of one store; entries are globs (`acme-*.svc.*.pinecone.io`).
package plangate.policies.agents.foreign_vector_store

import data.plangate.lib.approved
import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.hosts
import data.plangate.lib.plan

deny contains finding.new(_policy, base, store.path) if {
	_entries
	some base in plan.resources.aws_bedrockagent_knowledge_base
	some store in _stores(base)
	not approved.fits(store.kind, _kinds)
	not _approved(base, store)
	not _open(base, store)
}

undecided contains finding.undecided(_policy, base, store.path) if {
	some base in plan.resources.aws_bedrockagent_knowledge_base
	some store in _stores(base)
	not approved.fits(store.kind, _kinds)
	_open(base, store)
}

# The store is written by a dynamic block over a collection that only the apply knows.
undecided contains finding.undecided(_policy, base, ["storage_configuration"]) if {
	_entries
	some base in plan.resources.aws_bedrockagent_knowledge_base
	plan.computed(base, ["storage_configuration"])
	some kind, _ in _third_parties
	not approved.fits(kind, _kinds)
}

undecided contains finding.undecided(_policy, base, path) if {
	_entries
	some base in plan.resources.aws_bedrockagent_knowledge_base
	not plan.computed(base, ["storage_configuration"])
	some kind, [block, _] in _third_parties
	path := ["storage_configuration", 0, block]
	plan.computed(base, path)
	not approved.fits(kind, _kinds)
}

_approved(base, store) if hosts.fits(plan.known(base, store.path), _entries)

# An address that comes with the apply can only fit an entry that names hosts.
_open(base, store) if {
	plan.unknown(base, store.path)
	some entry in _entries
	contains(entry, ".")
}

_stores(base) := {{"kind": kind, "path": array.concat(store.path, [address])} |
	some kind, [block, address] in _third_parties
	some store in plan.blocks(base, ["storage_configuration", 0, block])
}

_third_parties := {
	"PINECONE": ["pinecone_configuration", "connection_string"],
	"REDIS_ENTERPRISE_CLOUD": ["redis_enterprise_cloud_configuration", "endpoint"],
	"MONGO_DB_ATLAS": ["mongo_db_atlas_configuration", "endpoint"],
}

_kinds := {object.get(_short, replace(lower(entry), "_", ""), upper(entry)) | some entry in _entries}

_short := {
	"redis": "REDIS_ENTERPRISE_CLOUD",
	"redisenterprise": "REDIS_ENTERPRISE_CLOUD",
	"mongodb": "MONGO_DB_ATLAS",
	"mongodbatlas": "MONGO_DB_ATLAS",
}

_entries := config.parameter(_policy, "approved_vector_stores")

_policy := finding.policy(rego.metadata.chain())
