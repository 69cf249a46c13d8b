package main

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// refine takes note that a resource has one of the types.
func (r *reading) refine(of, to spot) {
	name, ok := of.(*typeName)
	types, isNamed := to.(*named)
	if !ok || !isNamed || name.of.name == "" {
		return
	}
	texts := []string{}
	for _, term := range types.terms {
		text, ok := term.Value.(ast.String)
		if !ok {
			return
		}
		texts = append(texts, string(text))
		if !r.quiet {
			r.checkType(term)
		}
	}
	slices.Sort(texts)
	r.refined[name.of.name] = r.narrowed(name.of.name, texts)
}

func (r *reading) narrowed(name string, types []string) []string {
	known, ok := r.refined[name]
	if !ok {
		return types
	}
	both := []string{}
	for _, each := range types {
		if slices.Contains(known, each) {
			both = append(both, each)
		}
	}
	return both
}

// as is a resource under the name that the policy gives it, and of the types that it has there.
func (r *reading) as(s spot, name string) spot {
	found, ok := s.(*resource)
	if !ok {
		return s
	}
	types := found.types
	if refined, ok := r.refined[name]; ok {
		if types == nil {
			types = refined
		} else {
			types = r.narrowed(name, types)
		}
	}
	return &resource{types: types, name: name}
}
