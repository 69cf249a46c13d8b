package main

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

func (r *reading) bind(pattern *ast.Term, s spot) {
	switch value := pattern.Value.(type) {
	case ast.Var:
		if _, ok := r.values[value]; !ok && s != nil {
			r.values[value] = r.as(s, string(value))
		}
	case *ast.Array:
		for i := range value.Len() {
			all := []spot{}
			for _, each := range tuplesOf(s) {
				if len(each.elements) == value.Len() {
					all = append(all, each.elements[i])
				}
			}
			r.bind(value.Elem(i), anyOf(all))
		}
	}
}

func (r *reading) spot(term *ast.Term) spot {
	switch value := term.Value.(type) {
	case ast.Var:
		return r.values[value]
	case ast.Ref:
		return r.ref(value)
	case *ast.Array:
		elements := make([]spot, value.Len())
		for i := range elements {
			elements[i] = r.spot(value.Elem(i))
		}
		return &tuple{elements: elements}
	case ast.Object:
		made := &record{fields: map[string]spot{}, keys: map[string]*ast.Term{}}
		value.Foreach(func(key, each *ast.Term) {
			found := r.spot(each)
			if name, ok := key.Value.(ast.String); ok {
				made.fields[string(name)], made.keys[string(name)] = found, key
			} else {
				made.isOpen = true
			}
		})
		return made
	case ast.Set:
		if value.Len() == 0 {
			return &tuple{}
		}
		all := make([]spot, 0, value.Len())
		value.Foreach(func(each *ast.Term) { all = append(all, r.spot(each)) })
		return &list{element: anyOf(all)}
	case *ast.ArrayComprehension:
		return anyOf(r.nested(value.Body, func(inner *reading) spot { return &list{element: inner.spot(value.Term)} }))
	case *ast.SetComprehension:
		return anyOf(r.nested(value.Body, func(inner *reading) spot { return &list{element: inner.spot(value.Term)} }))
	case *ast.ObjectComprehension:
		return objectOf(r.nested(value.Body, func(inner *reading) spot { return inner.entry(value) }))
	}
	return constant(term)
}

func (r *reading) ref(ref ast.Ref) spot {
	var found spot
	start := 1
	switch {
	case ref[0].Equal(ast.InputRootDocument):
		found = &document{}
	case ref[0].Equal(ast.DefaultRootDocument):
		found, start = r.data(ref)
	default:
		if head, ok := ref[0].Value.(ast.Var); ok {
			found = r.values[head]
		} else {
			found = r.spot(ref[0])
		}
	}
	for i := start; i < len(ref); i++ {
		if name, ok := ref[i].Value.(ast.Var); ok && r.values[name] == nil {
			found = elementOf(found)
		} else {
			_, isVar := ref[i].Value.(ast.Var)
			found = r.step(found, r.spot(ref[i]), !isVar)
		}
		found = r.as(found, nameOf(ref[:i+1]))
	}
	return found
}

// nameOf is the same for what is surely the same: two `_` are two variables.
func nameOf(ref ast.Ref) string {
	parts := make([]string, len(ref))
	for i, term := range ref {
		parts[i] = term.Value.String()
		if name, ok := term.Value.(ast.Var); ok {
			parts[i] = string(name)
		}
	}
	return strings.Join(parts, "/")
}

// data is what is known of the rule that a reference begins with, and how long its path is.
func (r *reading) data(ref ast.Ref) (spot, int) {
	for i := 2; i <= len(ref); i++ {
		name := ref[:i].String()
		if _, ok := r.paths[name]; ok || slices.Contains(indexes, name) {
			return r.value(ref[:i], nil, r.quiet), i
		}
	}
	return nil, len(ref)
}
