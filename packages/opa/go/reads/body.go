package reads

import (
	"github.com/open-policy-agent/opa/v1/ast"
)

// body looks through the expressions in the order of their evaluation. What an expression has found out about a value
// holds for those after it.
func (s *scope) body(body ast.Body) {
	for _, expr := range body {
		if s.steps > s.budget {
			return
		}
		s.expr(expr)
	}
}

func (s *scope) expr(expr *ast.Expr) {
	s.steps++
	switch {
	case len(expr.With) > 0:
		s.everything(expr)
	case expr.Negated:
		positive := *expr
		positive.Negated = false
		s.inner().expr(&positive)
	default:
		switch terms := expr.Terms.(type) {
		case *ast.Term:
			s.look(s.term(terms))
		case *ast.Every:
			s.every(terms)
		case []*ast.Term:
			s.call(terms[0].Value.(ast.Ref), terms[1:], expr)
		case *ast.SomeDecl:
		default:
			s.everything(expr)
		}
	}
}

func (s *scope) every(every *ast.Every) {
	domain := s.term(every.Domain)
	inner := s.inner()
	key, value := inner.iterate(domain)
	if every.Key != nil {
		inner.unify(every.Key, key)
	}
	inner.look(value)
	inner.unify(every.Value, value)
	inner.body(every.Body)
}

// unbound is the variable that a term is, if it has no value yet.
func (s *scope) unbound(term *ast.Term) (ast.Var, bool) {
	name, ok := term.Value.(ast.Var)
	if !ok || s.lookup(name) != nil {
		return "", false
	}
	return name, true
}

func (s *scope) binds(term *ast.Term) bool {
	found := false
	switch v := term.Value.(type) {
	case ast.Var:
		_, found = s.unbound(term)
	case *ast.Array:
		v.Foreach(func(each *ast.Term) { found = found || s.binds(each) })
	case ast.Object:
		v.Foreach(func(_, each *ast.Term) { found = found || s.binds(each) })
	}
	return found
}

func (s *scope) equal(a, b *ast.Term) {
	x, arrayX := a.Value.(*ast.Array)
	y, arrayY := b.Value.(*ast.Array)
	switch {
	case arrayX && arrayY && x.Len() == y.Len() && (s.binds(a) || s.binds(b)):
		for i := range x.Len() {
			s.equal(x.Elem(i), y.Elem(i))
		}
	case s.binds(a) && s.binds(b):
		s.opaque(a)
		s.opaque(b)
	case s.binds(a):
		s.unify(a, s.term(b))
	case s.binds(b):
		s.unify(b, s.term(a))
	default:
		x, y := s.term(a), s.term(b)
		s.compare(x, y)
		s.refine(x, y)
		s.refine(y, x)
	}
}

// opaque reads all that is in a term and leaves its variables without an origin.
func (s *scope) opaque(term *ast.Term) {
	switch v := term.Value.(type) {
	case ast.Var:
		if name, ok := s.unbound(term); ok {
			s.bind(name, computed)
			return
		}
	case *ast.Array:
		v.Foreach(s.opaque)
		return
	case ast.Object:
		v.Foreach(func(key, each *ast.Term) { s.opaque(key); s.opaque(each) })
		return
	}
	s.whole(s.term(term))
}

// unify takes a value apart as a pattern says.
func (s *scope) unify(pattern *ast.Term, v *value) {
	if name, ok := s.unbound(pattern); ok {
		s.bind(name, v)
		return
	}
	if !s.binds(pattern) {
		is := s.term(pattern)
		s.compare(is, v)
		s.refine(v, is)
		s.refine(is, v)
		return
	}
	_, elements := s.inner().iterate(v)
	s.look(elements)
	switch p := pattern.Value.(type) {
	case *ast.Array:
		for i := range p.Len() {
			element := s.get(v, constant(ast.InternedTerm(i).Value))
			s.look(element)
			s.unify(p.Elem(i), element)
		}
	case ast.Object:
		p.Foreach(func(key, each *ast.Term) {
			element := s.get(v, s.term(key))
			s.look(element)
			s.unify(each, element)
		})
	}
}

// compare reads what a comparison of two values looks at. With a scalar only the kind of the other or its scalar counts.
func (s *scope) compare(a, b *value) {
	_, scalarA := a.constants()
	_, scalarB := b.constants()
	switch {
	case scalarA:
		s.look(b)
	case scalarB:
		s.look(a)
	default:
		s.whole(a)
		s.whole(b)
	}
}

