package main

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/compile"

	"plangate/opa/reads"
)

func build(files []source, request *BuildRequest) *Response {
	options, found := parserOptions(request.Reading)
	if found == nil {
		found = forbidden(files, request)
	}
	var sources *bundle.Bundle
	if found == nil {
		sources, found = read(files, request.Roots, options)
	}
	if found == nil && (len(sources.Data) > 0 || request.Optimize > 0) {
		found = conflicts(sources, options.Capabilities)
	}
	if found != nil {
		return unbuilt(found)
	}
	var known *reads.Sources
	if request.Policies != nil {
		// Before the build, which takes the rules of entrypoints away. What is wrong here is wrong there too.
		known, _ = analysed(sources.Modules, options.Capabilities)
	}
	entrypoints := slices.Compact(slices.Sorted(slices.Values(request.Entrypoints)))
	wanted := append(annotated(sources), entrypoints...)
	index := indexed(sources, request)
	result, err := assemble(sources, request, options, entrypoints)
	if index != nil {
		// What does not compile is told about the rules as they were written.
		if wrong := index.undo(sources, options, err == nil); wrong != nil {
			return failed("build_error", wrong)
		}
		if err != nil {
			index = nil
			result, err = assemble(sources, request, options, entrypoints)
		}
	}
	if err != nil {
		if request.Optimize > 0 {
			return unbuilt(optimized(err))
		}
		found := diagnostics(err, "")
		if slices.ContainsFunc(found, func(each Diagnostic) bool { return each.Message == "error limit reached" }) {
			found = conflicts(sources, options.Capabilities)
		}
		return unbuilt(found)
	}
	if len(request.PlanAddons) > 0 {
		if err := sortUnplanned(&result.PlanModules[len(result.PlanModules)-1]); err != nil {
			return failed("build_error", err)
		}
	}
	names, err := entrypointsOf(result, wanted)
	if err != nil {
		return failed("build_error", err)
	}
	var report *reads.Report
	if known != nil {
		report = reported(known, names, request.Policies)
	}
	stamp(result, request, report, index)
	var output bytes.Buffer
	if err := bundle.NewWriter(&output).Write(*result); err != nil {
		return unbuilt(diagnostics(err, ""))
	}
	if request.Optimize > 0 {
		// What the optimizer writes, OPA cannot always read.
		if _, err := bundle.NewReader(bytes.NewReader(output.Bytes())).WithRegoVersion(options.RegoVersion).Read(); err != nil {
			return unbuilt(optimized(err))
		}
	}
	response := &BuildResponse{
		Diagnostics: []Diagnostic{}, Entrypoints: names, Roots: *result.Manifest.Roots, Reads: report, TypeIndex: index.told(),
	}
	return &Response{Build: response, bytes: output.Bytes()}
}

func assemble(
	sources *bundle.Bundle, request *BuildRequest, options ast.ParserOptions, entrypoints []string,
) (*bundle.Bundle, error) {
	compiler := compile.New().
		WithBundle(sources).
		WithTarget(request.Target).
		WithRegoVersion(options.RegoVersion).
		WithCapabilities(options.Capabilities).
		WithOptimizationLevel(request.Optimize).
		WithPartialNamespace(request.PartialNamespace).
		WithPruneUnused(request.PruneUnused).
		WithRegoAnnotationEntrypoints(true).
		WithEnablePrintStatements(request.IncludePrint || request.Target == compile.TargetPlan).
		WithEntrypoints(entrypoints...).
		WithPlanAddons(request.PlanAddons)
	if request.PlanFormat != "" {
		compiler = compiler.WithPlanFormat(request.PlanFormat)
	}
	if err := compiler.Build(context.Background()); err != nil {
		return nil, err
	}
	return compiler.Bundle(), nil
}

