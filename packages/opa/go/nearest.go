package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/open-policy-agent/opa/v1/ast"
)

// nearest is the candidate that a misspelt name was most likely meant to be, or nothing when none is near.
func nearest(name string, candidates []string) string {
	return within(name, candidates, max(1, (len(name)+1)/3))
}

// within is the nearest candidate that takes no more than this many changes of a letter.
func within(name string, candidates []string, changes int) string {
	best, distance := "", changes+1
	for _, candidate := range slices.Sorted(slices.Values(candidates)) {
		if d := levenshtein.ComputeDistance(strings.ToLower(name), strings.ToLower(candidate)); d < distance {
			best, distance = candidate, d
		}
	}
	return best
}

func meant(name string, candidates []string) string {
	if best := nearest(name, candidates); best != "" {
		return fmt.Sprintf("did you mean `%s`?", best)
	}
	return ""
}

// functions are the names of all that can be called: built-in functions, and those of the modules.
func functions(compiler *ast.Compiler) []string {
	names := []string{}
	for _, builtin := range compiler.Capabilities().Builtins {
		if builtin.Infix == "" {
			names = append(names, builtin.Name)
		}
	}
	for _, module := range compiler.Modules {
		for _, rule := range module.Rules {
			if len(rule.Head.Args) > 0 {
				names = append(names, rule.Ref().String())
			}
		}
	}
	return names
}
