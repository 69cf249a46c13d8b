package main

import (
	"fmt"
	"strings"
	"testing"
)

// A provider with a model, whose containers are a list of blocks, and a bucket.
var provider = map[string]*Shape{
	"aws_model": {Attributes: map[string]*Shape{
		"name": {}, "enable_network_isolation": {}, "kms_key_arn": {}, "tags": {Map: &Shape{}},
		"container": {List: &Shape{Attributes: map[string]*Shape{"image": {}, "mode": {}}}},
	}},
	"aws_bucket": {Attributes: map[string]*Shape{"bucket": {}, "kms_key_id": {}, "tags": {Map: &Shape{}}}},
}

const library = `package plangate.lib.plan
resources := {type: [r | some r in input.resource_changes; r.type == type] | some type in {r.type | some r in input.resource_changes}}
absent(r, path) if object.get(r.change.after, path, null) in {null, ""}
blocks(r, path) := [{"path": array.concat(path, [i]), "value": block} |
	some i, block in object.get(r.change.after, path, [])
] if {
	is_array(object.get(r.change.after, path, []))
} else := [{"path": path, "value": block} |
	block := object.get(r.change.after, path, null)
	is_object(block)
]
`

const findings = `package plangate.lib.finding
new(policy, r, path) := {"policy": policy, "address": r.address, "path": path}
`

const configurations = `package plangate.lib.plan.configuration
instances(r, path, type) := {t | some t in input.resource_changes; t.type == type; t.name == path[0]; r.name}
`

// unknown is what a module names that the provider does not have: `line:column-endColumn name`.
func unknown(t *testing.T, modules ...string) string {
	t.Helper()
	request := &CheckRequest{Reading: Reading{RegoVersion: 1}, Resources: provider}
	found := []string{}
	for _, each := range check(sourcesOf(modules...), request).Diagnostics {
		if each.Warning != (each.Code == "unknown_type") || !strings.HasPrefix(each.Code, "unknown_") {
			t.Fatalf("%+v", each)
		}
		found = append(found, fmt.Sprintf("%d:%d-%d %s (%s)", each.Line, each.Column, each.EndColumn, each.Message, each.Hint))
	}
	return strings.Join(found, "\n")
}

