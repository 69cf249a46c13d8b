package main

import (
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// enough is how often rules are followed at most, in one context or another. The library takes some seventy times a
// rule; what takes far more is made to.
func enough(rules []*ast.Rule) int { return 20_000 + 200*len(rules) }

// policies are the rules that are no tests, in an order that never changes, each with those of its else.
func policies(compiler *ast.Compiler) []*ast.Rule {
	rules := []*ast.Rule{}
	for _, name := range slices.Sorted(maps.Keys(compiler.Modules)) {
		if strings.HasSuffix(name, "_test.rego") {
			continue
		}
		for _, rule := range compiler.Modules[name].Rules {
			for ; rule != nil; rule = rule.Else {
				rules = append(rules, rule)
			}
		}
	}
	return rules
}
