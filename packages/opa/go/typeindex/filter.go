package typeindex

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

var typeKey = ast.StringTerm("type")

// types is what an expression says about the type of an element: it is one of these, where they are known, and what a
// variable holds, where there is one.
type types struct {
	types    []string
	variable *ast.Term
}

// subject is the element whose type is asked for.
type subject struct {
	root    ast.Ref
	element ast.Var
	key     *ast.Term
	held    map[ast.Var]bool // variables that hold its type
	given   map[ast.Var]bool // variables that have a value before the element is taken
}

// filtered is what all elements of a generator have to be for the body to come to anything. What stands between the two
// must not be able to do anything else than fail.
func (p *place) filtered(body ast.Body, at int, from *generator) *types {
	here := *p
	here.among, here.bound, here.lists = clone(p.among), clone(p.bound), clone(p.lists)
	s := &subject{root: from.root, element: from.element, key: from.key, held: map[ast.Var]bool{}, given: p.bound}
	start := at + 1
	if from.element == "" {
		start = at
		if s.key == nil {
			s.key = wildcardOf(body[at])
		}
	}
	return here.first(body, start, s)
}

// wildcardOf is the key in a comparison that walks by itself.
func wildcardOf(expr *ast.Expr) *ast.Term {
	for _, term := range expr.Operands() {
		if ref, ok := term.Value.(ast.Ref); ok && len(ref) > 2 && ref[len(ref)-1].Equal(typeKey) {
			if v, ok := ref[len(ref)-2].Value.(ast.Var); ok && v.IsWildcard() {
				return ref[len(ref)-2]
			}
		}
	}
	return nil
}

// first is what the first expression says that speaks of the type, where what is before it is harmless.
func (p *place) first(body ast.Body, start int, s *subject) *types {
	for _, expr := range body[start:] {
		if found := p.filter(expr, s); found != nil {
			return found
		}
		if !p.harmless(expr) {
			return nil
		}
		p.learn(expr)
		if expr.IsAssignment() && !expr.Negated && p.isType(expr.Operand(1), s) {
			if v, ok := expr.Operand(0).Value.(ast.Var); ok {
				s.held[v] = true
			}
		}
	}
	return nil
}

func (p *place) filter(expr *ast.Expr, s *subject) *types {
	terms, ok := expr.Terms.([]*ast.Term)
	if !ok || expr.Negated || len(expr.With) > 0 {
		return nil
	}
	return p.said(terms, s)
}

// said is what a call that holds says.
func (p *place) said(terms []*ast.Term, s *subject) *types {
	operator, ok := terms[0].Value.(ast.Ref)
	if !ok {
		return nil
	}
	_, own := p.global(operator)
	switch {
	case own:
		return p.implied(operator, terms[1:], s)
	case len(terms) == 3 && (operator.Equal(ast.Equal.Ref()) || operator.Equal(ast.Equality.Ref())):
		for i := range 2 {
			if p.isType(terms[1+i], s) {
				return p.equals(terms[2-i], s)
			}
		}
	case len(terms) == 3 && operator.Equal(ast.Member.Ref()):
		if p.isType(terms[1], s) {
			if among, ok := p.strings(terms[2]); ok {
				return &types{types: among}
			}
		}
	}
	return nil
}

// isType is whether a term is the type of the element.
func (p *place) isType(term *ast.Term, s *subject) bool {
	if v, ok := term.Value.(ast.Var); ok {
		return s.held[v]
	}
	ref, ok := term.Value.(ast.Ref)
	if !ok || len(ref) < 2 || !ref[len(ref)-1].Equal(typeKey) {
		return false
	}
	if len(ref) == 2 {
		return s.element != "" && ref[0].Value.Compare(s.element) == 0
	}
	if s.key == nil || !ref[len(ref)-2].Equal(s.key) {
		return false
	}
	list := ast.NewTerm(slices.Clone(ref[:len(ref)-2]))
	if len(ref) == 3 {
		list = ref[0]
	}
	root := p.root(list)
	return root != nil && root.Equal(s.root)
}

// equals is what a type is that equals a term.
func (p *place) equals(term *ast.Term, s *subject) *types {
	switch value := term.Value.(type) {
	case ast.String:
		return &types{types: []string{string(value)}}
	case ast.Var:
		found := &types{types: p.among[value]}
		if s.given[value] && p.bound[value] && len(found.types) != 1 {
			found.variable = term
		}
		if found.variable != nil || len(found.types) > 0 {
			return found
		}
	}
	if text, ok := p.constant(term).(ast.String); ok {
		return &types{types: []string{string(text)}}
	}
	return nil
}

// constant is the value of a rule that has only one.
func (p *place) constant(term *ast.Term) ast.Value {
	ref, ok := term.Value.(ast.Ref)
	if v, isVar := term.Value.(ast.Var); isVar {
		ref, ok = ast.Ref{ast.NewTerm(v)}, true
	}
	if !ok || !ref.IsGround() && len(ref) > 1 {
		return nil
	}
	path, ok := p.global(ref)
	if !ok || path.HasPrefix(ast.InputRootRef) {
		return nil
	}
	value := p.one(path)
	if value == nil || !value.IsGround() {
		return nil
	}
	return value.Value
}

// strings are the elements of a set or an array of strings.
func (p *place) strings(term *ast.Term) ([]string, bool) {
	value := term.Value
	if constant := p.constant(term); constant != nil {
		value = constant
	}
	var elements []*ast.Term
	switch value := value.(type) {
	case ast.Set:
		elements = value.Slice()
	case *ast.Array:
		value.Foreach(func(each *ast.Term) { elements = append(elements, each) })
	default:
		return nil, false
	}
	found := []string{}
	for _, each := range elements {
		text, ok := each.Value.(ast.String)
		if !ok {
			return nil, false
		}
		found = append(found, string(text))
	}
	slices.Sort(found)
	found = slices.Compact(found)
	return found, len(found) > 0
}
