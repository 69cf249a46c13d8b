package main

import (
	"github.com/open-policy-agent/opa/v1/ast"
)

// reading is one way through a body: what is known of its variables, and of the types of its resources. Chosen are the
// variables for whose values there are several ways, width of them in all. Given are the arguments.
type reading struct {
	*reader
	values  map[ast.Var]spot
	refined map[string][]string
	chosen  map[ast.Var]spot
	given   map[ast.Var]bool
	width   int
	quiet   bool
}

func (r *reading) walk(body ast.Body) {
	for _, expr := range body {
		r.expr(expr)
	}
}

// nested goes through a body inside this one, in each way, and what it makes there. What it says about types holds only
// there.
func (r *reading) nested(body ast.Body, made func(*reading) spot) []spot {
	all := []spot{}
	for _, way := range r.inside(true).ways(body) {
		if !r.quiet {
			way = r.again(way, false)
			way.walk(body)
		}
		all = append(all, made(way))
	}
	return all
}

func nothing(*reading) spot { return nil }

func (r *reading) expr(expr *ast.Expr) {
	if len(expr.With) > 0 {
		r.unknown(expr)
		return
	}
	switch terms := expr.Terms.(type) {
	case *ast.Every:
		inner := r.inside(r.quiet)
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
	if at, ok := asks[name]; ok && at+1 < len(args) {
		r.ask(spots[at], spots[at+1])
	}
	if name == instances && len(args) == 4 {
		r.bind(args[3], r.instances(spots[2]))
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
