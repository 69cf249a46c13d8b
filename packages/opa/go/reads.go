package main

import (
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/storage"

	"plangate/opa/reads"
)

func readsOf(files []source, request *ReadsRequest) *ReadsResponse {
	options, found := parserOptions(request.Reading)
	var sources *bundle.Bundle
	if found == nil {
		sources, found = read(files, nil, options)
	}
	var known *reads.Sources
	if found == nil {
		known, found = analysed(sources.Modules, options.Capabilities)
	}
	if found != nil {
		return &ReadsResponse{Diagnostics: found}
	}
	report := reported(known, append(annotated(sources), request.Entrypoints...), request.Policies)
	return &ReadsResponse{Diagnostics: []Diagnostic{}, Reads: report}
}

func analysed(files []bundle.ModuleFile, allowed *ast.Capabilities) (*reads.Sources, []Diagnostic) {
	modules := map[string]*ast.Module{}
	for _, module := range files {
		modules[module.URL] = module.Parsed
	}
	known, errs := reads.Compile(modules, allowed)
	if len(errs) > 0 {
		return nil, diagnostics(errs, "")
	}
	return known, nil
}

func reported(known *reads.Sources, entrypoints []string, policies map[string][]string) *reads.Report {
	named := map[string][]ast.Ref{}
	for _, name := range entrypoints {
		named[name] = documents(name)
	}
	made := map[string][]ast.Ref{}
	for name, paths := range policies {
		made[name] = documents(paths...)
	}
	return known.Report(named, made)
}

func documents(paths ...string) []ast.Ref {
	refs := []ast.Ref{}
	for _, path := range paths {
		keys, ok := storage.ParsePathEscaped("/" + path)
		if !ok {
			continue
		}
		ref := ast.Ref{ast.DefaultRootDocument}
		for _, key := range keys {
			ref = append(ref, ast.StringTerm(key))
		}
		refs = append(refs, ref)
	}
	return refs
}
