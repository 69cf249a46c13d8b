# METADATA
# title: collections are not encrypted with a customer managed key
# description: >-
#   An encryption policy with `AWSOwnedKey`, or without a key, encrypts the matching collections with a key that the
#   customer can neither see nor shut off. It cannot be changed for a collection that exists.
# related_resources:
#   - ref: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-encryption.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/opensearchserverless_security_policy
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: set `AWSOwnedKey = false` and `KmsARN = aws_kms_key.<name>.arn` in the policy of type `encryption`
#   resource_types: [aws_opensearchserverless_security_policy]
#   frameworks:
#     nist_800_53: [SC-28, SC-12]
#     owasp_llm: ["LLM08:2025"]
#     soc_2: [CC6.1]
#   aliases: [VS-002]
package plangate.policies.vector_stores.collection_key

import data.plangate.lib.environment
import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, encryption, ["policy", name]) if {
	some encryption in _encryption_policies
	document := environment.json_at(encryption, ["policy"])
	some name in _faults(document)
}

# What refers to keys of this plan alone names one of them.
undecided contains finding.undecided(_policy, encryption, ["policy"]) if {
	some encryption in _encryption_policies
	kms.undecided(encryption, ["policy"])
}

_faults(document) := {"AWSOwnedKey"} if {
	document.AWSOwnedKey == true
} else := {"KmsARN"} if {
	is_object(document)
	_of_nobody(object.get(document, "KmsARN", null))
}

_of_nobody(key) if key in {null, ""}

# A key that AWS manages.
_of_nobody(key) if contains(key, ":alias/aws/")

# Where the type is unknown the document tells by itself: it is one object, that of a network policy is a list.
_encryption_policies := [encryption |
	some encryption in plan.resources.aws_opensearchserverless_security_policy
	not _about_networks(encryption)
]

_about_networks(encryption) if plan.known(encryption, ["type"]) == "network"

_policy := finding.policy(rego.metadata.chain())
