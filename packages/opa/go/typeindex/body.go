package typeindex

import (
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// writer goes through the bodies of modules.
type writer struct {
	*names
	index *index
	made  *Rewritten
	taken map[ast.Var]bool // in this module
	next  int
}

func (w *writer) module(module *ast.Module) {
	w.taken = map[ast.Var]bool{}
	ast.WalkVars(module, func(v ast.Var) bool {
		w.taken[v] = true
		return false
	})
	scope := w.scopeOf(module)
	for _, rule := range module.Rules {
		inside := scope.in(rule)
		if inside.declared["input"] || inside.declared["data"] {
			continue
		}
		count := len(w.made.Rewritings)
		w.bodies(rule, &place{scope: inside, rule: rule})
		if len(w.made.Rewritings) > count {
			w.made.Touched[module] = true
		}
	}
}

// place is where a body stands: what is known there of variables, and whether the order of its outcomes can be seen.
type place struct {
	*scope
	rule    *ast.Rule
	ordered bool
	inner   bool                 // whether the body stands in another one
	among   map[ast.Var][]string // variables that hold one of some strings
	bound   map[ast.Var]bool     // variables that have a value before the body
	lists   map[ast.Var]ast.Ref  // variables that hold where elements lie
}

// bodies rewrites all bodies of a rule, the outer ones first, since what is inside of a rewritten one is looked at there.
func (w *writer) bodies(rule *ast.Rule, at *place) {
	at.among, at.bound, at.lists = map[ast.Var][]string{}, map[ast.Var]bool{}, map[ast.Var]ast.Ref{}
	for each := rule; each != nil; each = each.Else {
		for _, arg := range each.Head.Args {
			ast.WalkVars(arg, func(v ast.Var) bool {
				at.bound[v] = true
				return false
			})
		}
		inner := w.body(&each.Body, at)
		for _, term := range append([]*ast.Term{each.Head.Key, each.Head.Value}, each.Head.Reference...) {
			if term != nil {
				w.inside(term, inner, false)
			}
		}
	}
}

// inside rewrites the bodies in a node. Sets and objects know the hashes of what they hold, so that nothing in them is
// touched.
func (w *writer) inside(node any, at *place, inBody bool) {
	ordered, other := *at, *at
	ordered.inner, other.inner = inBody, inBody
	ordered.ordered, other.ordered = true, false
	ast.NewGenericVisitor(func(node any) bool {
		switch node := node.(type) {
		case ast.Set, ast.Object:
			return true
		case *ast.ArrayComprehension:
			w.inside(node.Term, w.body(&node.Body, &ordered), true)
			return true
		case *ast.SetComprehension:
			w.inside(node.Term, w.body(&node.Body, &other), true)
			return true
		case *ast.ObjectComprehension:
			inner := w.body(&node.Body, &other)
			w.inside(node.Key, inner, true)
			w.inside(node.Value, inner, true)
			return true
		case *ast.Every:
			w.inside(node.Domain, at, true)
			inner := other
			inner.among, inner.bound, inner.lists = clone(at.among), clone(at.bound), clone(at.lists)
			for _, each := range []*ast.Term{node.Key, node.Value} {
				if each != nil {
					inner.forget(each)
				}
			}
			w.body(&node.Body, &inner)
			return true
		case *ast.Not:
			w.body(&node.Body, &other)
			return true
		}
		return false
	}).Walk(node)
}

// body rewrites one body and those inside, and returns what is known behind it.
func (w *writer) body(body *ast.Body, at *place) *place {
	here := *at
	here.among, here.bound, here.lists = clone(at.among), clone(at.bound), clone(at.lists)
	var made ast.Body
	changed := false
	for i, expr := range *body {
		exprs, rewriting := w.walk(*body, i, &here)
		if rewriting == nil {
			exprs = []*ast.Expr{expr}
		} else {
			changed = true
			w.made.Rewritings = append(w.made.Rewritings, *rewriting)
			w.made.weight++
			if at.inner || len(at.rule.Head.Args) > 0 {
				w.made.weight += often - 1
			}
		}
		made = append(made, exprs...)
		here.learn(expr)
	}
	if changed {
		w.made.slots = append(w.made.slots, slot{body, *body})
		*body = ast.NewBody(copied(made)...)
	}
	for _, expr := range *body {
		w.inside(expr, &here, true)
	}
	return &here
}

// copied are expressions that may be numbered anew.
func copied(exprs []*ast.Expr) []*ast.Expr {
	made := make([]*ast.Expr, len(exprs))
	for i, expr := range exprs {
		cpy := *expr
		made[i] = &cpy
	}
	return made
}

func clone[K comparable, V any](from map[K]V) map[K]V {
	made := make(map[K]V, len(from))
	for key, value := range from {
		made[key] = value
	}
	return made
}

// walk is what stands for an expression that goes through elements of which only those of some types come to anything.
func (w *writer) walk(body ast.Body, at int, here *place) ([]*ast.Expr, *Rewriting) {
	expr := body[at]
	if expr.Negated || len(expr.With) > 0 {
		return nil, nil
	}
	found := here.generator(expr)
	if found == nil || !found.fresh(body[:at], here) {
		return nil, nil
	}
	t := here.filtered(body, at, found)
	if t == nil || len(t.types) == 0 && here.ordered {
		return nil, nil
	}
	key := found.key
	byVariable := t.variable != nil && !here.ordered
	isAny := key == nil
	if isAny {
		key = ast.NewTerm(w.fresh())
	}
	var exprs []*ast.Expr
	switch {
	case byVariable:
		exprs = []*ast.Expr{ast.NewExpr(ast.NewTerm(w.index.keysOf(found.root, t.variable).Append(key)))}
	case isAny:
		// Nobody asks where the elements lie.
	case here.ordered:
		ref := w.index.list(found.root, t.types).Append(ast.NewTerm(w.fresh()))
		exprs = []*ast.Expr{ast.Equality.Expr(key, ast.NewTerm(ref))}
	default:
		exprs = []*ast.Expr{ast.NewExpr(ast.NewTerm(w.index.keys(found.root, t.types).Append(key)))}
	}
	var others ast.Ref
	if isAny && !byVariable {
		others = w.index.elements(found.root, t.types)
	}
	exprs = append(exprs, found.with(others, key)...)
	if found.declares {
		exprs = append([]*ast.Expr{{Terms: &ast.SomeDecl{Symbols: []*ast.Term{key}}}}, exprs...)
	}
	for _, each := range exprs {
		locate(each, expr.Location)
	}
	return exprs, &Rewriting{
		File: expr.Location.File, Line: expr.Location.Row,
		Before: written(expr), After: written(exprs...), Types: append([]string{}, t.types...),
	}
}

// written is expressions as Rego, on one line.
func written(exprs ...*ast.Expr) string {
	texts := make([]string, len(exprs))
	for i, expr := range exprs {
		texts[i] = expr.String()
		if expr.IsAssignment() {
			texts[i] = fmt.Sprintf("%v := %v", expr.Operand(0), expr.Operand(1))
		} else if expr.IsCall() && expr.Operator().Equal(ast.Equal.Ref()) {
			texts[i] = fmt.Sprintf("%v == %v", expr.Operand(0), expr.Operand(1))
		}
	}
	return strings.Join(texts, "; ")
}

// fresh is a variable that the module does not have.
func (w *writer) fresh() ast.Var {
	for {
		name := ast.Var(fmt.Sprintf("__k%d", w.next))
		w.next++
		if !w.taken[name] {
			return name
		}
	}
}

// locate gives an expression that was made the place of the one that it stands for.
func locate(expr *ast.Expr, location *ast.Location) {
	ast.NewGenericVisitor(func(node any) bool {
		switch node := node.(type) {
		case *ast.Expr:
			if node.Location == nil {
				node.Location = location
			}
		case *ast.SomeDecl:
			node.Location = location
		case *ast.Term:
			if node.Location == nil {
				node.Location = location
			}
		}
		return false
	}).Walk(expr)
}

// learn takes note of what an expression of the body says about variables.
func (p *place) learn(expr *ast.Expr) {
	if expr.Negated || len(expr.With) > 0 {
		return
	}
	if decl, ok := expr.Terms.(*ast.SomeDecl); ok {
		for _, each := range declarations(decl) {
			p.forget(each)
		}
		if call, ok := decl.Symbols[0].Value.(ast.Call); ok {
			if v, ok := call[len(call)-2].Value.(ast.Var); ok {
				p.bound[v] = true
				if types, ok := p.strings(call[len(call)-1]); ok {
					p.among[v] = types
				}
			}
		}
		return
	}
	if !expr.IsAssignment() {
		return
	}
	p.forget(expr.Operand(0))
	v, ok := expr.Operand(0).Value.(ast.Var)
	if !ok {
		return
	}
	p.bound[v] = true
	value := expr.Operand(1)
	if text, ok := value.Value.(ast.String); ok {
		p.among[v] = []string{string(text)}
	}
	if root := p.root(value); root != nil {
		p.lists[v] = root
	}
	if ref, ok := value.Value.(ast.Ref); ok && len(ref) > 1 {
		last := len(ref) - 1
		var from *ast.Term
		if last == 1 {
			from = ref[0]
		} else {
			from = ast.NewTerm(slices.Clone(ref[:last]))
		}
		if _, isVar := ref[last].Value.(ast.Var); isVar {
			if types, ok := p.strings(from); ok {
				p.among[v] = types
			}
		}
	}
}

// forget is for variables that are declared anew.
func (p *place) forget(term *ast.Term) {
	ast.WalkVars(term, func(v ast.Var) bool {
		delete(p.among, v)
		delete(p.lists, v)
		delete(p.bound, v)
		return false
	})
}