func (s *scope) term(term *ast.Term) *value {
	s.steps++
	switch v := term.Value.(type) {
	case ast.Null, ast.Boolean, ast.Number, ast.String:
		known, ok := s.constants[term]
		if !ok {
			known = constant(v)
			s.constants[term] = known
		}
		return known
	case ast.Var:
		if known := s.lookup(v); known != nil {
			return known
		}
		if v.Equal(ast.InputRootDocument.Value) || v.Equal(ast.DefaultRootDocument.Value) {
			return s.ref(ast.Ref{term})
		}
		s.bind(v, computed)
		return computed
	case ast.Ref:
		return s.ref(v)
	case *ast.Array:
		built := shape{fields: make([]field, 0, v.Len())}
		for i := range v.Len() {
			built.put(ast.InternedTerm(i).Value, s.term(v.Elem(i)))
		}
		return s.shallow(built)
	case ast.Object:
		return s.object(v)
	case ast.Set:
		built := shape{set: true, rest: nothing, keys: nothing}
		v.Foreach(func(each *ast.Term) { built.rest = join(built.rest, s.term(each)) })
		return s.shallow(built)
	case *ast.ArrayComprehension:
		inner := s.inner()
		inner.body(v.Body)
		return s.list(inner, v.Term, false)
	case *ast.SetComprehension:
		inner := s.inner()
		inner.body(v.Body)
		return s.list(inner, v.Term, true)
	case *ast.ObjectComprehension:
		inner := s.inner()
		inner.body(v.Body)
		return s.entries(inner, inner.term(v.Key), inner.term(v.Value))
	}
	s.everything(term)
	return computed
}

func (s *scope) object(object ast.Object) *value {
	built := shape{fields: make([]field, 0, object.Len())}
	object.Foreach(func(k, v *ast.Term) {
		key, each := s.term(k), s.term(v)
		if among, ok := key.constants(); ok && len(among) == 1 {
			for _, key := range among {
				built.put(key, each)
			}
			return
		}
		s.whole(key)
		built.keys = join(built.keys, s.unnamed(key))
		built.rest = join(built.rest, each)
	})
	return s.shallow(built)
}

// unnamed is a key without the identity of what it comes from.
func (s *scope) unnamed(key *value) *value {
	if _, ok := key.constants(); ok {
		return key
	}
	return computed
}

// list is the array or set of what a term is in a scope that ends.
func (s *scope) list(inner *scope, term *ast.Term, set bool) *value {
	element := inner.leave(nil, inner.term(term))[0]
	return s.shallow(shape{set: set, rest: element, keys: computed, bound: free(inner.level, element)})
}

// entries is the object of what a key and a value are in a scope that ends. Where the key is what an iteration is at, or
// a place, the value is known to depend on it.
func (s *scope) entries(inner *scope, key, each *value) *value {
	inner.whole(key)
	built := shape{keys: computed}
	name := key.symbol()
	place, isPlace := key.place()
	switch {
	case name != nil:
		if among, ok := inner.symbols[name]; ok {
			built.keys = &value{constant: among}
		}
		each = inner.leave(name, each)[0]
		built.key = s.symbol()
		m := &mapping{symbols: map[*symbol]*value{name: {symbols: []*symbol{built.key}}}}
		each = m.value(each)
	case isPlace && len(place.rest) > 0 && len(place.cell.bases) > 0:
		built.key = s.symbol()
		is := &value{symbols: []*symbol{built.key}}
		inner.learn(place.cell, condition{place.rest, is})
		each = inner.leave(nil, each)[0]
		m := &mapping{place: &place, become: is, level: inner.level}
		each = m.value(each)
	default:
		if _, ok := key.constants(); ok {
			built.keys = key
		}
		each = inner.leave(nil, each)[0]
	}
	built.rest = each
	built.bound = free(inner.level, each)
	return s.shallow(built)
}

func (s *scope) symbol() *symbol {
	s.next++
	return &symbol{level: s.level, id: s.next}
}

// shallow is a shape that is not too deep to be followed; a deeper one is read.
func (s *scope) shallow(built shape) *value {
	const deepest = 12
	result := newShape(built)
	if result.depth > deepest {
		s.whole(result.value())
		return computed
	}
	return result.value()
}
