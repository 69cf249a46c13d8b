package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/tester"
)

// chosen is what the request limits the run to: the tests that it names, or the packages of its shard; nil is all.
func chosen(loaded *loadedTests, request *TestRequest) ([]ast.Ref, error) {
	var refs []ast.Ref
	for _, name := range request.Only {
		ref, err := ast.ParseRef(name)
		if err != nil {
			return nil, fmt.Errorf("`%s` names no test: %w", name, err)
		}
		refs = append(refs, ref)
	}
	if request.Shard == nil || request.Shard.Of < 2 {
		return refs, nil
	}
	refs = append(refs, shardOf(loaded.all(), *request.Shard)...)
	if refs == nil {
		// A reference to nothing: without any, everything would run.
		refs = []ast.Ref{ast.MustParseRef("data[0]")}
	}
	return refs, nil
}

func (loaded *loadedTests) all() []*ast.Module {
	modules := slices.Collect(maps.Values(loaded.modules))
	if loaded.modules == nil {
		for path, each := range loaded.bundles {
			modules = slices.AppendSeq(modules, maps.Values(each.ParsedModules(path)))
		}
	}
	return modules
}

// shardOf gives each part about as many tests as the others. Packages below one with tests go where it goes, since
// OPA's runner takes a package by the beginning of its path.
func shardOf(modules []*ast.Module, shard Shard) []ast.Ref {
	tests := map[string]int{}
	paths := map[string]ast.Ref{}
	for _, module := range modules {
		for _, rule := range module.Rules {
			if _, isTest := testRef(rule); isTest {
				tests[module.Package.Path.String()]++
				paths[module.Package.Path.String()] = module.Package.Path
			}
		}
	}
	type group struct {
		path  ast.Ref
		tests int
	}
	var groups []group
	for _, path := range slices.SortedFunc(maps.Values(paths), func(a, b ast.Ref) int { return a.Compare(b) }) {
		if last := len(groups) - 1; last >= 0 && path.HasPrefix(groups[last].path) {
			groups[last].tests += tests[path.String()]
		} else {
			groups = append(groups, group{path: path, tests: tests[path.String()]})
		}
	}
	slices.SortStableFunc(groups, func(a, b group) int { return cmp.Compare(b.tests, a.tests) })
	loads := make([]int, shard.Of)
	var mine []ast.Ref
	for _, each := range groups {
		least := 0
		for i, load := range loads {
			if load < loads[least] {
				least = i
			}
		}
		loads[least] += each.tests
		if least == shard.Index {
			mine = append(mine, each.path)
		}
	}
	return mine
}

// testRef is the reference of a rule as far as OPA's runner takes it for a test's name, and whether it is a test.
func testRef(rule *ast.Rule) (ast.Ref, bool) {
	ground := rule.Head.Ref().GroundPrefix()
	for i, term := range ground {
		name := ""
		switch value := term.Value.(type) {
		case ast.Var:
			name = string(value)
		case ast.String:
			name = string(value)
		}
		if strings.HasPrefix(name, tester.TestPrefix) || strings.HasPrefix(name, tester.SkipTestPrefix) {
			return ground[:i+1], true
		}
	}
	return nil, false
}
