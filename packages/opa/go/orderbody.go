package main

import (
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/types"
)

// body is where a rule or a comprehension is being followed.
type body struct {
	*flow
	bound map[ast.Var]bool
	vars  map[ast.Var]order
	outer []ast.Body
	// What the rows of the body take their order from.
	rows sites
	// Whether the rows come from something without an order.
	unordered bool
}

const (
	orderMessage = "the order of this array is that of a set or object, which differs between OPA and WebAssembly"
	textMessage  = "this text holds the elements of a set or object in an order that differs between OPA and WebAssembly"
	arrayHint    = "sort it with `sort(…)`, or collect a set"
	textHint     = "make a sorted array of it first, with `sort(…)`"
	marshalHint  = "marshal a sorted array instead, or compare the values themselves"
)

func (b *body) walk(exprs ast.Body) {
	b.outer = append(slices.Clone(b.outer), exprs)
	for _, expr := range exprs {
		b.expr(expr)
	}
}

func (b *body) expr(expr *ast.Expr) {
	switch terms := expr.Terms.(type) {
	case *ast.Every:
		domain := b.order(terms.Domain)
		inner := b.nested()
		if terms.Key != nil {
			inner.markBound(terms.Key)
		}
		inner.bind(terms.Value, domain.element())
		inner.markBound(terms.Value)
		inner.walk(terms.Body)
	case *ast.Term:
		if expr.Negated {
			b.nested().order(terms)
			return
		}
		b.order(terms)
	case []*ast.Term:
		at := b
		if expr.Negated {
			at = b.nested()
		}
		at.call(expr, terms[0].Value.(ast.Ref), terms[1:])
	}
	if !expr.Negated {
		visitor := ast.NewVarVisitor().WithParams(ast.VarVisitorParams{SkipClosures: true})
		visitor.Walk(expr)
		for name := range visitor.Vars() {
			b.bound[name] = true
		}
	}
}

// nested is a body inside this one, which knows its variables.
func (b *body) nested() *body {
	return &body{flow: b.flow, bound: maps.Clone(b.bound), vars: b.vars, outer: b.outer}
}

// bind gives the variables of a pattern what they take of a value.
func (b *body) bind(pattern *ast.Term, o order) {
	switch value := pattern.Value.(type) {
	case ast.Var:
		b.vars[value] = b.vars[value].and(o)
	case *ast.Array:
		value.Foreach(func(each *ast.Term) { b.bind(each, o.fixed()) })
	case ast.Object:
		value.Foreach(func(_, each *ast.Term) { b.bind(each, o.element()) })
	}
}

func (b *body) markBound(term *ast.Term) {
	ast.WalkVars(term, func(name ast.Var) bool { b.bound[name] = true; return false })
}

// order is what of a term depends on an order.
func (b *body) order(term *ast.Term) order {
	switch value := term.Value.(type) {
	case ast.Var:
		return b.vars[value]
	case ast.Ref:
		return b.ref(value)
	case *ast.Array:
		var result order
		value.Foreach(func(each *ast.Term) { result = result.and(b.order(each).inside()) })
		return result
	case ast.Set:
		var result order
		value.Foreach(func(each *ast.Term) { result = result.and(b.order(each).inside()) })
		return result
	case ast.Object:
		var result order
		value.Foreach(func(key, each *ast.Term) { result = result.and(b.order(key).made(), b.order(each).inside()) })
		return result
	case *ast.SetComprehension:
		inner := b.nested()
		inner.walk(value.Body)
		return inner.order(value.Term).inside()
	case *ast.ObjectComprehension:
		inner := b.nested()
		inner.walk(value.Body)
		return inner.order(value.Key).made().and(inner.order(value.Value).inside())
	case *ast.ArrayComprehension:
		inner := b.nested()
		inner.walk(value.Body)
		result := inner.order(value.Term).inside()
		if ast.IsConstant(value.Term.Value) {
			return result
		}
		if inner.unordered {
			inner.rows = join(inner.rows, b.site(term.Location, orderMessage, arrayHint))
		}
		return result.and(ordered(inner.rows))
	}
	return order{}
}

