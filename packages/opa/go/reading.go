package main

import (
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// reading is one way through a body: what is known of its variables, and of the types of its resources.
type reading struct {
	*reader
	values  map[ast.Var]spot
	refined map[string][]string
	quiet   bool
}

func (r *reading) walk(body ast.Body) {
	for _, expr := range body {
		r.expr(expr)
	}
}

// nested goes through a body inside this one and what it makes. What it says about types holds only there.
func (r *reading) nested(body ast.Body, made func(*reading) spot) spot {
	first := &reading{reader: r.reader, values: maps.Clone(r.values), refined: maps.Clone(r.refined), quiet: true}
	first.walk(body)
	if r.quiet {
		return made(first)
	}
	second := &reading{reader: r.reader, values: maps.Clone(r.values), refined: first.refined}
	second.walk(body)
	return made(second)
}

func nothing(*reading) spot { return nil }

func (r *reading) expr(expr *ast.Expr) {
	if len(expr.With) > 0 {
		r.unknown(expr)
		return
	}
	switch terms := expr.Terms.(type) {
	case *ast.Every:
		inner := &reading{reader: r.reader, values: maps.Clone(r.values), refined: maps.Clone(r.refined), quiet: r.quiet}
		inner.bind(terms.Value, elementOf(r.spot(terms.Domain)))
		inner.nested(terms.Body, nothing)
	case *ast.Term:
		r.spot(terms)
	case []*ast.Term:
		r.call(terms[0].Value.(ast.Ref), terms[1:], expr.Negated)
	}
}

// unknown goes through an expression of which nothing is known: another input may be behind it.
func (r *reading) unknown(expr *ast.Expr) {
	ast.WalkRefs(expr, func(ref ast.Ref) bool {
		for _, rule := range r.paths[ref.String()] {
			r.value(ref, make([]spot, len(rule.Head.Args)), r.quiet)
			break
		}
		return false
	})
}

func (r *reading) call(operator ast.Ref, args []*ast.Term, negated bool) {
	name := operator.String()
	spots := make([]spot, len(args))
	for i, arg := range args {
		spots[i] = r.spot(arg)
	}
	switch {
	case name == ast.Equality.Name || name == ast.Assign.Name || name == ast.Equal.Name:
		if !negated {
			r.refine(spots[0], spots[1])
			r.refine(spots[1], spots[0])
			r.bind(args[0], spots[1])
			r.bind(args[1], spots[0])
		}
		return
	case name == ast.Member.Name:
		if !negated {
			r.refine(spots[0], elementOf(spots[1]))
		}
		return
	}
	if declared, ok := ast.BuiltinMap[name]; ok {
		if arity := declared.Decl.Arity(); arity < len(args) {
			r.bind(args[arity], r.builtin(name, args, spots))
		}
		return
	}
	for _, rule := range r.paths[name] {
		arity := min(len(rule.Head.Args), len(args))
		result := r.value(operator, spots[:arity], r.quiet)
		if arity < len(args) {
			r.bind(args[arity], result)
		}
		return
	}
}

func (r *reading) builtin(name string, terms []*ast.Term, args []spot) spot {
	switch name {
	case ast.ObjectGet.Name:
		_, isVar := terms[1].Value.(ast.Var)
		found := r.get(args[0], args[1], !isVar)
		// A default that says nothing, such as an empty list, keeps what is known.
		if _, ok := found.(*attributes); ok {
			return found
		}
		return either(found, args[2])
	case ast.ArrayConcat.Name:
		left, right := tuplesOf(args[0]), tuplesOf(args[1])
		if left == nil || right == nil {
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
	case ast.Sort.Name:
		return &list{element: elementOf(args[0])}
	}
	return nil
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
		fields := map[string]spot{}
		value.Foreach(func(key, each *ast.Term) {
			found := r.spot(each)
			if name, ok := key.Value.(ast.String); ok {
				fields[string(name)] = found
			}
		})
		return &record{fields: fields}
	case ast.Set:
		all := make([]spot, 0, value.Len())
		value.Foreach(func(each *ast.Term) { all = append(all, r.spot(each)) })
		return &list{element: anyOf(all)}
	case *ast.ArrayComprehension:
		return r.nested(value.Body, func(inner *reading) spot { return &list{element: inner.spot(value.Term)} })
	case *ast.SetComprehension:
		return r.nested(value.Body, func(inner *reading) spot { return &list{element: inner.spot(value.Term)} })
	case *ast.ObjectComprehension:
		return r.nested(value.Body, func(inner *reading) spot { return &list{element: inner.spot(value.Value)} })
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

// step is what lies below a value at a key, or is an element of it when the key is not known. A literal key is also
// read where nothing is known of the value; one that was handed here is of the attributes it was handed with.
func (r *reading) step(of, key spot, literal bool) spot {
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
			r.see(each, true, nil)
		}
	}
	switch of := of.(type) {
	case nil:
		if slices.Contains(holders, name) {
			return &attributes{places: []place{{}}}
		}
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
		if len(names.terms) == 1 {
			return of.fields[name]
		}
	case *tuple:
		if number, ok := term.Value.(ast.Number); ok && len(names.terms) == 1 {
			if i, ok := number.Int(); ok && i >= 0 && i < len(of.elements) {
				return of.elements[i]
			}
		}
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
