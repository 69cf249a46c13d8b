package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/compile"
	"github.com/open-policy-agent/opa/v1/tester"
)

// mostRefused is how many tests are looked for that cannot be compiled: each takes several compiles to find.
const mostRefused = 8

// testBundle compiles the sources with each test as an entrypoint. What the compiler refuses is left out, with the
// reason, by halving the tests until it is alone.
func testBundle(files []source, request *TestRequest) *Response {
	response := &TestBundleResponse{Diagnostics: []Diagnostic{}, Tests: []CompiledTest{}}
	loaded, err := loadTests(files, request)
	if err != nil {
		response.Diagnostics = testDiagnostics(err)
		return &Response{TestBundle: response}
	}
	merged, err := loaded.merged()
	if err != nil {
		response.Diagnostics = testDiagnostics(err)
		return &Response{TestBundle: response}
	}
	archive, tests := compilable(merged, wanted(entrypoints(merged), request.Only), request)
	response.Tests = append(response.Tests, tests...)
	return &Response{TestBundle: response, bytes: archive}
}

// compilable returns the archive of all tests that can be compiled, and the tests by place with the reasons of the others.
func compilable(merged *bundle.Bundle, tests []CompiledTest, request *TestRequest) ([]byte, []CompiledTest) {
	var refused []CompiledTest
	for len(tests) > 0 {
		archive, err := compileTests(merged, tests, request)
		if err == nil {
			all := append(slices.Clone(tests), refused...)
			slices.SortFunc(all, byPlace)
			return archive, all
		}
		if len(refused) == mostRefused {
			for _, test := range tests {
				test.Reason = err.Error()
				refused = append(refused, test)
			}
			break
		}
		index := culprit(merged, tests, request)
		tests[index].Reason = reasonOf(err, merged, tests[index], request)
		refused = append(refused, tests[index])
		tests = slices.Delete(tests, index, index+1)
	}
	slices.SortFunc(refused, byPlace)
	return nil, refused
}

// wanted are those of the tests that the request names, by their entrypoints, or all.
func wanted(tests []CompiledTest, only []string) []CompiledTest {
	if len(only) == 0 {
		return tests
	}
	return slices.DeleteFunc(tests, func(test CompiledTest) bool { return !slices.Contains(only, test.Entrypoint) })
}

// culprit is the first test without which those before it compile: the smallest part from the beginning that fails ends
// with it.
func culprit(merged *bundle.Bundle, tests []CompiledTest, request *TestRequest) int {
	low, high := 0, len(tests)
	for low+1 < high {
		middle := (low + high) / 2
		if _, err := compileTests(merged, tests[:middle], request); err != nil {
			high = middle
		} else {
			low = middle
		}
	}
	return high - 1
}

func reasonOf(err error, merged *bundle.Bundle, test CompiledTest, request *TestRequest) string {
	if _, alone := compileTests(merged, []CompiledTest{test}, request); alone != nil {
		err = alone
	}
	return err.Error()
}

func (loaded *loadedTests) merged() (*bundle.Bundle, error) {
	if loaded.bundles != nil {
		var all []*bundle.Bundle
		for _, path := range slices.Sorted(maps.Keys(loaded.bundles)) {
			all = append(all, loaded.bundles[path])
		}
		return bundle.Merge(all)
	}
	merged := &bundle.Bundle{Data: loaded.documents, Manifest: bundle.Manifest{Roots: &[]string{""}}}
	for _, name := range slices.Sorted(maps.Keys(loaded.modules)) {
		module := loaded.modules[name]
		merged.Modules = append(merged.Modules, bundle.ModuleFile{URL: name, Path: name, RelativePath: name, Parsed: module, Raw: []byte(module.String())})
	}
	return merged, nil
}

// entrypoints lists the tests and gives those that share a name one of their own: the runner takes each rule for a test,
// while a compiler takes rules of one name for one document.
func entrypoints(merged *bundle.Bundle) []CompiledTest {
	var tests []CompiledTest
	taken := map[string]bool{}
	for i, file := range merged.Modules {
		module := file.Parsed.Copy()
		merged.Modules[i].Parsed = module
		for _, rule := range module.Rules {
			ref, isTest := testRef(rule)
			if !isTest || strings.HasPrefix(lastName(ref), tester.SkipTestPrefix) {
				continue
			}
			// OPA's runner writes `test_x#01`, which no path of an entrypoint can hold.
			for name, n := lastName(ref), 1; taken[module.Package.Path.Extend(ref).String()]; n++ {
				ref = rename(rule, ref, fmt.Sprintf("%s__%d", name, n))
			}
			taken[module.Package.Path.Extend(ref).String()] = true
			location := rule.Loc()
			tests = append(tests, CompiledTest{
				Entrypoint: entrypointOf(module.Package.Path.Extend(ref)),
				File:       location.File,
				Line:       location.Row,
				Column:     location.Col,
			})
		}
	}
	return tests
}

func lastName(ref ast.Ref) string {
	switch value := ref[len(ref)-1].Value.(type) {
	case ast.Var:
		return string(value)
	case ast.String:
		return string(value)
	}
	return ""
}

// rename changes the name of a test in its own rule and the branches below it.
func rename(rule *ast.Rule, ref ast.Ref, name string) ast.Ref {
	renamed := ref.Copy()
	if len(ref) == 1 {
		renamed[0] = ast.VarTerm(name)
	} else {
		renamed[len(ref)-1] = ast.StringTerm(name)
	}
	for each := rule; each != nil; each = each.Else {
		full := renamed.Copy()
		full = append(full, each.Head.Ref()[len(ref):]...)
		each.Head.SetRef(full)
		if len(full) == 1 {
			each.Head.Name = ast.Var(name)
		}
	}
	return renamed
}

func entrypointOf(ref ast.Ref) string {
	var parts []string
	for _, part := range below(ref) {
		parts = append(parts, url.PathEscape(part))
	}
	return strings.Join(parts, "/")
}

// compileTests returns the archive of a bundle with the tests as entrypoints.
func compileTests(merged *bundle.Bundle, tests []CompiledTest, request *TestRequest) (archive []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	names := make([]string, 0, len(tests))
	for _, test := range tests {
		names = append(names, test.Entrypoint)
	}
	// The compiler takes rules out of the modules that it is given.
	copied := *merged
	copied.Modules = slices.Clone(merged.Modules)
	for i, file := range copied.Modules {
		copied.Modules[i].Parsed = file.Parsed.Copy()
	}
	var output bytes.Buffer
	compiler := compile.New().
		WithBundle(&copied).
		WithTarget(compile.TargetWasm).
		WithRegoVersion(ast.RegoVersionFromInt(request.RegoVersion)).
		WithEntrypoints(names...).
		// Or what depends on a test becomes an entrypoint, functions too, which cannot be one.
		WithPruneUnused(true).
		WithOutput(&output)
	if allowed, found := capabilities(request.Reading); found == nil && allowed != nil {
		compiler = compiler.WithCapabilities(allowed)
	}
	if err := compiler.Build(context.Background()); err != nil {
		var many ast.Errors
		if errors.As(err, &many) && len(many) > 0 {
			return nil, many[0]
		}
		return nil, err
	}
	return output.Bytes(), nil
}

func byPlace(a, b CompiledTest) int {
	return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}
