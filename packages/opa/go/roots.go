package main

import (
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/storage"
)

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

// overlapping says which bundles own the same; OPA would say so only after it has failed to merge their data.
func overlapping(bundles []*bundle.Bundle, groups [][]source) []Diagnostic {
	var found []Diagnostic
	for i, first := range bundles {
		for j := i + 1; j < len(bundles); j++ {
			for _, a := range *first.Manifest.Roots {
				for _, b := range *bundles[j].Manifest.Roots {
					if bundle.RootPathsOverlap(a, b) {
						message := fmt.Sprintf("manifest has overlapped roots: '%s' and '%s'", a, b)
						found = append(found, Diagnostic{Code: "roots_error", Message: message, File: manifestPath(groups[j])})
					}
				}
			}
		}
	}
	return found
}

// manifestPath is where a bundle says what it owns, or the first of its files.
func manifestPath(group []source) string {
	for _, file := range group {
		if file.name == "/"+bundle.ManifestExt {
			return bare(file.path)
		}
	}
	return bare(group[0].path)
}
