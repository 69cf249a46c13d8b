package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/tw"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/dependencies"
	"github.com/open-policy-agent/opa/v1/loader"
)

// deps is what `opa deps` prints.
func deps(files tree, request *DepsRequest) *Response {
	text, err := dependenciesOf(files, request)
	if err != nil {
		return &Response{Deps: &DepsResponse{Diagnostics: located(err, request.Query)}}
	}
	return &Response{Deps: &DepsResponse{Diagnostics: []Diagnostic{}, Text: text}}
}

func dependenciesOf(files tree, request *DepsRequest) (string, error) {
	query, err := ast.ParseBody(request.Query)
	if err != nil {
		return "", err
	}
	modules, err := modulesOf(files, request)
	if err != nil {
		return "", err
	}
	compiler := ast.NewCompiler()
	if compiler.Compile(modules); compiler.Failed() {
		return "", compiler.Errors
	}
	base, err := dependencies.Base(compiler, query)
	if err != nil {
		return "", err
	}
	virtual, err := dependencies.Virtual(compiler, query)
	if err != nil {
		return "", err
	}
	if request.JSON {
		return indented(struct {
			Base    []ast.Ref `json:"base,omitempty"`
			Virtual []ast.Ref `json:"virtual,omitempty"`
		}{base, virtual})
	}
	return columns(base, virtual)
}

// modulesOf are those of the bundles, or else of the data: OPA forgets the data where a bundle is named.
func modulesOf(files tree, request *DepsRequest) (map[string]*ast.Module, error) {
	version := ast.DefaultRegoVersion
	switch {
	case request.V0Compatible:
		version = ast.RegoV0
	case request.V1Compatible:
		version = ast.RegoV1
	}
	var modules map[string]*ast.Module
	if len(request.Data) > 0 {
		ignored := func(path string, info fs.FileInfo, depth int) bool {
			for _, pattern := range request.Ignore {
				if loader.GlobExcludeName(pattern, 1)(path, info, depth) {
					return true
				}
			}
			return false
		}
		result, err := loader.NewFileLoader().WithFS(files).WithRegoVersion(version).Filtered(request.Data, ignored)
		if err != nil {
			return nil, err
		}
		modules = result.ParsedModules()
	}
	if len(request.Bundles) == 0 {
		return modules, nil
	}
	modules = map[string]*ast.Module{}
	for _, path := range request.Bundles {
		read, err := loader.NewFileLoader().WithFS(files).WithSkipBundleVerification(true).AsBundle(path)
		if err != nil {
			return nil, err
		}
		maps.Copy(modules, read.ParsedModules(path))
	}
	return modules, nil
}

func indented(value any) (string, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(value)
	return out.String(), err
}

// columns is a table of both kinds of documents, without the column of one that there are none of.
func columns(base, virtual []ast.Ref) (string, error) {
	var headers []string
	var filled [][]ast.Ref
	for _, column := range []struct {
		header string
		refs   []ast.Ref
	}{{"Base Documents", base}, {"Virtual Documents", virtual}} {
		if len(column.refs) > 0 {
			headers = append(headers, column.header)
			filled = append(filled, column.refs)
		}
	}
	if len(filled) == 0 {
		return "", nil
	}
	var out strings.Builder
	table := tablewriter.NewTable(&out, tablewriter.WithHeader(headers), tablewriter.WithRowAutoWrap(tw.WrapNone))
	for row := range max(len(base), len(virtual)) {
		cells := make([]string, len(filled))
		for i, refs := range filled {
			if row < len(refs) {
				cells[i] = refs[row].String()
			}
		}
		if err := table.Append(cells); err != nil {
			return "", err
		}
	}
	err := table.Render()
	return out.String(), err
}

// located turns an error into diagnostics whose files are named as the request names them. What has no file is about
// the query, whose text OPA gives no name.
func located(err error, query string) []Diagnostic {
	var many loader.Errors
	if errors.As(err, &many) {
		found := []Diagnostic{}
		for _, each := range many {
			found = append(found, located(each, query)...)
		}
		return found
	}
	var list ast.Errors
	var one *ast.Error
	switch {
	case errors.As(err, &list):
	case errors.As(err, &one):
		list = ast.Errors{one}
	default:
		return []Diagnostic{{Code: "load_error", Message: err.Error()}}
	}
	list.Sort()
	found := make([]Diagnostic, 0, len(list))
	for _, each := range list {
		result := diagnostic(each, "")
		if each.Location != nil {
			result.File = each.Location.File
		}
		if result.File == "" && query != "" {
			result.File = fmt.Sprintf("query `%s`", query)
		}
		found = append(found, result)
	}
	return found
}