// ref follows a reference part by part. A part that is a new variable goes through all elements.
func (b *body) ref(ref ast.Ref) order {
	var at order
	start := 1
	if head, ok := ref[0].Value.(ast.Var); ok && !ast.RootDocumentNames.Contains(ref[0]) {
		at = b.vars[head]
	}
	if read := b.read(ref); len(read) > 0 {
		for _, rule := range read {
			path := rule.Ref().GroundPrefix()
			found := b.value(path)
			if len(path) > len(ref) {
				found = found.inside()
			} else {
				start = max(start, len(path))
			}
			at = at.and(found)
		}
	}
	for i := 1; i < len(ref); i++ {
		name, isVar := ref[i].Value.(ast.Var)
		if isVar && !b.bound[name] {
			if isUnordered(b.typeOf(ref[:i])) {
				b.unordered = true
			}
			if i >= start {
				b.rows = join(b.rows, at.levels[0])
				at = at.element()
			}
			b.bound[name] = true
			continue
		}
		if i < start {
			continue
		}
		// A fixed place is another element in another order. A computed one was mostly found by looking, as in
		// `xs[i]` with an `i` of the same array.
		if _, isFixed := ref[i].Value.(ast.Number); isFixed {
			at = at.fixed()
		} else {
			at = at.element()
		}
	}
	return at
}

// typeOf is the type of a reference, as far as it is known.
func (b *body) typeOf(ref ast.Ref) types.Type {
	env := b.compiler.TypeEnv
	if ast.RootDocumentNames.Contains(ref[0]) {
		return env.GetByRef(ref)
	}
	head, ok := ref[0].Value.(ast.Var)
	if !ok {
		return env.GetByValue(ref[0].Value)
	}
	tpe := b.local(head)
	for _, part := range ref[1:] {
		if tpe == nil {
			return nil
		}
		if recursive, ok := tpe.(*types.Recursive); ok {
			tpe = recursive.Unwrap()
		}
		if ast.IsConstant(part.Value) {
			key, err := ast.JSON(part.Value)
			if err != nil {
				return nil
			}
			tpe = types.Select(tpe, key)
		} else {
			tpe = types.Values(tpe)
		}
	}
	return tpe
}

// local is the type of a variable. OPA keeps the types of variables only while it checks a body, and checks the body
// of a comprehension whenever it is asked for the type of one: so a comprehension of all variables is what is asked for.
func (b *body) local(name ast.Var) types.Type {
	if len(b.outer) == 0 || len(b.outer[len(b.outer)-1]) == 0 {
		return nil
	}
	here := b.outer[len(b.outer)-1][0]
	known, ok := b.types[here]
	if !ok {
		known = b.typesHere()
		b.types[here] = known
		// A call that takes anything makes OPA forget what a variable in an argument was.
		for _, exprs := range b.outer {
			for _, expr := range exprs {
				if expr.IsEquality() && !expr.Negated {
					b.remember(known, expr.Operand(0), expr.Operand(1))
					b.remember(known, expr.Operand(1), expr.Operand(0))
				}
			}
		}
	}
	return known[name]
}

func (b *body) typesHere() map[ast.Var]types.Type {
	all := slices.Concat(b.outer...)
	names := []*ast.Term{}
	seen := ast.NewVarSet()
	ast.WalkVars(all, func(each ast.Var) bool {
		if !seen.Contains(each) && !ast.RootDocumentNames.Contains(ast.NewTerm(each)) {
			seen.Add(each)
			names = append(names, ast.NewTerm(each))
		}
		return false
	})
	known := map[ast.Var]types.Type{}
	tuple := ast.NewTerm(ast.NewArray(names...))
	if array, ok := b.compiler.TypeEnv.GetByValue(&ast.ArrayComprehension{Term: tuple, Body: all}).(*types.Array); ok {
		if row, ok := array.Dynamic().(*types.Array); ok {
			for i, each := range names {
				known[each.Value.(ast.Var)] = row.Select(i)
			}
		}
	}
	return known
}

func (b *body) remember(known map[ast.Var]types.Type, variable, value *ast.Term) {
	name, ok := variable.Value.(ast.Var)
	if ref, isRef := value.Value.(ast.Ref); ok && isRef && isAny(known[name]) {
		known[name] = b.typeOf(ref)
	}
}

func isAny(tpe types.Type) bool {
	all, ok := tpe.(types.Any)
	return tpe == nil || ok && len(all) == 0
}