// optimized is why sources that compile cannot be optimized: OPA evaluates them beforehand, and compiles the outcome.
func optimized(err error) []Diagnostic {
	var errs ast.Errors
	if errors.As(err, &errs) {
		err = errs[0]
	} else if found := diagnostics(err, ""); found[0].Code != "build_error" {
		return found
	}
	reason, _, _ := strings.Cut(err.Error(), "\n")
	return []Diagnostic{{Code: "optimize_error", Message: "OPA cannot optimize these rules: " + reason}}
}

func unbuilt(found []Diagnostic) *Response {
	return &Response{Build: &BuildResponse{Diagnostics: orEmpty(found), Entrypoints: []string{}, Roots: []string{}}}
}

// stamp fills in what OPA leaves to the one who builds: revision, metadata, and whether the sources stay.
func stamp(result *bundle.Bundle, request *BuildRequest, report *reads.Report, index *indexing) {
	switch {
	case request.Revision != nil:
		result.Manifest.Revision = *request.Revision
	case result.Manifest.Revision == "":
		result.Manifest.Revision = request.Fallback
	}
	if len(request.Metadata) > 0 {
		metadata := maps.Clone(result.Manifest.Metadata)
		if metadata == nil {
			metadata = map[string]any{}
		}
		maps.Copy(metadata, request.Metadata)
		if ours, ok := metadata["plangate"].(map[string]any); ok {
			ours = maps.Clone(ours)
			if report != nil {
				ours["reads"] = report
			}
			if index != nil {
				ours["typeIndex"] = index.rewritings
			}
			metadata["plangate"] = ours
		}
		result.Manifest.Metadata = metadata
	}
	if request.StripSource {
		result.Modules = nil
		result.Manifest.FileRegoVersions = nil
	}
}

// forbidden is what OPA would build and nobody should run.
func forbidden(files []source, request *BuildRequest) []Diagnostic {
	if request.Target == compile.TargetWasm && request.Optimize > 0 {
		return []Diagnostic{{Code: "optimize_error", Message: unsound}}
	}
	if request.Target == compile.TargetRego && request.StripSource {
		return []Diagnostic{{Code: "option_error", Message: "a bundle of Rego without its source would be empty"}}
	}
	if request.PlanFormat == compile.PlanFormatProto && len(request.PlanAddons) > 0 {
		return []Diagnostic{{Code: "option_error", Message: "a plan as protobuf has no place for addons"}}
	}
	var found []Diagnostic
	for _, file := range files {
		if name, ok := compiled[base(file.name)]; ok && request.Target != compile.TargetRego {
			found = append(found, Diagnostic{Code: "source_error", File: bare(file.path), Message: name + already})
		}
	}
	return found
}

const unsound = "rules that OPA has optimized do not survive its compiler to WebAssembly " +
	"(open-policy-agent/opa#5548): it stops, or what it writes decides otherwise"

const already = " cannot be compiled again: the rules of its entrypoints are no longer among its sources"

var compiled = map[string]string{
	bundle.WasmFile:      "a bundle with WebAssembly",
	bundle.PlanFile:      "a bundle with a plan",
	bundle.PlanProtoFile: "a bundle with a plan",
}

// conflicts compiles the modules beside their data, and says all that is wrong. compile.Compiler stops at ten errors
// and never looks at data, although OPA refuses to load a bundle with a rule in its place.
func conflicts(sources *bundle.Bundle, allowed *ast.Capabilities) []Diagnostic {
	modules := map[string]*ast.Module{}
	for _, module := range sources.Modules {
		modules[module.URL] = module.Parsed
	}
	compiler := ast.NewCompiler().
		SetErrorLimit(0).
		WithCapabilities(allowed).
		WithPathConflictsCheck(func(path []string) (bool, error) { return holds(sources.Data, path), nil })
	compiler.Compile(modules)
	if !compiler.Failed() {
		return nil
	}
	return diagnostics(compiler.Errors, "")
}

// holds is whether data has something at a path, or a value above it that is no object and so in the way.
func holds(data any, path []string) bool {
	for _, key := range path {
		object, ok := data.(map[string]any)
		if !ok {
			return true
		}
		if data, ok = object[key]; !ok {
			return false
		}
	}
	return true
}
