package main

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/compile"

	"plangate/opa/typeindex"
)

// indexing is sources with a type index, while they are compiled.
type indexing struct {
	made       *typeindex.Rewritten
	rewritings []typeindex.Rewriting
	sizes      map[*ast.Module][3]int
}

const indexFile = "/" + typeindex.Package + ".rego"

// indexed gives the sources a type index, if that is asked for and worth its while. It is for what is compiled only: the
// sources in the bundle stay those of their authors.
func indexed(sources *bundle.Bundle, request *BuildRequest) *indexing {
	if !request.TypeIndex || request.Target == compile.TargetRego || request.Optimize > 0 {
		return nil
	}
	if _, ok := sources.Data[typeindex.Package]; ok {
		return nil
	}
	modules := make([]*ast.Module, len(sources.Modules))
	for i, each := range sources.Modules {
		modules[i] = each.Parsed
	}
	made := typeindex.Rewrite(modules, typeindex.Fewest)
	if made == nil {
		return nil
	}
	index := &indexing{made: made, rewritings: made.Rewritings, sizes: map[*ast.Module][3]int{}}
	for i := range index.rewritings {
		index.rewritings[i].File = bare(index.rewritings[i].File)
	}
	for _, module := range modules {
		index.sizes[module] = sizeOf(module)
	}
	file := bundle.ModuleFile{URL: indexFile, Path: indexFile, Raw: []byte(made.Source), Parsed: made.Index}
	sources.Modules = append(sources.Modules, file)
	return index
}

func sizeOf(module *ast.Module) [3]int {
	return [3]int{len(module.Rules), len(module.Comments), len(module.Imports)}
}

// undo makes the sources what they were. The text of those of which OPA took the rules of entrypoints is written anew.
func (x *indexing) undo(sources *bundle.Bundle, options ast.ParserOptions, written bool) error {
	x.made.Undo()
	sources.Modules = slices.DeleteFunc(sources.Modules, func(each bundle.ModuleFile) bool { return each.URL == indexFile })
	if !written {
		return nil
	}
	for i := range sources.Modules {
		module := &sources.Modules[i]
		if !x.made.Touched[module.Parsed] || x.sizes[module.Parsed] == sizeOf(module.Parsed) {
			continue
		}
		module.Raw = nil
		one := bundle.Bundle{Modules: []bundle.ModuleFile{*module}}
		if err := one.FormatModulesWithOptions(bundle.BundleFormatOptions{
			RegoVersion:               options.RegoVersion,
			Capabilities:              options.Capabilities,
			PreserveModuleRegoVersion: true,
		}); err != nil {
			return err
		}
		*module = one.Modules[0]
	}
	return nil
}

func (x *indexing) told() []typeindex.Rewriting {
	if x == nil {
		return nil
	}
	return x.rewritings
}
