package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing/fstest"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/compile"
	"github.com/open-policy-agent/opa/v1/loader"
	"github.com/open-policy-agent/opa/v1/rego"
)

// request is a folder of sources, what to build of it, and what to ask the interpreter.
type request struct {
	Files       map[string][]byte `json:"files"`
	Entrypoints []string          `json:"entrypoints"`
	RegoVersion int               `json:"regoVersion"`
	Target      string            `json:"target"`
	Query       string            `json:"query"`
	Inputs      []json.RawMessage `json:"inputs"`
}

// answer holds what `opa build` says, in Build or Files, all that is wrong, as `opa check --max-errors 0` would list it
// for each file that does not parse, and the value of the query for each input.
type answer struct {
	Build    *failure          `json:"build,omitempty"`
	Files    map[string]string `json:"files,omitempty"`
	Manifest json.RawMessage   `json:"manifest,omitempty"`
	Check    *failure          `json:"check,omitempty"`
	Values   []value           `json:"values,omitempty"`
}

// failure has OPA's errors, or only a message where OPA gives no code.
type failure struct {
	Errors  []problem `json:"errors,omitempty"`
	Message string    `json:"message"`
}

type problem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
}

type value struct {
	Result any    `json:"result,omitempty"`
	Error  string `json:"error,omitempty"`
}

func respond(request request) (result answer) {
	defer func() {
		if r := recover(); r != nil {
			result.Build = &failure{Message: fmt.Sprintf("panic: %v", r)}
		}
	}()
	if request.Target == "" {
		request.Target = compile.TargetWasm
	}
	result.Check = check(request)
	result.build(request)
	if request.Query != "" && result.Build == nil && result.Check == nil {
		result.Values = eval(request)
	}
	return result
}

func (request *request) folder() fstest.MapFS {
	folder := fstest.MapFS{}
	for path, text := range request.Files {
		folder[path] = &fstest.MapFile{Data: text, Mode: 0o644}
	}
	return folder
}

func (request *request) version() ast.RegoVersion { return ast.RegoVersionFromInt(request.RegoVersion) }

// build is `opa build --bundle .`.
func (result *answer) build(request request) {
	var output bytes.Buffer
	capabilities := ast.CapabilitiesForThisVersion(ast.CapabilitiesRegoVersion(request.version()))
	err := compile.New().
		WithCapabilities(capabilities).
		WithTarget(request.Target).
		WithAsBundle(true).
		WithFS(request.folder()).
		WithPaths(".").
		WithEntrypoints(request.Entrypoints...).
		WithRegoAnnotationEntrypoints(true).
		WithRegoVersion(request.version()).
		WithOutput(&output).
		Build(context.Background())
	if err != nil {
		result.Build = fail(err)
		return
	}
	result.Files = map[string]string{}
	unzipped, err := gzip.NewReader(&output)
	if err != nil {
		panic(err)
	}
	for archive := tar.NewReader(unzipped); ; {
		header, err := archive.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			panic(err)
		}
		text, err := io.ReadAll(archive)
		if err != nil {
			panic(err)
		}
		if path := strings.TrimPrefix(header.Name, "/"); path == bundle.ManifestExt {
			result.Manifest = text
		} else {
			sum := sha256.Sum256(text)
			result.Files[path] = hex.EncodeToString(sum[:])
		}
	}
}

// check is `opa check --bundle --max-errors 0 .`, and where files do not parse, what it says of each.
func check(request request) *failure {
	files := request.folder()
	var broken ast.Errors
	for path, text := range request.Files {
		if !strings.HasSuffix(path, bundle.RegoExt) {
			continue
		}
		options := ast.ParserOptions{RegoVersion: request.version(), ProcessAnnotation: true}
		_, err := ast.ParseModuleWithOpts(path, string(text), options)
		var many ast.Errors
		if errors.As(err, &many) {
			broken = append(broken, many...)
		} else if err != nil {
			return fail(err)
		}
	}
	if broken != nil {
		broken.Sort()
		return fail(broken)
	}
	sources, err := loader.NewFileLoader().
		WithFS(files).
		WithRegoVersion(request.version()).
		WithProcessAnnotation(true).
		WithSkipBundleVerification(true).
		AsBundle(".")
	if err != nil {
		return fail(err)
	}
	compiler := ast.NewCompiler().SetErrorLimit(0).WithPathConflictsCheck(func(path []string) (bool, error) {
		return holds(sources.Data, path), nil
	})
	modules := map[string]*ast.Module{}
	for _, module := range sources.Modules {
		modules[module.URL] = module.Parsed
	}
	if compiler.Compile(modules); compiler.Failed() {
		return fail(compiler.Errors)
	}
	return nil
}

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
	return len(path) > 0
}

// eval is `opa eval --bundle` on the sources.
func eval(request request) []value {
	sources, err := loader.NewFileLoader().
		WithFS(request.folder()).
		WithRegoVersion(request.version()).
		WithSkipBundleVerification(true).
		AsBundle(".")
	if err != nil {
		return []value{{Error: err.Error()}}
	}
	ctx := context.Background()
	query, err := rego.New(
		rego.Query(request.Query),
		rego.SetRegoVersion(request.version()),
		rego.ParsedBundle("sources", sources),
	).PrepareForEval(ctx)
	if err != nil {
		return []value{{Error: err.Error()}}
	}
	var values []value
	for _, input := range request.Inputs {
		term, err := ast.ValueFromReader(bytes.NewReader(input))
		if err != nil {
			return []value{{Error: err.Error()}}
		}
		results, err := query.Eval(ctx, rego.EvalParsedInput(term))
		switch {
		case err != nil:
			values = append(values, value{Error: err.Error()})
		case len(results) == 0:
			values = append(values, value{})
		default:
			values = append(values, value{Result: results[0].Expressions[0].Value})
		}
	}
	return values
}

func fail(err error) *failure {
	result := failure{Message: err.Error()}
	var many ast.Errors
	var one *ast.Error
	switch {
	case errors.As(err, &many):
		many.Sort()
	case errors.As(err, &one):
		many = ast.Errors{one}
	}
	for _, each := range many {
		found := problem{Code: each.Code, Message: each.Message}
		if each.Location != nil {
			found.File = strings.TrimPrefix(each.Location.File, "/")
			found.Line, found.Column = each.Location.Row, each.Location.Col
		}
		result.Errors = append(result.Errors, found)
	}
	return &result
}
