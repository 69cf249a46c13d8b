package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/loader/filter"
)

// source is one file. path is its own among all sources, name is where it lies in its bundle; bundle 0 is none.
type source struct {
	path   string
	name   string
	label  string
	bundle int
	text   []byte
}

// split cuts the request's bytes into files and sorts them, so that the order of a request never shows.
func split(files []File, contents []byte) ([]source, error) {
	sources := make([]source, 0, len(files))
	for _, file := range files {
		if file.Size < 0 || file.Size > len(contents) {
			return nil, fmt.Errorf("the frame has no contents for `%s`", file.Path)
		}
		path, name := rooted(file.Path), rooted(cmp.Or(file.Name, file.Path))
		label := cmp.Or(file.Label, bare(path))
		sources = append(sources, source{path, name, label, file.Bundle, contents[:file.Size]})
		contents = contents[file.Size:]
	}
	slices.SortStableFunc(sources, func(a, b source) int { return strings.Compare(a.path, b.path) })
	return sources, nil
}

func rooted(path string) string { return "/" + strings.TrimPrefix(path, "/") }

func isRego(file source) bool { return strings.HasSuffix(file.path, bundle.RegoExt) }

// grouped is the sources bundle by bundle; those that are of none come first.
func grouped(files []source) [][]source {
	groups := map[int][]source{}
	for _, file := range files {
		groups[file.bundle] = append(groups[file.bundle], file)
	}
	numbers := make([]int, 0, len(groups))
	for number := range groups {
		numbers = append(numbers, number)
	}
	slices.Sort(numbers)
	result := make([][]source, 0, len(numbers))
	for _, number := range numbers {
		result = append(result, groups[number])
	}
	return result
}

// capabilities is what policies may use: what is asked for, or all of this OPA.
func capabilities(reading Reading) (*ast.Capabilities, []Diagnostic) {
	version := ast.RegoVersionFromInt(reading.RegoVersion)
	if len(reading.Capabilities) == 0 {
		return ast.CapabilitiesForThisVersion(ast.CapabilitiesRegoVersion(version)), nil
	}
	var name string
	if json.Unmarshal(reading.Capabilities, &name) == nil {
		found, err := ast.LoadCapabilitiesVersion(name)
		if err != nil {
			return nil, []Diagnostic{{Code: "capabilities_error", Message: err.Error()}}
		}
		return found, nil
	}
	found, err := ast.LoadCapabilitiesJSON(bytes.NewReader(reading.Capabilities))
	if err != nil {
		return nil, []Diagnostic{{Code: "capabilities_error", Message: err.Error()}}
	}
	return found, nil
}

func parserOptions(reading Reading) (ast.ParserOptions, []Diagnostic) {
	allowed, found := capabilities(reading)
	version := ast.RegoVersionFromInt(reading.RegoVersion)
	return ast.ParserOptions{RegoVersion: version, Capabilities: allowed, ProcessAnnotation: true}, found
}

// parse returns the Rego modules, or what is wrong with all of them and not only with the first.
func parse(files []source, reading Reading) ([]*ast.Module, []Diagnostic) {
	options, found := parserOptions(reading)
	if found != nil {
		return nil, found
	}
	return parseWith(files, options)
}

func parseWith(files []source, options ast.ParserOptions) ([]*ast.Module, []Diagnostic) {
	var modules []*ast.Module
	var found []Diagnostic
	for _, group := range grouped(files) {
		manifest := manifestOf(group)
		for _, file := range group {
			if !isRego(file) {
				continue
			}
			own := options
			own.RegoVersion = versionOf(manifest, file, options.RegoVersion)
			module, err := ast.ParseModuleWithOpts(file.path, string(file.text), own)
			if err != nil {
				found = append(found, diagnostics(err, file.path)...)
			} else {
				modules = append(modules, module)
			}
		}
	}
	return modules, found
}

// manifestOf is what a bundle says about itself, or nothing. What is wrong with it, OPA's reader says.
func manifestOf(group []source) *bundle.Bundle {
	result := &bundle.Bundle{}
	for _, file := range group {
		if file.name != "/"+bundle.ManifestExt || file.bundle == 0 {
			continue
		}
		if json.Unmarshal(file.text, &result.Manifest) != nil {
			return &bundle.Bundle{}
		}
	}
	return result
}

// versionOf is the version of Rego of a file, by the manifest of its bundle.
func versionOf(manifest *bundle.Bundle, file source, fallback ast.RegoVersion) ast.RegoVersion {
	version, err := manifest.RegoVersionForFile(file.name, manifest.RegoVersion(fallback))
	if err != nil || version == ast.RegoUndefined {
		return fallback
	}
	return version
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
	// Data is mounted by its name. Rego keeps the path that is its own, by which errors and the bundle call it.
	path := file.name
	if isRego(file) {
		path = file.path
	}
	return bundle.NewDescriptor(path, path, bytes.NewBuffer(file.text)), nil
}

func (l *fileLoader) WithFilter(filter.LoaderFilter) bundle.DirectoryLoader   { return l }
func (l *fileLoader) WithPathFormat(bundle.PathFormat) bundle.DirectoryLoader { return l }
func (l *fileLoader) WithSizeLimitBytes(int64) bundle.DirectoryLoader         { return l }
func (l *fileLoader) WithFollowSymlinks(bool) bundle.DirectoryLoader          { return l }
