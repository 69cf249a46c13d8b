package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// unknownAttributes is an error for each attribute of a resource that a policy reads and that the schema of the
// provider does not have.
//
// Only what surely is an attribute of resources of known types counts: a policy compares the type, or asks lib/plan for
// resources of a type. What is read in several ways, as in a function that is called for several types, is wrong when
// every way is.
func unknownAttributes(compiler *ast.Compiler, shapes map[string]*Shape) []Diagnostic {
	reader := &reader{
		compiler: compiler,
		shapes:   shapes,
		prefixes: map[string]bool{},
		results:  [2]map[string]spot{{}, {}},
		paths:    map[string][]*ast.Rule{},
		reads:    map[string]*sighting{},
		listed:   map[string][]string{},
	}
	for name := range shapes {
		reader.prefixes[prefixOf(name)] = true
	}
	rules := policies(compiler)
	reader.budget = enough(rules)
	for _, rule := range rules {
		path := rule.Ref().GroundPrefix().String()
		reader.paths[path] = append(reader.paths[path], rule)
	}
	for _, rule := range rules {
		if len(rule.Head.Args) == 0 {
			reader.value(rule.Ref().GroundPrefix(), nil, false)
		}
	}
	found := []Diagnostic{}
	if reader.budget <= 0 {
		return found
	}
	for _, key := range slices.Sorted(maps.Keys(reader.reads)) {
		if seen := reader.reads[key]; seen.isWrong() && !reader.isAnother(key) {
			found = append(found, seen.diagnostic())
		}
	}
	slices.SortStableFunc(found, func(a, b Diagnostic) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, a.Column-b.Column)
	})
	return found
}

// reader follows resources through rules and functions. Each body is gone through twice: first, quietly, for what it
// says about types, which holds for all of the body.
type reader struct {
	compiler *ast.Compiler
	shapes   map[string]*Shape
	prefixes map[string]bool
	results  [2]map[string]spot
	paths    map[string][]*ast.Rule
	reads    map[string]*sighting
	listed   map[string][]string
	budget   int
}

// The index of resources by type that the library makes of a plan.
var indexes = []string{"data.plangate.lib.plan.resources", "data.plangate.lib.plan.removed", "data.plangate.lib.plan.data_sources"}

func prefixOf(name string) string {
	prefix, _, _ := strings.Cut(name, "_")
	return prefix
}

// value is what is known of a rule, or of the result of a function with these arguments. Rego has no recursion.
func (r *reader) value(path ast.Ref, args []spot, quiet bool) spot {
	name := path.String()
	if slices.Contains(indexes, name) {
		return &byType{}
	}
	key := name
	for _, arg := range args {
		key += "|" + keyOf(arg)
	}
	results := r.results[0]
	if quiet {
		results = r.results[1]
	}
	if found, ok := results[key]; ok {
		return found
	}
	results[key] = nil
	var all []spot
	for _, rule := range r.paths[name] {
		if r.budget--; r.budget <= 0 {
			return nil
		}
		all = append(all, r.rule(rule, args, quiet))
	}
	results[key] = anyOf(all)
	return results[key]
}

func (r *reader) rule(rule *ast.Rule, args []spot, quiet bool) spot {
	start := &reading{reader: r, values: map[ast.Var]spot{}, refined: map[string][]string{}, given: map[ast.Var]bool{}, width: 1}
	for i, arg := range rule.Head.Args {
		if name, ok := arg.Value.(ast.Var); ok {
			start.given[name] = true
		}
		if i < len(args) {
			start.bind(arg, args[i])
		}
	}
	all := []spot{}
	for _, way := range start.inside(true).ways(rule.Body) {
		at := start.again(way, quiet)
		at.walk(rule.Body)
		head := rule.Head
		switch {
		case head.Key != nil && head.RuleKind() == ast.MultiValue:
			all = append(all, &list{element: at.spot(head.Key)})
		case head.Value == nil || !head.Ref().IsGround():
			all = append(all, nil)
		default:
			all = append(all, at.spot(head.Value))
		}
	}
	return anyOf(all)
}

// attributesOf are the places where the attributes of a resource begin.
func (r *reader) attributesOf(of *resource) spot {
	if of.types == nil {
		return &attributes{places: []place{{}}}
	}
	places := make([]place, 0, len(of.types))
	for _, name := range of.types {
		places = append(places, place{of: name, shape: r.shapes[name]})
	}
	return &attributes{places: places}
}
