package main

import (
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

func (r *reading) builtin(name string, terms []*ast.Term, args []spot) spot {
	switch name {
	case ast.ObjectGet.Name:
		_, isVar := terms[1].Value.(ast.Var)
		found := r.get(args[0], args[1], !isVar)
		// A default that says nothing, such as an empty list, keeps what is known.
		if _, ok := found.(*attributes); ok {
			return found
		}
		if _, ok := found.(*never); ok {
			return args[2]
		}
		return either(found, args[2])
	case ast.ArrayConcat.Name:
		left, right := tuplesOf(args[0]), tuplesOf(args[1])
		if left == nil || right == nil || len(left)*len(right) > many {
			return either(args[0], args[1])
		}
		all := []spot{}
		for _, before := range left {
			for _, after := range right {
				all = append(all, &tuple{elements: slices.Concat(before.elements, after.elements)})
			}
		}
		return anyOf(all)
	case ast.ArraySlice.Name:
		return &list{element: elementOf(args[0])}
	case ast.Or.Name:
		return either(args[0], args[1])
	case ast.Minus.Name:
		if found, ok := args[0].(*list); ok {
			return found
		}
	case ast.ObjectUnion.Name:
		return overlaid(args[0], args[1])
	case ast.Sort.Name:
		return &list{element: elementOf(args[0])}
	}
	return nil
}

// overlaid is the object with the fields of both, those of the second in the first place.
func overlaid(below, above spot) spot {
	over, ok := above.(*record)
	if !ok {
		return nil
	}
	all := []spot{}
	for _, each := range optionsOf(below) {
		under, ok := each.(*record)
		if !ok {
			return nil
		}
		made := &record{fields: maps.Clone(under.fields), keys: maps.Clone(under.keys), isOpen: under.isOpen || over.isOpen}
		for name, field := range over.fields {
			if _, isRecord := field.(*record); isRecord {
				field = nil
			}
			made.fields[name], made.keys[name] = field, over.keys[name]
		}
		all = append(all, made)
	}
	return anyOf(all)
}

// get is what lies at a key, or at a path of keys.
func (r *reading) get(of, path spot, literal bool) spot {
	paths := tuplesOf(path)
	if paths == nil {
		return r.step(of, path, literal)
	}
	all := []spot{}
	for _, each := range paths {
		found := of
		for _, part := range each.elements {
			found = r.step(found, part, literal)
		}
		all = append(all, found)
	}
	return anyOf(all)
}

// step is what lies below a value at a key, or is an element of it when the key is not known. A literal key is also
// read where nothing is known of the value; one that was handed here is of the attributes it was handed with.
func (r *reading) step(of, key spot, literal bool) spot {
	if found := fieldOfType(of, key); found != nil {
		return found
	}
	names, ok := key.(*named)
	if !ok || len(names.terms) == 0 {
		return r.unkeyed(of)
	}
	term := names.terms[0]
	text, isText := term.Value.(ast.String)
	name := string(text)
	_, isIndex := of.(*byType)
	_, isAttributes := of.(*attributes)
	if !r.quiet && !isIndex && (!isAttributes && literal || isAttributes && len(names.terms) > 1) {
		for _, each := range names.terms {
			r.sighting(each).right = true
		}
	}
	switch of := of.(type) {
	case nil:
		if slices.Contains(holders, name) {
			return &attributes{places: []place{{}}}
		}
	case *never:
		return of
	case *document:
		return inDocument(name)
	case *module:
		return inModule(name)
	case *byType:
		return r.ofTypes(names.terms)
	case *resource:
		return r.inResource(of, name)
	case *change:
		if slices.Contains(holders, name) {
			return r.attributesOf(of.of)
		}
	case *record:
		if found, ok := of.fields[name]; ok && len(names.terms) == 1 {
			return found
		}
		if isText && len(names.terms) == 1 && !of.isOpen {
			return &never{}
		}
	case *tuple:
		if number, ok := term.Value.(ast.Number); ok && len(names.terms) == 1 {
			if i, ok := number.Int(); ok && i >= 0 && i < len(of.elements) {
				return of.elements[i]
			}
		}
	case *choice:
		all := []spot{}
		for _, each := range of.options {
			all = append(all, r.step(each, key, false))
		}
		return anyOf(all)
	case *list:
		return of.element
	case *attributes:
		if isText && len(names.terms) == 1 && !r.quiet {
			r.checkAttribute(term, of.places)
		}
		if isText && len(names.terms) > 1 {
			return nil
		}
		next := []place{}
		for _, each := range of.places {
			if below, ok := each.step(name, isText); ok {
				next = append(next, below)
			}
		}
		return &attributes{places: next}
	}
	return nil
}

// fieldOfType is what an object has for the type of a resource.
func fieldOfType(of, key spot) spot {
	fields, ok := of.(*record)
	name, isType := key.(*typeName)
	if !ok || !isType || len(name.of.types) == 0 {
		return nil
	}
	all := []spot{}
	for _, each := range name.of.types {
		if field, ok := fields.fields[each]; ok {
			all = append(all, field)
		}
	}
	return anyOf(all)
}

// holders are the parts of a change that hold attributes.
var holders = []string{"before", "after", "after_unknown", "before_sensitive", "after_sensitive"}

func (r *reading) unkeyed(of spot) spot {
	if _, ok := of.(*attributes); ok {
		return elementOf(of)
	}
	if _, ok := of.(*list); ok {
		return elementOf(of)
	}
	if _, ok := of.(*byType); ok {
		return elementOf(of)
	}
	return nil
}

func inDocument(name string) spot {
	switch name {
	case "resource_changes", "resource_drift":
		return &list{element: &resource{}}
	case "plan", "planned_values", "prior_state", "values":
		return &document{}
	case "root_module":
		return &module{}
	}
	return nil
}

func inModule(name string) spot {
	switch name {
	case "resources":
		return &list{element: &resource{}}
	case "child_modules":
		return &list{element: &module{}}
	}
	return nil
}

func (r *reading) ofTypes(terms []*ast.Term) spot {
	types := []string{}
	for _, term := range terms {
		text, ok := term.Value.(ast.String)
		if !ok {
			return &list{element: &resource{}}
		}
		types = append(types, string(text))
		if !r.quiet {
			r.checkType(term)
		}
	}
	slices.Sort(types)
	return &list{element: &resource{types: slices.Compact(types)}}
}

func (r *reading) inResource(of *resource, name string) spot {
	switch name {
	case "type":
		return &typeName{of: of}
	case "change":
		return &change{of: of}
	case "values", "sensitive_values":
		return r.attributesOf(of)
	}
	return nil
}
