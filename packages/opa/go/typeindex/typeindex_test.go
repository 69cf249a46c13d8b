package typeindex

import (
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

func TestShow(t *testing.T) {
	m := ast.MustParseModule(`package main
import input as tfplan
types := {"a", "b"}
is_x(r) if { r.mode == "managed"; r.type == "x" }
is_x(r) if r.type in types
res(type) := [r | r := input.resource_changes[_]; r.type == type]
deny contains msg if { some rc in input.resource_changes; rc.type == "aws_x"; msg := rc.address }
deny contains msg if { some i, rc in input.resource_changes; "aws_x" == rc.type; msg := rc.address }
deny contains msg if { rc := input.resource_changes[_]; rc.type in {"b", "a"}; msg := rc.address }
deny contains msg if { rc := tfplan.resource_changes[_]; is_x(rc); msg := rc.address }
deny contains msg if { input.plan.resource_changes[i].type == "z"; msg := input.plan.resource_changes[i].address }
deny contains msg if { input.resource_changes[_].type == "z"; msg := "z" }
deny contains msg if { xs := [r | some r in input.resource_changes; r.mode == "managed"; r.type == "q"]; msg := xs[_].address }
deny contains msg if { some t in ["k", "l"]; some r in input.resource_changes; r.type == t; msg := t }
set(type) := {r | r := input.resource_changes[_]; r.type == type}
`)
	made := Rewrite([]*ast.Module{m}, 0)
	for _, each := range made.Rewritings {
		t.Log(each.Line, each.Before, " -> ", each.After, each.Types)
	}
	t.Log(m, made.Index)
	made.Undo()
	t.Log(m)
}
