package typeindex

import (
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Rules by the types that their walks look up, or nothing where they are left alone.
var patterns = []struct{ name, rule, want string }{
	{"some in", `p if { some rc in input.resource_changes; rc.type == "a" }`, "a"},
	{"some in with a key", `p contains i if { some i, rc in input.resource_changes; rc.type == "a" }`, "a"},
	{"assignment", `p if { rc := input.resource_changes[_]; rc.type == "a" }`, "a"},
	{"assignment with a key", `p if { some i; rc := input.resource_changes[i]; rc.type == "a" }`, "a"},
	{"unification", `p if { rc = input.resource_changes[_]; rc.type == "a" }`, "a"},
	{"the other way round", `p if { input.resource_changes[_] = rc; "a" == rc.type }`, "a"},
	{"path", `p if { input.resource_changes[i].type == "a"; input.resource_changes[i].x }`, "a"},
	{"path without a key", `p if input.resource_changes[_].type == "a"`, "a"},
	{"below plan", `p if { some rc in input.plan.resource_changes; rc.type == "a" }`, "a"},
	{"planned values", `p if { some rc in input.planned_values.root_module.resources; rc.type == "a" }`, "a"},
	{"a set", `p if { some rc in input.resource_changes; rc.type in {"b", "a"} }`, "a b"},
	{"an array", `p if { some rc in input.resource_changes; rc.type in ["b", "a", "b"] }`, "a b"},
	{"a set with a name", "ts := {\"b\", \"a\"}\np if { some rc in input.resource_changes; rc.type in ts }", "a b"},
	{"a name", "t := \"a\"\np if { some rc in input.resource_changes; rc.type == t }", "a"},
	{"a variable", `p if { t := "a"; some rc in input.resource_changes; rc.type == t }`, "a"},
	{"a variable that was bound", `p(t) if { some rc in input.resource_changes; rc.type == t }`, "?"},
	{"a loop", `p if { some t in ["a", "b"]; some rc in input.resource_changes; rc.type == t }`, "a b"},
	{"a type in a variable", `p if { some rc in input.resource_changes; t := rc.type; t == "a" }`, "a"},
	{"resources in a variable", `p if { all := input.resource_changes; some rc in all; rc.type == "a" }`, "a"},
	{"resources with a name", "all := input.resource_changes\np if { some rc in all; rc.type == \"a\" }", "a"},
	{"a function", "f(r) if r.type == \"a\"\nf(r) if { r.mode == \"m\"; r.type == \"b\" }\np if { some rc in input.resource_changes; f(rc) }", "a b"},
	{"a function with a value", "f(r) := r.type == \"a\"\np if { some rc in input.resource_changes; f(rc) }", "a"},
	{"a function with else", "f(r) if r.type == \"a\" else if r.type == \"b\" else := false\np if { some rc in input.resource_changes; f(rc) }", "a b"},
	{"a default of false", "default f(_) := false\nf(r) if r.type == \"a\"\np if { some rc in input.resource_changes; f(rc) }", "a"},
	{"a function of functions", "g(r) if r.type == \"a\"\nf(r) if g(r)\np if { some rc in input.resource_changes; f(rc) }", "a"},
	{"after what cannot fail", `p if { some rc in input.resource_changes; rc.mode == "m"; not rc.x; some y in rc.ys; y > 1; rc.type == "a" }`, "a"},
	{"set comprehension", `p := {r | some r in input.resource_changes; r.type == "a"}`, "a"},
	{"array comprehension", `p := [r | some r in input.resource_changes; r.type == "a"]`, "a"},
	{"in a negated expression", `p if not count([r | some r in input.resource_changes; r.type == "a"]) == 0`, "a"},
	{"every", `p if every x in input.xs { some rc in input.resource_changes; rc.type == "a"; rc.x == x }`, "a"},
	{"else", `p if input.x else := 2 if { some rc in input.resource_changes; rc.type == "a" }`, "a"},
	{"with elsewhere", `p if { some rc in input.resource_changes; rc.type == "a"; data.test.q with input as rc }` + "\nq := 1", "a"},

	{"no comparison", `p if { some rc in input.resource_changes; rc.x == "a" }`, ""},
	{"negated comparison", `p if { some rc in input.resource_changes; not rc.type == "a" }`, ""},
	{"another operator", `p if { some rc in input.resource_changes; rc.type != "a" }`, ""},
	{"a part of the type", `p if { some rc in input.resource_changes; startswith(rc.type, "a") }`, ""},
	{"the type of another", `p if { some rc in input.resource_changes; some x in input.xs; x.type == "a" }`, ""},
	{"after what can be an error", `p if { some rc in input.resource_changes; to_number(rc.x) == 1; rc.type == "a" }`, ""},
	{"after a rule that can conflict", "c := input.x\nc := 1\np if { some rc in input.resource_changes; rc.x == c; rc.type == \"a\" }", ""},
	{"after a function with values", "f(r) := r.x\np if { some rc in input.resource_changes; f(rc) == 1; rc.type == \"a\" }", ""},
	{"a function with another body", "f(r) if r.type == \"a\"\nf(r) if r.x\np if { some rc in input.resource_changes; f(rc) }", ""},
	{"a default of true", "default f(_) := true\nf(r) if r.type == \"a\"\np if { some rc in input.resource_changes; f(rc) }", ""},
	{"a negated function", "f(r) if r.type == \"a\"\np if { some rc in input.resource_changes; not f(rc) }", ""},
	{"a compared function", "f(r) := r.type == \"a\"\np if { some rc in input.resource_changes; f(rc) == false }", ""},
	{"a function that errs before", "f(r) if { to_number(r.x) == 1; r.type == \"a\" }\np if { some rc in input.resource_changes; f(rc) }", ""},
	{"a function that is replaced", "f(r) if r.type == \"a\"\ng(r) := true\np if { some rc in input.resource_changes; f(rc) }\nq if p with f as g", ""},
	{"a set that is replaced", "ts := {\"a\"}\np if { some rc in input.resource_changes; rc.type in ts }\nq if p with data.test.ts as {\"b\"}", ""},
	{"a set that is computed", "ts := {x | some x in input.ts}\np if { some rc in input.resource_changes; rc.type in ts }", ""},
	{"a set of other things", `p if { some rc in input.resource_changes; rc.type in {"a", 1} }`, ""},
	{"with on the walk", `p if { rc := input.resource_changes[_] with input as {}; rc.type == "a" }`, ""},
	{"with on the comparison", `p if { some rc in input.resource_changes; rc.type == "a" with input as {} }`, ""},
	{"an element that is known before", `p if { rc = input.x; rc = input.resource_changes[_]; rc.type == "a" }`, ""},
	{"a key that is known before", `p(i) if { rc := input.resource_changes[i]; rc.type == "a" }`, ""},
	{"a pattern", `p if { some {"type": t} in input.resource_changes; t == "a" }`, ""},
	{"another list", `p if { some rc in input.things; rc.type == "a" }`, ""},
	{"a variable behind", `p if { some rc in input.resource_changes; t := rc.name; rc.type == t }`, ""},
	{"every over all", `p if every rc in input.resource_changes { rc.type == "a" }`, ""},
	{"array comprehension by variable", `p(t) := [r | some r in input.resource_changes; r.type == t]`, ""},
	{"in a set", `p := {[r | some r in input.resource_changes; r.type == "a"]}`, ""},
	{"all of data", "p if { some rc in input.resource_changes; rc.type == \"a\" }\nq := data", ""},
	{"any package", "p if { some rc in input.resource_changes; rc.type == \"a\" }\nq contains x if data[x].deny", ""},
}

func TestPatterns(t *testing.T) {
	for _, each := range patterns {
		t.Run(each.name, func(t *testing.T) {
			module := ast.MustParseModule("package test\n\n" + each.rule + "\n")
			before := module.String()
			made := Rewrite([]*ast.Module{module}, 0)
			if made == nil {
				if each.want != "" {
					t.Fatal("nothing is rewritten")
				}
				return
			}
			types := []string{}
			for _, walk := range made.Rewritings {
				types = append(types, walk.Types...)
				if len(walk.Types) == 0 {
					types = append(types, "?")
				}
			}
			slices.Sort(types)
			if got := strings.Join(types, " "); got != each.want {
				t.Fatalf("got %q, want %q", got, each.want)
			}
			compiler := ast.NewCompiler()
			compiler.Compile(map[string]*ast.Module{"test": module, "index": made.Index})
			if compiler.Failed() {
				t.Fatal(compiler.Errors)
			}
			made.Undo()
			if after := module.String(); after != before {
				t.Fatalf("undone it is\n%s", after)
			}
		})
	}
}

func TestFewerThanAskedForAreLeftAlone(t *testing.T) {
	for _, each := range []struct {
		rule   string
		fewest int
		left   bool
	}{
		{patterns[0].rule, 1, false},
		{patterns[0].rule, 2, true},
		{`p := [r | some r in input.resource_changes; r.type == "a"]`, 2, true},
		{`p if { some x in input.xs; count([r | some r in input.resource_changes; r.type == "a"; r.x == x]) == 0 }`, 4, false},
		{`p if { some x in input.xs; count([r | some r in input.resource_changes; r.type == "a"; r.x == x]) == 0 }`, 5, true},
		{`p(x) if { some r in input.resource_changes; r.type == "a"; r.x == x }`, 4, false},
	} {
		module := ast.MustParseModule("package test\n\n" + each.rule + "\n")
		before := module.String()
		made := Rewrite([]*ast.Module{module}, each.fewest)
		if (made == nil) != each.left || made == nil && module.String() != before {
			t.Errorf("%s: left alone is %v", each.rule, made == nil)
		}
	}
}
