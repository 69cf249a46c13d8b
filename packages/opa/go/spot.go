package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// spot is what is known about a value of a policy: where in a plan it lies, or that it is a constant. nil is unknown.
type spot interface{ key() string }

// named are constants, one of which the value is.
type named struct {
	keyed
	terms []*ast.Term
}

// tuple is an array whose elements are known one by one, record is such an object, with its keys as they are written,
// open when it can have others, choice is one of several of these, list is any collection.
type tuple struct {
	keyed
	elements []spot
}
type record struct {
	keyed
	fields map[string]spot
	keys   map[string]*ast.Term
	isOpen bool
}
type choice struct {
	keyed
	options []spot
}
type list struct {
	keyed
	element spot
}

// never is the value of what is undefined.
type never struct{}

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

// keyed remembers the key of a value, which never changes once somebody asked for it.
type keyed struct{ text string }

func (k *keyed) once(written func() string) string {
	if k.text == "" {
		k.text = written()
	}
	return k.text
}

func (l *list) key() string { return l.once(l.written) }

func (l *list) written() string { return "list(" + keyOf(l.element) + ")" }

func (n *named) key() string { return n.once(n.written) }

func (n *named) written() string {
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

func (t *tuple) key() string { return t.once(t.written) }

func (t *tuple) written() string {
	texts := make([]string, len(t.elements))
	for i, each := range t.elements {
		texts[i] = keyOf(each)
	}
	return "tuple(" + strings.Join(texts, ",") + ")"
}

func (c *choice) key() string { return c.once(c.written) }

func (c *choice) written() string {
	texts := make([]string, len(c.options))
	for i, each := range c.options {
		texts[i] = each.key()
	}
	slices.Sort(texts)
	return "choice(" + strings.Join(slices.Compact(texts), ",") + ")"
}

func (r *record) key() string { return r.once(r.written) }

func (r *record) written() string {
	texts := make([]string, 0, len(r.fields))
	for name, each := range r.fields {
		texts = append(texts, strconv.Quote(name)+":"+keyOf(each))
	}
	slices.Sort(texts)
	return fmt.Sprintf("record(%s,%t)", strings.Join(texts, ","), r.isOpen)
}

func (*never) key() string      { return "never" }
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
	if _, ok := a.(*never); ok {
		return b
	}
	if _, ok := b.(*never); ok {
		return a
	}
	if a == nil || b == nil {
		return nil
	}
	if a.key() == b.key() {
		return a
	}
	if left, right := optionsOf(a), optionsOf(b); left != nil && right != nil {
		return oneOf(slices.Concat(left, right))
	}
	switch {
	case isNothing(a):
		return b
	case isNothing(b):
		return a
	}
	switch a := a.(type) {
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

// optionsOf are the arrays and objects that a value can be, where these are known.
func optionsOf(s spot) []spot {
	switch s := s.(type) {
	case *tuple, *record:
		return []spot{s}
	case *choice:
		return s.options
	}
	return nil
}

// tuplesOf are the arrays that a value can be, where it is one of some that are known.
func tuplesOf(s spot) []*tuple {
	all := []*tuple{}
	for _, each := range optionsOf(s) {
		found, ok := each.(*tuple)
		if !ok {
			return nil
		}
		all = append(all, found)
	}
	if len(all) == 0 {
		return nil
	}
	return all
}

func isNothing(s spot) bool {
	found, ok := s.(*tuple)
	return ok && len(found.elements) == 0
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
			all = append(all, elementOf(each))
		}
		return anyOf(all)
	case *record:
		all := make([]spot, 0, len(s.fields))
		for _, name := range slices.Sorted(maps.Keys(s.fields)) {
			all = append(all, s.fields[name])
		}
		return anyOf(all)
	case *never:
		return s
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
	options := []spot{}
	for _, each := range all {
		found := optionsOf(each)
		if found == nil {
			options = nil
			break
		}
		options = append(options, found...)
	}
	if options != nil {
		return oneOf(options)
	}
	result := all[0]
	for _, each := range all[1:] {
		result = either(result, each)
	}
	return result
}

// many is how many arrays and objects a value can be at most; of what can be more, nothing is known.
const many = 256

func oneOf(options []spot) spot {
	sorted := slices.Clone(options)
	slices.SortFunc(sorted, func(a, b spot) int { return strings.Compare(a.key(), b.key()) })
	sorted = slices.CompactFunc(sorted, func(a, b spot) bool { return a.key() == b.key() })
	switch {
	case len(sorted) == 1:
		return sorted[0]
	case len(sorted) > many:
		return nil
	}
	return &choice{options: sorted}
}

// constant is a value that is written down.
func constant(term *ast.Term) spot {
	switch value := term.Value.(type) {
	case ast.String, ast.Number, ast.Boolean, ast.Null:
		return &named{terms: []*ast.Term{term}}
	case ast.Set:
		if value.Len() == 0 {
			return &tuple{}
		}
		all := make([]spot, 0, value.Len())
		value.Foreach(func(each *ast.Term) { all = append(all, constant(each)) })
		return &list{element: anyOf(all)}
	}
	return nil
}
