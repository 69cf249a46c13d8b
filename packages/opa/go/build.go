package main

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/compile"
	"github.com/open-policy-agent/opa/v1/storage"
)

func build(files []source, request *BuildRequest) *Response {
	sources, found := read(files, request)
	if found == nil && len(sources.Data) > 0 {
		found = check(sources)
	}
	if found == nil && len(request.Roots) == 0 {
		found = own(sources)
	}
	if found != nil {
		return unbuilt(found)
	}
	var output bytes.Buffer
	entrypoints := slices.Compact(slices.Sorted(slices.Values(request.Entrypoints)))
	compiler := compile.New().
		WithBundle(sources).
		WithTarget(compile.TargetWasm).
		WithRegoVersion(ast.RegoVersionFromInt(request.RegoVersion)).
		WithRegoAnnotationEntrypoints(true).
		WithEntrypoints(entrypoints...).
		WithRevision(request.Revision).
		WithOutput(&output)
	if request.Metadata != nil {
		compiler = compiler.WithMetadata(&request.Metadata)
	}
	if err := compiler.Build(context.Background()); err != nil {
		found := diagnostics(err, "")
		if slices.ContainsFunc(found, func(each Diagnostic) bool { return each.Message == "error limit reached" }) {
			found = check(sources)
		}
		return unbuilt(found)
	}
	response := &BuildResponse{Diagnostics: []Diagnostic{}, Entrypoints: []string{}, Roots: *sources.Manifest.Roots}
	for _, resolver := range compiler.Bundle().Manifest.WasmResolvers {
		response.Entrypoints = append(response.Entrypoints, resolver.Entrypoint)
	}
	return &Response{Build: response, bytes: output.Bytes()}
}

func unbuilt(found []Diagnostic) *Response {
	return &Response{Build: &BuildResponse{Diagnostics: orEmpty(found), Entrypoints: []string{}, Roots: []string{}}}
}

// read lets OPA read the sources as a bundle. Only where that fails, they are parsed again to say all that is wrong.
func read(files []source, request *BuildRequest) (*bundle.Bundle, []Diagnostic) {
	if len(request.Roots) > 0 {
		manifest, err := json.Marshal(map[string]any{"roots": slices.Sorted(slices.Values(request.Roots))})
		if err != nil {
			return nil, diagnostics(err, "")
		}
		files = append([]source{{path: "/" + bundle.ManifestExt, text: manifest}}, files...)
	}
	version := ast.RegoVersionFromInt(request.RegoVersion)
	result, err := bundle.NewCustomReader(&fileLoader{files: files}).
		WithProcessAnnotations(true).
		WithRegoVersion(version).
		WithBaseDir("."). // as for a folder, so that the paths in the WebAssembly are those that opa build writes
		Read()
	if err == nil {
		result.SetRegoVersion(version)
		return &result, nil
	}
	if _, found := parse(files, request.RegoVersion); found != nil {
		return nil, found
	}
	return nil, loadDiagnostics(err, files)
}

func loadDiagnostics(err error, files []source) []Diagnostic {
	for _, file := range files {
		for _, path := range []string{file.path, bare(file.path)} {
			if rest, ok := strings.CutPrefix(err.Error(), "bundle load failed on "+path+": "); ok {
				return []Diagnostic{{Code: "data_error", Message: rest, File: bare(path)}}
			}
		}
	}
	return diagnostics(err, "")
}

// check compiles the modules beside their data, and says all that is wrong. compile.Compiler stops at ten errors and
// never looks at data, although OPA refuses to load a bundle with a rule in its place.
func check(sources *bundle.Bundle) []Diagnostic {
	modules := map[string]*ast.Module{}
	for _, module := range sources.Modules {
		modules[module.URL] = module.Parsed
	}
	compiler := ast.NewCompiler().SetErrorLimit(0).WithPathConflictsCheck(func(path []string) (bool, error) {
		return holds(sources.Data, path), nil
	})
	compiler.Compile(modules)
	if !compiler.Failed() {
		return nil
	}
	return diagnostics(compiler.Errors, "")
}

func holds(data any, path []string) bool {
	for _, key := range path {
		object, ok := data.(map[string]any)
		if !ok {
			return false
		}
		if data, ok = object[key]; !ok {
			return false
		}
	}
	return true
}

// callers is what the one who evaluates a bundle brings along; a bundle that owned it would keep him from doing so.
const callers = "plangate/config"

// own makes the roots of a bundle what it contains: first keys, below `plangate` second ones.
func own(sources *bundle.Bundle) []Diagnostic {
	roots := map[string]bool{}
	var found []Diagnostic
	add := func(keys []string, location *ast.Location) {
		if keys[0] == "plangate" && len(keys) > 1 {
			keys = keys[:2]
		} else {
			keys = keys[:1]
		}
		root := storage.Path(keys).String()[1:]
		if root == callers || root == "plangate" {
			err := ast.NewError("roots_error", location, "`data.plangate.config` belongs to the caller, and no bundle may own it")
			found = append(found, diagnostic(err, ""))
		}
		roots[root] = true
	}
	for _, module := range sources.Modules {
		add(below(module.Parsed.Package.Path), module.Parsed.Package.Location)
	}
	for key, value := range sources.Data {
		object, ok := value.(map[string]any)
		if key != "plangate" || !ok {
			add([]string{key}, nil)
			continue
		}
		for second := range object {
			add([]string{key, second}, nil)
		}
	}
	if found != nil {
		return found
	}
	sorted := make([]string, 0, len(roots))
	for root := range roots {
		sorted = append(sorted, root)
	}
	slices.Sort(sorted)
	sources.Manifest.Roots = &sorted
	return nil
}
