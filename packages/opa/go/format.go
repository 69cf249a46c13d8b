package main

import (
	"bytes"
	"errors"
	"slices"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"
	"github.com/sergi/go-diff/diffmatchpatch"
)

// formatted is one source as `opa fmt` prints it, or the difference as `opa fmt --diff` does.
func formatted(text []byte, request *FormatRequest) *Response {
	target, source := versions(request)
	options, found := formatOptions(target, source, request)
	if found != nil {
		return unformatted(found, request.Name)
	}
	result, err := format.SourceWithOpts(request.Name, text, options)
	if err != nil {
		if _, ok := errors.AsType[format.UnformattedError](err); ok {
			return &Response{Format: &FormatResponse{Diagnostics: []Diagnostic{}, Changed: true}}
		}
		return unformatted(diagnostics(err, request.Name), request.Name)
	}
	if request.CheckResult {
		check := ast.ParserOptions{RegoVersion: target, Capabilities: options.ParserOptions.Capabilities}
		if _, err := ast.ParseModuleWithOpts("formatted", string(result), check); err != nil {
			message := "formatted, this would not be valid Rego: " + err.Error()
			return unformatted([]Diagnostic{{Code: formatError, Message: message}}, request.Name)
		}
	}
	response := &Response{Format: &FormatResponse{Diagnostics: []Diagnostic{}, Changed: !bytes.Equal(text, result)}}
	if request.Diff {
		result = []byte(difference(string(text), string(result)))
	}
	response.bytes = result
	return response
}

const formatError = "rego_format_error"

func unformatted(found []Diagnostic, name string) *Response {
	for i := range found {
		found[i].File = name
	}
	return &Response{Format: &FormatResponse{Diagnostics: found}}
}

// versions says for which version of Rego a source is formatted, and as which it is read.
func versions(request *FormatRequest) (target, source ast.RegoVersion) {
	target, source = ast.DefaultRegoVersion, ast.DefaultRegoVersion
	switch {
	case request.RegoV1:
		target = ast.RegoV0CompatV1
	case request.V0Compatible:
		target = ast.RegoV0
	case request.V1Compatible:
		target = ast.RegoV1
	}
	switch {
	case request.V0Compatible:
		source = ast.RegoV0
	case request.V1Compatible:
		source = ast.RegoV1
	case request.RegoV1:
		source = ast.RegoV0
	}
	return target, source
}

func formatOptions(target, source ast.RegoVersion, request *FormatRequest) (format.Opts, []Diagnostic) {
	current := ast.CapabilitiesForThisVersion(ast.CapabilitiesRegoVersion(target))
	allowed := current
	if len(request.Capabilities) > 0 {
		found := []Diagnostic{}
		if allowed, found = capabilities(Reading{Capabilities: request.Capabilities}); found != nil {
			return format.Opts{}, found
		}
	}
	// What is read may use all that this OPA reads, whatever it may be formatted to.
	parsed := *allowed
	parsed.FutureKeywords = union(allowed.FutureKeywords, current.FutureKeywords)
	parsed.Features = union(allowed.Features, current.Features)
	return format.Opts{
		RegoVersion:                   target,
		DropRedundantDirectiveImports: request.DropV0Imports,
		Capabilities:                  allowed,
		ParserOptions:                 &ast.ParserOptions{RegoVersion: source, Capabilities: &parsed},
		FailFast:                      request.FailFast,
	}, nil
}

func union(a, b []string) []string {
	all := append(slices.Clone(a), b...)
	slices.Sort(all)
	return slices.Compact(all)
}

// difference is what `opa fmt --diff` prints. OPA stops looking for a small one after a second; that is not the same
// second everywhere, and it takes longer here.
func difference(before, after string) string {
	differ := diffmatchpatch.New()
	differ.DiffTimeout = 30 * time.Second
	return differ.DiffPrettyText(differ.DiffMain(before, after, false))
}