func TestUnknownAttributes(t *testing.T) {
	const isolaton = "`aws_model` has no attribute `enable_network_isolaton` (did you mean `enable_network_isolation`?)"
	tests := []struct{ note, rules, want string }{
		{"right attributes", `p if { some r in input.resource_changes; r.type == "aws_model"; r.change.after.container[0].image; r.change.before.tags.any }`, ""},
		{"a misspelt attribute", `p if { some r in input.resource_changes; r.type == "aws_model"; r.change.after.enable_network_isolaton }`, "3:80-103 " + isolaton},
		{"a type that is compared later", `p if { some r in input.resource_changes; r.change.after.enable_network_isolaton; r.type == "aws_model" }`, "3:57-80 " + isolaton},
		{"a type on the other side", `p if { some r in input.resource_changes; "aws_model" == r.type; r.change.after.enable_network_isolaton }`, "3:80-103 " + isolaton},
		{"in a negation", `p if { some r in input.resource_changes; r.type == "aws_model"; not r.change.after.enable_network_isolaton }`, "3:84-107 " + isolaton},
		{"by an index", `p if { input.resource_changes[i].type == "aws_model"; input.resource_changes[i].change.after.enable_network_isolaton }`, "3:94-117 " + isolaton},
		{"another resource", `p if { input.resource_changes[_].type == "aws_model"; input.resource_changes[_].change.after.enable_network_isolaton }`, ""},
		{"in HCP Terraform", `p if { some r in input.plan.resource_changes; r.type == "aws_model"; r.change.after.enable_network_isolaton }`, "3:85-108 " + isolaton},
		{"in planned values", `p if { some r in input.planned_values.root_module.child_modules[_].resources; r.type == "aws_model"; r.values.enable_network_isolaton }`, "3:111-134 " + isolaton},
		{"in a block", `p if { some r in input.resource_changes; r.type == "aws_model"; r.change.after.container[_].imge }`, "3:93-97 `aws_model.container` has no attribute `imge` (did you mean `image`?)"},
		{"in a variable of a block", `p if { some r in input.resource_changes; r.type == "aws_model"; some c in r.change.after.container; c.imge }`, "3:103-107 `aws_model.container` has no attribute `imge` (did you mean `image`?)"},
		{"in a comprehension", `p contains x if { some r in input.resource_changes; r.type == "aws_model"; x := {c.imge | some c in r.change.after.container} }`, "3:84-88 `aws_model.container` has no attribute `imge` (did you mean `image`?)"},
		{"with object.get", `p := object.get(r.change.after, ["container", 0, "imge"], null) if { some r in input.resource_changes; r.type == "aws_model" }`, "3:50-56 `aws_model.container` has no attribute `imge` (did you mean `image`?)"},
		{"one of two types has it", `p if { some r in input.resource_changes; r.type in {"aws_model", "aws_bucket"}; r.change.after.kms_key_id }`, ""},
		{"none of two types has it", `p if { some r in input.resource_changes; r.type in {"aws_model", "aws_bucket"}; r.change.after.kms_key }`, "3:96-103 `aws_bucket` and `aws_model` have no attribute `kms_key` (it has `bucket`, `container`, `enable_network_isolation`, `kms_key_arn`, `kms_key_id`, `name`, `tags`)"},
		{"a type that is not the type", `p if { some r in input.resource_changes; r.type != "aws_model"; r.change.after.anything }`, ""},
		{"a type that is denied", `p if { some r in input.resource_changes; not r.type == "aws_model"; r.change.after.anything }`, ""},
		{"no type at all", `p if { some r in input.resource_changes; r.change.after.anything }`, ""},
		{"a type of another provider", `p if { some r in input.resource_changes; r.type == "google_x"; r.change.after.anything }`, ""},
		{"a misspelt type", `p if { some r in input.resource_changes; r.type == "aws_modle"; r.change.after.anything }`, "3:52-63 the provider has no resource type `aws_modle` (did you mean `aws_model`?)"},
		{"a type of another version", `p if { some r in input.resource_changes; r.type == "aws_newer"; r.change.after.anything }`, ""},
		{"a type in a constant", "types := {\"aws_model\"}\np if { some r in input.resource_changes; r.type in types; r.change.after.nam }", "4:74-77 `aws_model` has no attribute `nam` (did you mean `name`?)"},
		{"through a rule", "models := [r | some r in input.resource_changes; r.type == \"aws_model\"]\np if { some m in models; m.change.after.nam }", "4:41-44 `aws_model` has no attribute `nam` (did you mean `name`?)"},
		{"through a function of a type", "of(type) := [r | some r in input.resource_changes; r.type == type]\np if { some m in of(\"aws_model\"); m.change.after.nam }", "4:50-53 `aws_model` has no attribute `nam` (did you mean `name`?)"},
		{"in a function", "f(r) := r.change.after.nam\np if { some r in input.resource_changes; r.type == \"aws_model\"; f(r) }", "3:24-27 `aws_model` has no attribute `nam` (did you mean `name`?)"},
		{"in a function for several types", "f(r) := r.change.after.kms_key_id\np if { some r in input.resource_changes; r.type == \"aws_model\"; f(r) }\nq if { some r in input.resource_changes; r.type == \"aws_bucket\"; f(r) }", ""},
		{"in a function for any type", "f(r) := r.change.after.kms_key_id\np if { some r in input.resource_changes; r.type == \"aws_model\"; f(r) }\nq if { some r in input.resource_changes; f(r) }", ""},
		{"in a function for another input", "f(r) := r.change.after.kms_key_id\np if { some r in input.resource_changes; r.type == \"aws_model\"; f(r) }\nq if f(input.x) with input as {}", ""},
		{"names that are tried in turn", `p if { some r in input.resource_changes; r.type == "aws_model"; some k in ["kms_key_id", "kms_key_arn"]; r.change.after[k] }`, ""},
		{"an index by type", "p if { some r in plan.resources.aws_model; r.change.after.nam }", "3:59-62 `aws_model` has no attribute `nam` (did you mean `name`?)"},
		{"a misspelt type of an index", "p if { some r in plan.resources.aws_modle; r.change.after.nam }", "3:33-42 the provider has no resource type `aws_modle` (did you mean `aws_model`?)"},
		{"an index by types", `p if { some t in ["aws_model", "aws_bucket"]; some r in plan.resources[t]; r.change.after.nam }`, "3:91-94 `aws_bucket` and `aws_model` have no attribute `nam` (did you mean `name`?)"},
		{"a path for the library", `p if { some r in plan.resources.aws_model; plan.absent(r, ["nam"]) }`, "3:60-65 `aws_model` has no attribute `nam` (did you mean `name`?)"},
		{"a path in a constant", "_path := [\"container\", 0, \"imge\"]\np if { some r in plan.resources.aws_model; plan.absent(r, _path) }", "3:27-33 `aws_model.container` has no attribute `imge` (did you mean `image`?)"},
		{"a path of a block", `p if { some r in plan.resources.aws_model; some b in plan.blocks(r, ["container"]); plan.absent(r, array.concat(b.path, ["imge"])) }`, "3:122-128 `aws_model.container` has no attribute `imge` (did you mean `image`?)"},
		{"a block of the library", `p if { some r in plan.resources.aws_model; some b in plan.blocks(r, ["container"]); b.value.imge }`, "3:93-97 `aws_model.container` has no attribute `imge` (did you mean `image`?)"},
		{"an attribute of a list", `p if { some r in plan.resources.aws_model; r.change.after.container.image }`, "3:69-74 `aws_model.container` has no attribute `image` (it is a list: go through its elements, or name one as in `[0]`)"},
		{"a path that is looked for elsewhere too", "both(r, path) if { plan.absent(r, path); object.get(input.configuration, path, 1) }\np if { some r in plan.resources.aws_model; both(r, [\"nam\"]) }", "4:53-58 `aws_model` has no attribute `nam` (did you mean `name`?)"},
		{"a path of any resource", "_path := [\"kms_key_id\"]\np if { some r in plan.resources.aws_model; plan.absent(r, _path) }\nq if { some r in input.resource_changes; plan.absent(r, _path) }", ""},
		{"a path through another function", "missing(r, path) if plan.absent(r, path)\np if { some r in plan.resources.aws_model; missing(r, [\"nam\"]) }", "4:56-61 `aws_model` has no attribute `nam` (did you mean `name`?)"},
		{"a path in a table by type", "_paths := {\"aws_model\": [\"kms_key_anr\"], \"aws_bucket\": [\"kms_key_id\"]}\np if { some t, path in _paths; some r in plan.resources[t]; plan.absent(r, path) }", "3:26-39 `aws_model` has no attribute `kms_key_anr` (did you mean `kms_key_arn`?)"},
		{"a path in a table asked by the type", "_paths := {\"aws_model\": [\"kms_key_anr\"], \"aws_bucket\": [\"kms_key_id\"]}\np if { some t in [\"aws_model\", \"aws_bucket\"]; some r in plan.resources[t]; plan.absent(r, _paths[r.type]) }", "3:26-39 `aws_model` has no attribute `kms_key_anr` (did you mean `kms_key_arn`?)"},
		{"a path beside its type", "_places := [{\"type\": \"aws_model\", \"path\": [\"nam\"]}, {\"type\": \"aws_bucket\", \"path\": [\"tags\"]}]\np if { some place in _places; some r in plan.resources[place.type]; plan.absent(r, place.path) }", "3:44-49 `aws_model` has no attribute `nam` (did you mean `name`?)"},
		{"an attribute of another version in a table", "_paths := {\"aws_model\": [\"execution_role\"], \"aws_bucket\": [\"kms_key_id\"]}\np if { some t, path in _paths; some r in plan.resources[t]; plan.absent(r, path) }", ""},
		{"a misspelt one of names that are tried in turn", `p if { some r in plan.resources.aws_model; some k in ["name", "kms_key_anr"]; plan.absent(r, [k]) }`, "3:63-76 `aws_model` has no attribute `kms_key_anr` (did you mean `kms_key_arn`?)"},
		{"similar names that are tried in turn", `p if { some r in plan.resources.aws_model; some k in ["name", "names"]; plan.absent(r, [k]) }`, ""},
		{"the path of a finding", "p contains data.plangate.lib.finding.new({}, r, [\"nam\"]) if { some r in plan.resources.aws_model }", "3:50-55 `aws_model` has no attribute `nam` (did you mean `name`?)"},
		{"the path of a finding about something else", "p contains data.plangate.lib.finding.new({}, {\"address\": \"var.a\"}, [\"variable\"])", ""},
		{"a resource that another refers to", `p if { some r in plan.resources.aws_bucket; some m in data.plangate.lib.plan.configuration.instances(r, ["bucket"], "aws_model"); m.change.after.nam }`, "3:146-149 `aws_model` has no attribute `nam` (did you mean `name`?)"},
	}
	for _, tc := range tests {
		t.Run(tc.note, func(t *testing.T) {
			got := unknown(t, "lib.rego", library, "finding.rego", findings, "configuration.rego", configurations, "a.rego", "package a\nimport data.plangate.lib.plan\n"+tc.rules)
			if got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}
