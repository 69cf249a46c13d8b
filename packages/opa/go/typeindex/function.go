package typeindex

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// implied is what a function says about the type of the element that it is given, where it holds.
func (p *place) implied(operator ast.Ref, args []*ast.Term, s *subject) *types {
	at := slices.IndexFunc(args, func(arg *ast.Term) bool { return s.element != "" && arg.Value.Compare(s.element) == 0 })
	path, ok := p.global(operator)
	if at < 0 || !ok || p.mocked || p.busy[path.String()] {
		return nil
	}
	for i, arg := range args {
		if i != at && !p.quiet(arg) {
			return nil
		}
	}
	name := path.String()
	rules := p.rules[name]
	p.busy[name] = true
	defer delete(p.busy, name)
	found := []string{}
	for _, rule := range rules {
		for each := rule; each != nil; each = each.Else {
			among, ok := p.alternative(rule, each, at, len(args))
			if !ok {
				return nil
			}
			found = append(found, among...)
		}
	}
	if len(rules) == 0 || len(found) == 0 {
		return nil
	}
	slices.Sort(found)
	return &types{types: slices.Compact(found)}
}

// alternative is what one body of a function says: none where its value is false.
func (p *place) alternative(rule, each *ast.Rule, at, count int) ([]string, bool) {
	no := each.Head.Value != nil && each.Head.Value.Equal(ast.BooleanTerm(false))
	if rule.Default {
		return nil, no
	}
	if len(each.Head.Args) != count {
		return nil, false
	}
	for _, arg := range each.Head.Args {
		if _, ok := arg.Value.(ast.Var); !ok {
			return nil, false
		}
	}
	inside := &place{
		scope: p.scopeOf(rule.Module).in(rule), rule: rule,
		among: map[ast.Var][]string{}, bound: map[ast.Var]bool{}, lists: map[ast.Var]ast.Ref{},
	}
	if inside.declared["input"] || inside.declared["data"] {
		return nil, false
	}
	element := each.Head.Args[at].Value.(ast.Var)
	s := &subject{element: element, held: map[ast.Var]bool{}}
	if no {
		return nil, inside.allHarmless(each.Body)
	}
	if element.IsWildcard() || shadowed(each.Body, element) {
		return nil, false
	}
	if found := inside.first(each.Body, 0, s); found != nil {
		return found.types, true
	}
	if call, ok := each.Head.Value.Value.(ast.Call); ok && inside.allHarmless(each.Body) {
		if found := inside.said(call, s); found != nil {
			return found.types, true
		}
	}
	return nil, false
}

// shadowed is whether a body declares a variable of this name itself.
func shadowed(body ast.Body, name ast.Var) bool {
	for _, expr := range body {
		declared := []*ast.Term{}
		if decl, ok := expr.Terms.(*ast.SomeDecl); ok {
			declared = declarations(decl)
		} else if expr.IsAssignment() {
			declared = append(declared, expr.Operand(0))
		}
		for _, each := range declared {
			found := false
			ast.WalkVars(each, func(v ast.Var) bool {
				found = found || v == name
				return false
			})
			if found {
				return true
			}
		}
	}
	return false
}

// total are the functions that have an answer for all arguments.
var total = []*ast.Builtin{
	ast.Equality, ast.Equal, ast.Assign, ast.NotEqual, ast.LessThan, ast.LessThanEq, ast.GreaterThan, ast.GreaterThanEq,
	ast.Member, ast.MemberWithKey, ast.IsArray, ast.IsBoolean, ast.IsNull, ast.IsNumber, ast.IsObject, ast.IsSet, ast.IsString,
	ast.TypeNameBuiltin,
}

func (p *place) allHarmless(body ast.Body) bool {
	return !slices.ContainsFunc(body, func(expr *ast.Expr) bool { return !p.harmless(expr) })
}

// harmless is whether an expression can only hold or not hold: it cannot be an error, in strict mode either.
func (p *place) harmless(expr *ast.Expr) bool {
	if len(expr.With) > 0 {
		return false
	}
	switch terms := expr.Terms.(type) {
	case *ast.SomeDecl:
		if call, ok := terms.Symbols[0].Value.(ast.Call); ok {
			return !slices.ContainsFunc(call[1:], func(term *ast.Term) bool { return !p.quiet(term) })
		}
		return true
	case *ast.Term:
		return p.quiet(terms)
	case []*ast.Term:
		return p.quietCall(terms)
	}
	return false
}

func (p *place) quietCall(terms []*ast.Term) bool {
	operator, ok := terms[0].Value.(ast.Ref)
	if !ok || slices.ContainsFunc(terms[1:], func(term *ast.Term) bool { return !p.quiet(term) }) {
		return false
	}
	if path, ok := p.global(operator); ok {
		return p.quietFunction(path.String())
	}
	return slices.ContainsFunc(total, func(each *ast.Builtin) bool { return operator.Equal(each.Ref()) })
}

// quietFunction is whether a function is true or nothing, and comes to that by harmless expressions alone.
func (p *place) quietFunction(name string) bool {
	rules := p.rules[name]
	if p.mocked || p.busy[name] || len(rules) == 0 {
		return false
	}
	p.busy[name] = true
	defer delete(p.busy, name)
	for _, rule := range rules {
		for each := rule; each != nil; each = each.Else {
			inside := &place{
				scope: p.scopeOf(rule.Module).in(rule), rule: rule,
				among: map[ast.Var][]string{}, bound: map[ast.Var]bool{}, lists: map[ast.Var]ast.Ref{},
			}
			value := each.Head.Value
			if rule.Default || value == nil || !value.Equal(ast.BooleanTerm(true)) || !inside.allHarmless(each.Body) {
				return false
			}
		}
	}
	return true
}

// quiet is whether a term is made of variables, of input and of what is written, and of nothing that is computed.
func (p *place) quiet(term *ast.Term) bool {
	switch value := term.Value.(type) {
	case ast.Null, ast.Boolean, ast.Number, ast.String:
		return true
	case ast.Var:
		return p.quietHead(ast.Ref{term})
	case ast.Ref:
		return p.quietHead(value) &&
			!slices.ContainsFunc(value[1:], func(each *ast.Term) bool { return !p.quiet(each) })
	case ast.Call:
		return p.quietCall(value)
	case *ast.Array:
		return !value.Until(func(each *ast.Term) bool { return !p.quiet(each) })
	case ast.Set:
		return !slices.ContainsFunc(value.Slice(), func(each *ast.Term) bool { return !p.quiet(each) })
	case ast.Object:
		return !value.Until(func(k, v *ast.Term) bool { return !p.quiet(k) || !p.quiet(v) })
	}
	return false
}

func (p *place) quietHead(ref ast.Ref) bool {
	if _, ok := ref[0].Value.(ast.Var); !ok {
		return p.quiet(ref[0])
	}
	path, ok := p.global(ref)
	if !ok {
		return !p.ambiguous(ref[0].Value.(ast.Var))
	}
	return path.HasPrefix(ast.InputRootRef) || p.constant(ast.NewTerm(ref)) != nil
}
