package main

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/util"
)

// check compiles the sources the way `opa check` does (cmd/check.go), and then looks for what OPA lets pass.
func check(files []source, request *CheckRequest) *CheckResponse {
	options, found := parserOptions(request.Reading)
	if found != nil {
		return &CheckResponse{Diagnostics: found}
	}
	if request.Both {
		options.RegoVersion = ast.RegoV0CompatV1
	}
	schemas, found := schemaSet(request.Schemas)
	if found != nil {
		return &CheckResponse{Diagnostics: found}
	}
	compiler := ast.NewCompiler().
		SetErrorLimit(request.MaxErrors).
		WithCapabilities(options.Capabilities).
		WithSchemas(schemas).
		WithEnablePrintStatements(true).
		WithStrict(request.Strict).
		WithUseTypeCheckAnnotations(true)
	modules, found := loaded(files, options)
	if found == nil && slices.ContainsFunc(files, func(file source) bool { return file.bundle != 0 }) {
		var data map[string]any
		modules, data, found = bundled(files, options)
		if len(data) > 0 {
			compiler = compiler.WithPathConflictsCheck(func(path []string) (bool, error) { return holds(data, path), nil })
		}
	}
	if found == nil {
		compiler.Compile(modules)
		found = explained(compiler, files)
	}
	if len(found) == 0 {
		found = orderings(compiler)
		if len(request.Resources) > 0 {
			found = append(found, unknownAttributes(compiler, request.Resources)...)
		}
	}
	return &CheckResponse{Diagnostics: orEmpty(renamed(found, files))}
}

func schemaSet(schemas []Schema) (*ast.SchemaSet, []Diagnostic) {
	if len(schemas) == 0 {
		return nil, nil
	}
	set := ast.NewSchemaSet()
	for _, schema := range schemas {
		path := slices.Clone(ast.SchemaRootRef)
		for _, part := range schema.Path {
			path = append(path, ast.StringTerm(part))
		}
		var value any
		if err := util.Unmarshal([]byte(schema.Text), &value); err != nil {
			return nil, []Diagnostic{{Code: "schema_error", Message: err.Error(), File: schema.File}}
		}
		set.Put(path, value)
	}
	return set, nil
}

// loaded parses all Rego files by their label, and no other files.
func loaded(files []source, options ast.ParserOptions) (map[string]*ast.Module, []Diagnostic) {
	named := slices.Clone(files)
	for i := range named {
		named[i].path = named[i].label
	}
	parsed, found := parseWith(named, options)
	modules := map[string]*ast.Module{}
	for _, module := range parsed {
		modules[module.Package.Location.File] = module
	}
	return modules, found
}

// bundled reads the files as bundles, which mount data and have manifests.
func bundled(files []source, options ast.ParserOptions) (map[string]*ast.Module, map[string]any, []Diagnostic) {
	bundles := []*bundle.Bundle{}
	for _, group := range grouped(files) {
		inside, base := make([]source, 0, len(group)), ""
		for _, file := range group {
			if before, ok := strings.CutSuffix(file.label, file.name); ok {
				base = before
			}
			file.path = file.name
			inside = append(inside, file)
		}
		read, err := bundle.NewCustomReader(&fileLoader{files: inside}).
			WithSkipBundleVerification(true).
			WithProcessAnnotations(true).
			WithCapabilities(options.Capabilities).
			WithRegoVersion(options.RegoVersion).
			WithBaseDir(base).
			Read()
		if err != nil {
			return nil, nil, loadDiagnostics(err, group)
		}
		bundles = append(bundles, &read)
	}
	merged, err := bundle.Merge(bundles)
	if err != nil {
		return nil, nil, diagnostics(err, "")
	}
	return maps.Clone(merged.ParsedModules("")), merged.Data, nil
}

// renamed has each diagnostic name its file by path, where OPA was told the label.
func renamed(found []Diagnostic, files []source) []Diagnostic {
	paths := map[string]string{}
	for _, file := range files {
		paths[bare(file.label)] = bare(file.path)
	}
	for i, each := range found {
		if path, ok := paths[each.File]; ok {
			found[i].File = path
		}
	}
	return found
}

// explained is what the compiler found, with hints that need to know more than the text of the error.
func explained(compiler *ast.Compiler, files []source) []Diagnostic {
	texts := map[string][]byte{}
	for _, file := range files {
		texts[file.label] = file.text
	}
	found := make([]Diagnostic, 0, len(compiler.Errors))
	for _, err := range compiler.Errors {
		each := diagnostic(err, "")
		each.Hint = hint(err, compiler)
		if detail, ok := err.Details.(*ast.RefErrInvalidDetail); ok && err.Location != nil {
			each.EndColumn += restOf(texts[err.Location.File], err.Location, detail.Pos)
		}
		found = append(found, each)
	}
	return found
}

// restOf is how many characters a reference goes on for after its first part, to which OPA's location is limited,
// until the part that is wrong.
func restOf(text []byte, location *ast.Location, parts int) int {
	from := location.Offset + len(location.Text)
	if from > len(text) || bytes.ContainsAny(location.Text, ".[( \n") {
		return 0
	}
	to := from
	for range parts {
		part := accessor.Find(text[to:])
		if part == nil {
			break
		}
		to += len(part)
	}
	return utf8.RuneCount(text[from:to])
}

var accessor = regexp.MustCompile(`^(\.[a-zA-Z_][a-zA-Z0-9_]*|\[("[^"\n]*"|[a-zA-Z0-9_]+)\])`)

func hint(err *ast.Error, compiler *ast.Compiler) string {
	if name, ok := strings.CutPrefix(err.Message, "undefined function "); ok {
		return meant(name, functions(compiler))
	}
	detail, ok := err.Details.(*ast.RefErrInvalidDetail)
	if !ok || detail.Pos >= len(detail.Ref) {
		return ""
	}
	have, ok := detail.Ref[detail.Pos].Value.(ast.String)
	if !ok {
		return ""
	}
	names := make([]string, 0, len(detail.OneOf))
	for _, value := range detail.OneOf {
		if name, ok := value.(ast.String); ok {
			names = append(names, string(name))
		}
	}
	return meant(string(have), names)
}
