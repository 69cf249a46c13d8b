package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/gobwas/glob"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
)

// read lets OPA read the sources, bundle by bundle, and merge them as `opa build -b` does. Files of no bundle become
// one that owns the roots, or else what it contains.
func read(files []source, roots []string, options ast.ParserOptions) (*bundle.Bundle, []Diagnostic) {
	var bundles []*bundle.Bundle
	groups := grouped(files)
	if len(groups) == 0 {
		groups = [][]source{{}}
	}
	for _, group := range groups {
		loose := !isBundle(group)
		if !loose && len(roots) > 0 {
			return nil, []Diagnostic{{Code: "roots_error", Message: "a bundle among the sources says itself which roots it owns"}}
		}
		result, found := readOne(group, roots, options)
		if found == nil && loose && len(roots) == 0 {
			found = own(result)
		}
		if found != nil {
			return nil, found
		}
		bundles = append(bundles, result)
	}
	if found := overlapping(bundles, groups); found != nil {
		return nil, found
	}
	result, err := bundle.MergeWithRegoVersion(bundles, options.RegoVersion, false)
	if err != nil {
		return nil, diagnostics(err, "")
	}
	if len(bundles) > 1 {
		// The order in which bundles are named shows nowhere.
		slices.Sort(*result.Manifest.Roots)
		slices.SortFunc(result.Modules, func(a, b bundle.ModuleFile) int { return strings.Compare(a.URL, b.URL) })
	}
	return result, nil
}

func readOne(group []source, roots []string, options ast.ParserOptions) (*bundle.Bundle, []Diagnostic) {
	files, err := withManifest(group, roots, options)
	if err != nil {
		return nil, loadDiagnostics(err, group)
	}
	result, err := bundle.NewCustomReader(&fileLoader{files: files}).
		WithProcessAnnotations(true).
		WithRegoVersion(options.RegoVersion).
		WithCapabilities(options.Capabilities).
		WithBaseDir("."). // as for a folder, so that the paths in the WebAssembly are those that opa build writes
		Read()
	if err == nil && result.Type() == bundle.DeltaBundleType {
		err = errors.New("delta bundles are patches of a bundle, and hold nothing to build")
	}
	if err == nil {
		return &result, nil
	}
	if _, found := parseWith(group, options); found != nil {
		return nil, found
	}
	return nil, loadDiagnostics(err, group)
}

// withManifest is the files of a bundle with a manifest that fits their paths: roots for files of no bundle, and the
// version of each Rego file by the path that it has here.
func withManifest(group []source, roots []string, options ast.ParserOptions) ([]source, error) {
	if !isBundle(group) {
		if len(roots) == 0 {
			return group, nil
		}
		text, err := json.Marshal(map[string]any{"roots": slices.Sorted(slices.Values(roots))})
		return append([]source{{path: "/" + bundle.ManifestExt, name: "/" + bundle.ManifestExt, text: text}}, group...), err
	}
	manifest := manifestOf(group)
	if len(manifest.Manifest.FileRegoVersions) == 0 {
		return group, nil
	}
	versions := map[string]int{}
	for _, file := range group {
		if isRego(file) {
			version, err := manifest.RegoVersionForFile(file.name, manifest.RegoVersion(options.RegoVersion))
			if err != nil {
				return nil, fmt.Errorf("manifest %w", err)
			}
			versions[glob.QuoteMeta(file.path)] = version.Int()
		}
	}
	result := slices.Clone(group)
	for i, file := range result {
		if file.name != "/"+bundle.ManifestExt {
			continue
		}
		var fields map[string]any
		decoder := json.NewDecoder(bytes.NewReader(file.text))
		decoder.UseNumber()
		if err := decoder.Decode(&fields); err != nil {
			return nil, err
		}
		fields["file_rego_versions"] = versions
		text, err := json.Marshal(fields)
		if err != nil {
			return nil, err
		}
		result[i].text = text
	}
	return result, nil
}

func loadDiagnostics(err error, files []source) []Diagnostic {
	message := err.Error()
	if rest, ok := strings.CutPrefix(message, "bundle load failed on manifest decode: "); ok {
		return []Diagnostic{{Code: "manifest_error", Message: rest, File: manifestPath(files)}}
	}
	for _, file := range files {
		for _, name := range []string{file.name, bare(file.name), file.label} {
			if rest, ok := strings.CutPrefix(message, "bundle load failed on "+name+": "); ok {
				return []Diagnostic{{Code: "data_error", Message: rest, File: bare(file.path)}}
			}
		}
	}
	found := diagnostics(err, "")
	if isBundle(files) && (found[0].Code == "manifest_error" || found[0].Code == "roots_error") {
		found[0].File = manifestPath(files)
	}
	return found
}

func isBundle(group []source) bool { return len(group) > 0 && group[0].bundle != 0 }

func base(name string) string { return path.Base(name) }
