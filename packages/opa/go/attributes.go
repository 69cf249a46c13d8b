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
		if seen := reader.reads[key]; seen.wrong != nil && !seen.right {
			found = append(found, *seen.wrong)
		}
	}
	slices.SortStableFunc(found, func(a, b Diagnostic) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, a.Column-b.Column)
	})
	return found
}

// sighting is what was found out about one attribute that a policy names.
type sighting struct {
	wrong *Diagnostic
	right bool
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
	budget   int
}

// The index of resources by type that the library makes of a plan.
var indexes = []string{"data.plangate.lib.plan.resources", "data.plangate.lib.plan.removed", "data.plangate.lib.plan.data_sources"}

func prefixOf(name string) string {
	prefix, _, _ := strings.Cut(name, "_")
	return prefix
}

// see takes note of an attribute or a type that is there or not, as far as is known.
func (r *reader) see(term *ast.Term, right bool, wrong func() Diagnostic) {
	key := placeOf(term)
	if key == "" {
		return
	}
	if r.reads[key] == nil {
		r.reads[key] = &sighting{}
	}
	r.reads[key].right = r.reads[key].right || right
	if !right && r.reads[key].wrong == nil {
		diagnostic := wrong()
		r.reads[key].wrong = &diagnostic
	}
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
	run := func(quiet bool, refined map[string][]string) (*reading, spot) {
		at := &reading{reader: r, values: map[ast.Var]spot{}, refined: refined, quiet: quiet}
		for i, arg := range rule.Head.Args {
			if i < len(args) {
				at.bind(arg, args[i])
			}
		}
		at.walk(rule.Body)
		head := rule.Head
		switch {
		case head.Key != nil && head.RuleKind() == ast.MultiValue:
			return at, &list{element: at.spot(head.Key)}
		case head.Value == nil || !head.Ref().IsGround():
			return at, nil
		}
		return at, at.spot(head.Value)
	}
	first, _ := run(true, map[string][]string{})
	_, result := run(quiet, first.refined)
	return result
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

// checkType warns of a type that a policy names and that the provider of its name does not have, where it has one that
// is nearly the same: other types may be those of another version.
func (r *reader) checkType(term *ast.Term) {
	name, ok := term.Value.(ast.String)
	if !ok || !r.prefixes[prefixOf(string(name))] {
		return
	}
	_, known := r.shapes[string(name)]
	near := ""
	if !known {
		near = within(string(name), slices.Collect(maps.Keys(r.shapes)), 2)
	}
	r.see(term, near == "", func() Diagnostic {
		found := diagnosticAt(term, "unknown_type", "the provider has no resource type `"+string(name)+"`")
		found.Hint, found.Warning = "did you mean `"+near+"`?", true
		return found
	})
}

// checkAttribute reports an attribute that none of the places has.
func (r *reader) checkAttribute(term *ast.Term, places []place) {
	name := string(term.Value.(ast.String))
	right := len(places) == 0
	candidates, isList := []string{}, false
	for _, each := range places {
		_, ok := each.step(name, true)
		right = right || ok
		if each.shape != nil {
			candidates = slices.AppendSeq(candidates, maps.Keys(each.shape.Attributes))
			isList = isList || each.shape.List != nil
		}
	}
	r.see(term, right, func() Diagnostic {
		owners := []string{}
		for _, each := range places {
			owners = append(owners, "`"+each.of+each.path+"`")
		}
		slices.Sort(owners)
		owners = slices.Compact(owners)
		verb := " has"
		if len(owners) > 1 {
			verb = " have"
		}
		message := strings.Join(owners, " and ") + verb + " no attribute `" + name + "`"
		found := diagnosticAt(term, "unknown_attribute", message)
		found.Hint = cmp.Or(meant(name, candidates), listed(candidates))
		if isList && len(candidates) == 0 {
			found.Hint = "it is a list: go through its elements, or name one as in `[0]`"
		}
		return found
	})
}

// listed is what can be asked for, where that is little enough to read.
func listed(names []string) string {
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) == 0 || len(names) > 8 {
		return "see the documentation of the provider for its attributes"
	}
	return "it has `" + strings.Join(names, "`, `") + "`"
}

func diagnosticAt(term *ast.Term, code, message string) Diagnostic {
	return diagnostic(&ast.Error{Code: code, Message: message, Location: term.Location}, "")
}
