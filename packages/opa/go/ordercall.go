package main

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/types"
)

// How built-in functions pass an order on. What is in none of these makes a value that depends on it.
var (
	// The result is the same in any order.
	countsOnly = []string{"count", "any", "all", "is_array", "is_object", "is_set", "is_string", "type_name"}
	// The result has an order of its own, or none.
	sorts = []string{"sort", "max", "min", "sum", "product", "union", "intersection", "and", "or", "minus", "object.keys",
		"graph.reachable", "cast_set"}
	// The result has the elements of its arguments, in their order.
	keeps = []string{"array.concat", "array.reverse", "array.flatten", "object.filter", "object.remove",
		"object.union", "object.union_n", "json.filter", "json.remove", "json.patch"}
	compares = []string{"equal", "neq", "lt", "lte", "gt", "gte", "startswith", "endswith", "indexof"}
)

// call follows orders through a call: of `=`, of a built-in function, or of a function of the modules.
func (b *body) call(expr *ast.Expr, operator ast.Ref, args []*ast.Term) {
	name := operator.String()
	if name == ast.Equality.Name || name == ast.Assign.Name {
		b.unify(args[0], args[1])
		return
	}
	orders := make([]order, len(args))
	for i, arg := range args {
		orders[i] = b.order(arg)
	}
	if declared, ok := ast.BuiltinMap[name]; ok {
		inputs := min(declared.Decl.Arity(), len(args))
		result := b.builtin(expr, name, args[:inputs], orders[:inputs])
		if inputs < len(args) {
			b.bind(args[inputs], result)
		}
		return
	}
	inputs := min(b.arity(operator), len(args))
	result := b.flow.call(operator, orders[:inputs])
	if inputs < len(args) {
		b.bind(args[inputs], result)
	}
}

// arity is how many arguments a function of the modules takes.
func (b *body) arity(function ast.Ref) int {
	for _, rule := range b.read(function) {
		return len(rule.Head.Args)
	}
	return 0
}

func (b *body) unify(left, right *ast.Term) {
	l, r := b.order(left), b.order(right)
	if b.isNew(left) || b.isNew(right) {
		b.bind(left, r)
		b.bind(right, l)
		return
	}
	b.compare(left, right, l, r)
}

// isNew is whether a term takes a value here.
func (b *body) isNew(term *ast.Term) bool {
	found := false
	switch term.Value.(type) {
	case ast.Var, *ast.Array, ast.Object:
		ast.WalkVars(term, func(name ast.Var) bool {
			found = found || !b.bound[name]
			return found
		})
	}
	return found
}

// compare lets an order escape into a decision, unless what is compared is empty or the same in any order.
func (b *body) compare(left, right *ast.Term, l, r order) {
	if isEmpty(left) || isEmpty(right) {
		return
	}
	if isScalarTerm(left) || isScalarTerm(right) {
		l, r = order{value: l.value}, order{value: r.value}
	}
	b.escape(l)
	b.escape(r)
}

func isEmpty(term *ast.Term) bool {
	switch value := term.Value.(type) {
	case *ast.Array:
		return value.Len() == 0
	case ast.Set:
		return value.Len() == 0
	case ast.Object:
		return value.Len() == 0
	}
	return false
}

func isScalarTerm(term *ast.Term) bool { return ast.IsScalar(term.Value) }

func (b *body) builtin(expr *ast.Expr, name string, args []*ast.Term, orders []order) order {
	all := order{}.and(orders...)
	switch {
	case slices.Contains(countsOnly, name):
		return order{}
	case slices.Contains(sorts, name):
		return all.sorted()
	case slices.Contains(keeps, name):
		return all
	case name == ast.ArraySlice.Name:
		return orders[0]
	case name == ast.Member.Name:
		return orders[0].made()
	case name == ast.MemberWithKey.Name:
		return order{}
	case name == ast.ObjectGet.Name:
		return orders[0].element().and(orders[2])
	case slices.Contains(compares, name):
		if len(args) > 1 {
			b.compare(args[0], args[1], orders[0], orders[1])
		}
		return all.made()
	case name == ast.WalkBuiltin.Name:
		b.unordered = b.unordered || !hasOrder(b.typeOfTerm(args[0]))
		return all.inside()
	case name == ast.Concat.Name && isUnordered(b.typeOfTerm(args[1])):
		return all.made().and(order{value: b.site(expr.Location, textMessage, textHint)})
	case name == ast.JSONMarshal.Name && hasUnordered(b.typeOfTerm(args[0])):
		return all.made().and(order{value: b.site(expr.Location, textMessage, marshalHint)})
	case name == ast.InternalTemplateString.Name && b.printsUnordered(args[0]):
		return all.made().and(order{value: b.site(expr.Location, textMessage, textHint)})
	}
	return all.made()
}

// printsUnordered is whether a part of a template string, which is a set of the value that is printed, has no order.
func (b *body) printsUnordered(parts *ast.Term) bool {
	found := false
	if array, ok := parts.Value.(*ast.Array); ok {
		array.Foreach(func(part *ast.Term) {
			if set, ok := b.typeOfTerm(part).(*types.Set); ok {
				found = found || hasUnordered(set.Of())
			}
		})
	}
	return found
}

func (b *body) typeOfTerm(term *ast.Term) types.Type {
	switch value := term.Value.(type) {
	case ast.Var:
		return b.local(value)
	case ast.Ref:
		return b.typeOf(value)
	// OPA has no types for the variables of a literal out here.
	case ast.Set:
		if value.Len() == 1 {
			return types.NewSet(b.typeOfTerm(value.Slice()[0]))
		}
	case *ast.Array:
		parts := make([]types.Type, 0, value.Len())
		value.Foreach(func(each *ast.Term) { parts = append(parts, b.typeOfTerm(each)) })
		return types.NewArray(parts, nil)
	case ast.Object:
		parts := make([]*types.StaticProperty, 0, value.Len())
		value.Foreach(func(key, each *ast.Term) {
			parts = append(parts, types.NewStaticProperty(key.String(), b.typeOfTerm(each)))
		})
		return types.NewObject(parts, nil)
	}
	return b.compiler.TypeEnv.GetByValue(term.Value)
}
