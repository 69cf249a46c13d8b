package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// spot is what is known about a value of a policy: where in a plan it lies, or that it is a constant. nil is unknown.
type spot interface{ key() string }

// named are constants, one of which the value is.
type named struct{ terms []*ast.Term }

// tuple is an array whose elements are known one by one, choice is one of several such arrays, record is such an
// object, list is any collection.
type tuple struct{ elements []spot }
type choice struct{ options []*tuple }
type record struct{ fields map[string]spot }
type list struct{ element spot }

// document is a plan, module a module of its values, and byType an index of its resources, by type.
type document struct{}
type module struct{}
type byType struct{}

// resource is a resource or a change of one; without types it is of any type. name is how the policy calls it.
type resource struct {
	types []string
	name  string
}

// typeName is the type of a resource, change is its change, attributes are what its provider knows of it.
type typeName struct{ of *resource }
type change struct{ of *resource }
type attributes struct{ places []place }

func (n *named) key() string {
	texts := make([]string, len(n.terms))
	for i, term := range n.terms {
		texts[i] = term.Value.String() + "@" + placeOf(term)
	}
	return "named(" + strings.Join(texts, ",") + ")"
}

func placeOf(term *ast.Term) string {
	if term.Location == nil {
		return ""
	}
	return term.Location.File + ":" + strconv.Itoa(term.Location.Offset)
}

func (t *tuple) key() string {
	texts := make([]string, len(t.elements))
	for i, each := range t.elements {
		texts[i] = keyOf(each)
	}
	return "tuple(" + strings.Join(texts, ",") + ")"
}

func (c *choice) key() string {
	texts := make([]string, len(c.options))
	for i, each := range c.options {
		texts[i] = each.key()
	}
	slices.Sort(texts)
	return "choice(" + strings.Join(slices.Compact(texts), ",") + ")"
}

func (r *record) key() string {
	texts := make([]string, 0, len(r.fields))
	for name, each := range r.fields {
		texts = append(texts, strconv.Quote(name)+":"+keyOf(each))
	}
	slices.Sort(texts)
	return "record(" + strings.Join(texts, ",") + ")"
}

func (l *list) key() string     { return "list(" + keyOf(l.element) + ")" }
func (*document) key() string   { return "document" }
func (*module) key() string     { return "module" }
func (*byType) key() string     { return "byType" }
func (r *resource) key() string { return "resource(" + strings.Join(r.types, ",") + ")" }
func (t *typeName) key() string { return "type(" + t.of.key() + ")" }
func (c *change) key() string   { return "change(" + c.of.key() + ")" }

func (a *attributes) key() string {
	texts := make([]string, len(a.places))
	for i, each := range a.places {
		texts[i] = each.of + each.path
	}
	return "attributes(" + strings.Join(texts, ",") + ")"
}

func keyOf(s spot) string {
	if s == nil {
		return "?"
	}
	return s.key()
}

// either is what is known of a value that is one or the other.
func either(a, b spot) spot {
	if a == nil || b == nil {
		return nil
	}
	if a.key() == b.key() {
		return a
	}
	if left, right := tuplesOf(a), tuplesOf(b); left != nil && right != nil {
		options := slices.Concat(left, right)
		slices.SortFunc(options, func(a, b *tuple) int { return strings.Compare(a.key(), b.key()) })
		return &choice{options: slices.CompactFunc(options, func(a, b *tuple) bool { return a.key() == b.key() })}
	}
	switch a := a.(type) {
	case *record:
		if b, ok := b.(*record); ok && len(a.fields) == len(b.fields) {
			fields := map[string]spot{}
			for name, each := range a.fields {
				fields[name] = either(each, b.fields[name])
			}
			return &record{fields: fields}
		}
	case *named:
		if b, ok := b.(*named); ok {
			return &named{terms: slices.Concat(a.terms, b.terms)}
		}
	case *resource:
		if b, ok := b.(*resource); ok {
			if a.types == nil || b.types == nil {
				return &resource{}
			}
			return &resource{types: merged(a.types, b.types)}
		}
	case *list:
		if b, ok := b.(*list); ok {
			return &list{element: either(a.element, b.element)}
		}
	case *attributes:
		if b, ok := b.(*attributes); ok {
			return &attributes{places: slices.Concat(a.places, b.places)}
		}
	}
	return nil
}

// tuplesOf are the arrays that a value can be, where these are known.
func tuplesOf(s spot) []*tuple {
	switch s := s.(type) {
	case *tuple:
		return []*tuple{s}
	case *choice:
		return s.options
	}
	return nil
}

func merged(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// elementOf is what is known of the elements of a value.
func elementOf(s spot) spot {
	switch s := s.(type) {
	case *list:
		return s.element
	case *tuple:
		return anyOf(s.elements)
	case *choice:
		all := []spot{}
		for _, each := range s.options {
			all = append(all, each.elements...)
		}
		return anyOf(all)
	case *record:
		all := make([]spot, 0, len(s.fields))
		for _, each := range s.fields {
			all = append(all, each)
		}
		return anyOf(all)
	case *byType:
		return &list{element: &resource{}}
	case *attributes:
		next := make([]place, 0, len(s.places))
		for _, each := range s.places {
			below, _ := each.step("", false)
			next = append(next, below)
		}
		return &attributes{places: next}
	}
	return nil
}

func anyOf(all []spot) spot {
	if len(all) == 0 {
		return nil
	}
	result := all[0]
	for _, each := range all[1:] {
		result = either(result, each)
	}
	return result
}

// constant is a value that is written down.
func constant(term *ast.Term) spot {
	switch value := term.Value.(type) {
	case ast.String, ast.Number, ast.Boolean, ast.Null:
		return &named{terms: []*ast.Term{term}}
	case ast.Set:
		all := make([]spot, 0, value.Len())
		value.Foreach(func(each *ast.Term) { all = append(all, constant(each)) })
		return &list{element: anyOf(all)}
	}
	return nil
}
