package main

import (
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// widest is how many ways through a body are told apart.
const widest = 64

// inside is a reading of a body inside the one of r.
func (r *reading) inside(quiet bool) *reading {
	return &reading{
		reader:  r.reader,
		values:  maps.Clone(r.values),
		refined: maps.Clone(r.refined),
		chosen:  map[ast.Var]spot{},
		given:   r.given,
		width:   r.width,
		quiet:   quiet,
	}
}

// again is a second reading of a body inside the one of r, in a way that was found by a first.
func (r *reading) again(way *reading, quiet bool) *reading {
	next := r.inside(quiet)
	maps.Copy(next.values, way.chosen)
	next.refined, next.width = way.refined, way.width
	return next
}

// ways are the readings of a body, one for each entry of what it goes through, such as `some name in ["a", "b"]`: what
// stands together in an entry is asked for together.
func (r *reading) ways(body ast.Body) []*reading {
	for i, expr := range body {
		name, options := r.options(expr)
		if len(options) == 0 || r.width*len(options) > widest {
			r.expr(expr)
			continue
		}
		all := []*reading{}
		for _, option := range options {
			way := r.inside(r.quiet)
			way.chosen = maps.Clone(r.chosen)
			way.width = r.width * len(options)
			way.values[name] = way.as(option, string(name))
			way.chosen[name] = way.values[name]
			all = append(all, way.ways(body[i:])...)
			r.budget--
		}
		return all
	}
	return []*reading{r}
}

// options are what a variable can be that an expression gives a value: a key of an array or object that is known, or
// one of several values.
func (r *reading) options(expr *ast.Expr) (ast.Var, []spot) {
	if expr.Negated || len(expr.With) > 0 || r.budget <= 0 {
		return "", nil
	}
	terms, ok := expr.Terms.([]*ast.Term)
	if !ok {
		if term, ok := expr.Terms.(*ast.Term); ok {
			return r.keys(term)
		}
		return "", nil
	}
	for _, term := range terms[1:] {
		if name, keys := r.keys(term); len(keys) > 0 {
			return name, keys
		}
	}
	if !expr.IsEquality() && !expr.IsAssignment() {
		return "", nil
	}
	for i, term := range terms[1:] {
		name, ok := term.Value.(ast.Var)
		from, isRef := terms[2-i].Value.(ast.Ref)
		if _, known := r.values[name]; !ok || known || !isRef {
			continue
		}
		switch found := r.ref(from).(type) {
		case *choice:
			return name, found.options
		case *named:
			if len(found.terms) > 1 {
				options := []spot{}
				for _, each := range found.terms {
					options = append(options, &named{terms: []*ast.Term{each}})
				}
				r.list(options)
				return name, options
			}
		}
	}
	return "", nil
}

// keys are those of an array or object that is known, where a reference goes through all of it.
func (r *reading) keys(term *ast.Term) (ast.Var, []spot) {
	ref, ok := term.Value.(ast.Ref)
	if !ok {
		return "", nil
	}
	for i := 1; i < len(ref); i++ {
		name, ok := ref[i].Value.(ast.Var)
		if !ok || r.values[name] != nil {
			continue
		}
		var keys, all []spot
		switch found := r.ref(ref[:i]).(type) {
		case *tuple:
			for at := range found.elements {
				keys = append(keys, &named{terms: []*ast.Term{ast.IntNumberTerm(at)}})
			}
			all = found.elements
		case *record:
			for _, key := range slices.Sorted(maps.Keys(found.keys)) {
				keys = append(keys, &named{terms: []*ast.Term{found.keys[key]}})
				all = append(all, found.fields[key])
			}
		}
		if head, _ := ref[0].Value.(ast.Var); !r.given[head] {
			r.list(all)
		}
		return name, keys
	}
	return "", nil
}

// list takes note of the names in a list that a policy goes through.
func (r *reading) list(options []spot) {
	beside := []string{}
	for _, each := range options {
		if found, ok := each.(*named); ok {
			for _, term := range found.terms {
				if name, ok := term.Value.(ast.String); ok {
					beside = append(beside, string(name))
				}
			}
		}
	}
	for _, each := range options {
		switch each := each.(type) {
		case *named:
			for _, term := range each.terms {
				r.listed[placeOf(term)] = beside
			}
		case *tuple:
			r.list(each.elements)
		case *record:
			for _, name := range slices.Sorted(maps.Keys(each.fields)) {
				r.list([]spot{each.fields[name]})
			}
		}
	}
}

// entry is what an object comprehension makes in one way: a field, where its name is known.
func (r *reading) entry(made *ast.ObjectComprehension) spot {
	value := r.spot(made.Value)
	key, ok := r.spot(made.Key).(*named)
	if !ok || len(key.terms) != 1 {
		return &list{element: value}
	}
	name, ok := key.terms[0].Value.(ast.String)
	if !ok {
		return &list{element: value}
	}
	return &record{
		fields: map[string]spot{string(name): value},
		keys:   map[string]*ast.Term{string(name): key.terms[0]},
	}
}

// objectOf is the object with all the entries.
func objectOf(entries []spot) spot {
	all := &record{fields: map[string]spot{}, keys: map[string]*ast.Term{}}
	values := []spot{}
	for _, entry := range entries {
		values = append(values, elementOf(entry))
		found, ok := entry.(*record)
		if !ok {
			all = nil
		}
		if all == nil {
			continue
		}
		for name, value := range found.fields {
			if before, ok := all.fields[name]; ok {
				value = either(before, value)
			}
			all.fields[name], all.keys[name] = value, found.keys[name]
		}
	}
	if all == nil {
		return &list{element: anyOf(values)}
	}
	return all
}
