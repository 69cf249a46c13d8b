package main

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

func annotations(files []source, request *AnnotationsRequest) *AnnotationsResponse {
	response := &AnnotationsResponse{Modules: []Module{}, Annotations: []Annotation{}}
	modules, found := parse(files, request.Reading)
	set, errs := ast.BuildAnnotationSet(modules)
	if len(errs) > 0 {
		found = append(found, diagnostics(errs, "")...)
	}
	response.Diagnostics = orEmpty(found)
	for _, module := range modules {
		response.Modules = append(response.Modules, describe(module))
	}
	if set == nil {
		return response
	}
	for _, ref := range set.Flatten() {
		response.Annotations = append(response.Annotations, Annotation{
			Path:       below(ref.Path),
			Scope:      ref.Annotations.Scope,
			File:       bare(ref.Annotations.Location.File),
			Line:       ref.Annotations.Location.Row,
			Annotation: ref.Annotations,
		})
	}
	return response
}

func describe(module *ast.Module) Module {
	rules := []string{}
	for _, rule := range module.Rules {
		name := rule.Head.Ref()[0].Value
		if v, ok := name.(ast.Var); ok && !slices.Contains(rules, string(v)) {
			rules = append(rules, string(v))
		}
	}
	slices.Sort(rules)
	location := module.Package.Location
	return Module{File: bare(location.File), Line: location.Row, Package: below(module.Package.Path), Rules: rules}
}

// below is a path as strings, without the `data` that every path begins with.
func below(ref ast.Ref) []string {
	path := []string{}
	for _, term := range ref[1:] {
		if s, ok := term.Value.(ast.String); ok {
			path = append(path, string(s))
		} else {
			path = append(path, term.String())
		}
	}
	return path
}

func orEmpty(found []Diagnostic) []Diagnostic {
	if found == nil {
		return []Diagnostic{}
	}
	return found
}
