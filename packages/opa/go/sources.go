package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/loader/filter"
)

type source struct {
	path string
	text []byte
}

// split cuts the request's bytes into files and sorts them, so that the order of a request never shows.
func split(files []File, contents []byte) ([]source, error) {
	sources := make([]source, 0, len(files))
	for _, file := range files {
		if file.Size < 0 || file.Size > len(contents) {
			return nil, fmt.Errorf("the frame has no contents for `%s`", file.Path)
		}
		sources = append(sources, source{path: "/" + strings.TrimPrefix(file.Path, "/"), text: contents[:file.Size]})
		contents = contents[file.Size:]
	}
	slices.SortStableFunc(sources, func(a, b source) int { return strings.Compare(a.path, b.path) })
	return sources, nil
}

func isRego(file source) bool { return strings.HasSuffix(file.path, bundle.RegoExt) }

func parserOptions(regoVersion int) ast.ParserOptions {
	return ast.ParserOptions{RegoVersion: ast.RegoVersionFromInt(regoVersion), ProcessAnnotation: true}
}

// parse returns the Rego modules, or what is wrong with all of them and not only with the first.
func parse(files []source, regoVersion int) ([]*ast.Module, []Diagnostic) {
	var modules []*ast.Module
	var found []Diagnostic
	for _, file := range files {
		if !isRego(file) {
			continue
		}
		module, err := ast.ParseModuleWithOpts(file.path, string(file.text), parserOptions(regoVersion))
		if err != nil {
			found = append(found, diagnostics(err, file.path)...)
		} else {
			modules = append(modules, module)
		}
	}
	return modules, found
}

// fileLoader hands the sources to OPA's bundle reader, which mounts data as it does for a bundle on disk.
type fileLoader struct {
	files []source
	next  int
}

func (l *fileLoader) NextFile() (*bundle.Descriptor, error) {
	if l.next == len(l.files) {
		return nil, io.EOF
	}
	file := l.files[l.next]
	l.next++
	return bundle.NewDescriptor(file.path, file.path, bytes.NewReader(file.text)), nil
}

func (l *fileLoader) WithFilter(filter.LoaderFilter) bundle.DirectoryLoader   { return l }
func (l *fileLoader) WithPathFormat(bundle.PathFormat) bundle.DirectoryLoader { return l }
func (l *fileLoader) WithSizeLimitBytes(int64) bundle.DirectoryLoader         { return l }
func (l *fileLoader) WithFollowSymlinks(bool) bundle.DirectoryLoader          { return l }
