package reads

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// call looks at what a function reads of its arguments. Functions that are not listed here read all of them.
func (s *scope) call(operator ast.Ref, terms []*ast.Term, expr *ast.Expr) {
	name := operator.String()
	switch name {
	case "eq":
		if len(terms) == 2 {
			s.equal(terms[0], terms[1])
			return
		}
	case "equal":
		if len(terms) == 2 {
			s.equal(terms[0], terms[1])
			return
		}
		s.compare(s.term(terms[0]), s.term(terms[1]))
		s.output(terms[2:], computed)
		return
	}
	node := s.node(operator)
	arity := -1
	if node != nil {
		arity = len(node.Values[0].Head.Args)
	} else if builtin, ok := ast.BuiltinMap[name]; ok {
		arity = len(builtin.Decl.FuncArgs().Args)
	}
	if arity < 0 || len(terms) < arity {
		s.everything(expr)
		return
	}
	arguments := make([]*value, arity)
	for i := range arguments {
		arguments[i] = s.term(terms[i])
	}
	if node != nil {
		s.output(terms[arity:], s.function(node, arguments))
		return
	}
	s.output(terms[arity:], s.builtin(name, arguments, len(terms) == arity))
}

func (s *scope) output(terms []*ast.Term, v *value) {
	for _, term := range terms {
		s.unify(term, v)
	}
}

// node is where the rules of a function are, if the reference leads to one.
func (s *scope) node(ref ast.Ref) *ast.TreeNode {
	if !ref[0].Equal(ast.DefaultRootDocument) {
		return nil
	}
	node := s.compiler.RuleTree.Child(ast.DefaultRootDocument.Value)
	for _, term := range ref[1:] {
		if node == nil {
			return nil
		}
		node = node.Child(term.Value)
	}
	if node == nil || !functions(node) {
		return nil
	}
	return node
}

func (s *scope) builtin(name string, arguments []*value, statement bool) *value {
	switch name {
	case "is_array", "is_boolean", "is_null", "is_number", "is_object", "is_set", "is_string", "type_name":
		s.look(arguments[0])
		return computed
	case "neq", "lt", "lte", "gt", "gte":
		s.compare(arguments[0], arguments[1])
		return computed
	case "count":
		_, elements := s.inner().iterate(arguments[0])
		s.look(arguments[0])
		s.look(elements)
		return computed
	case "internal.member_2":
		return s.member(arguments[0], arguments[1], statement)
	case "object.get":
		return join(s.path(arguments[0], arguments[1]), arguments[2])
	case "object.keys":
		keys, elements := s.inner().iterate(arguments[0])
		s.look(arguments[0])
		s.look(elements)
		return s.shallow(shape{set: true, rest: s.unnamed(keys), keys: computed})
	case "object.union":
		s.look(arguments[0])
		s.look(arguments[1])
		return join(arguments...)
	case "object.union_n":
		return s.elements(arguments[0])
	case "object.remove":
		s.look(arguments[0])
		s.whole(arguments[1])
		return arguments[0]
	case "array.concat":
		return s.concat(arguments[0], arguments[1])
	case "array.slice":
		s.whole(arguments[1])
		s.whole(arguments[2])
		return s.listOf(false, arguments[0])
	case "or":
		return s.listOf(true, arguments...)
	case "union":
		return s.listOf(true, s.elements(arguments[0]))
	}
	for _, argument := range arguments {
		s.whole(argument)
	}
	return s.folded(name, arguments)
}

// text are functions of constants that give constants.
var text = []string{"lower", "trim_prefix", "trim_suffix", "upper"}

// folded is what a function makes of constants, if it is one of those that names of types are made with.
func (s *scope) folded(name string, arguments []*value) *value {
	if !slices.Contains(text, name) {
		return computed
	}
	of := [][]*ast.Term{{}}
	for _, argument := range arguments {
		among, ok := argument.constants()
		if !ok || len(of)*len(among) > 64 {
			return computed
		}
		var more [][]*ast.Term
		for _, each := range of {
			for _, v := range ordered(among) {
				more = append(more, append(slices.Clip(each), ast.NewTerm(v)))
			}
		}
		of = more
	}
	result := nothing
	for _, each := range of {
		err := topdown.GetBuiltin(name)(topdown.BuiltinContext{}, each, func(term *ast.Term) error {
			result = join(result, constant(term.Value))
			return nil
		})
		if err != nil {
			return computed
		}
	}
	return result
}

// member is whether a collection has a value among its elements.
func (s *scope) member(v, collection *value, statement bool) *value {
	inner := s.inner()
	_, elements := inner.iterate(collection)
	s.look(collection)
	s.look(elements)
	inner.compare(v, elements)
	if statement {
		s.refine(v, s.unplaced(elements))
	}
	return computed
}

// unplaced is a value of which only constants say anything: an element is not always the same one.
func (s *scope) unplaced(v *value) *value {
	if _, ok := v.constants(); ok {
		return v
	}
	return computed
}

// elements are what the members of a collection are joined.
func (s *scope) elements(v *value) *value {
	_, elements := s.iterate(v)
	s.look(v)
	s.look(elements)
	return elements
}

func (s *scope) listOf(set bool, collections ...*value) *value {
	inner := s.inner()
	built := shape{set: set, rest: nothing, keys: computed}
	for _, each := range collections {
		if each.computed {
			built.rest = join(built.rest, computed)
		}
		built.rest = join(built.rest, inner.elements(each))
	}
	built.rest = inner.leave(nil, built.rest)[0]
	built.bound = free(inner.level, built.rest)
	return s.shallow(built)
}

// concat keeps the positions of elements where both arrays are written out.
func (s *scope) concat(a, b *value) *value {
	left, right := written(a), written(b)
	if left == nil || right == nil {
		return s.listOf(false, a, b)
	}
	built := shape{fields: make([]field, 0, len(left)+len(right))}
	for _, from := range [][]*value{left, right} {
		for _, each := range from {
			built.put(ast.InternedTerm(len(built.fields)).Value, each)
		}
	}
	return s.shallow(built)
}

// written are the elements of an array all of whose elements are known one by one.
func written(v *value) []*value {
	if len(v.shapes) != 1 || len(v.origins)+len(v.constant)+len(v.symbols) > 0 || v.computed {
		return nil
	}
	from := v.shapes[0]
	if from.set || from.rest != nil {
		return nil
	}
	elements := make([]*value, len(from.fields))
	for i := range elements {
		at, ok := from.find(ast.InternedTerm(i).Value.String())
		if !ok {
			return nil
		}
		elements[i] = from.fields[at].value
	}
	return elements
}

// path is what object.get finds at a key or along an array of keys.
func (s *scope) path(v, key *value) *value {
	keys := []*value{key}
	if along := written(key); along != nil {
		keys = along
	} else if _, ok := key.constants(); !ok && key.symbol() == nil {
		s.whole(key)
		s.whole(v)
		return computed
	}
	s.look(v)
	for _, each := range keys {
		s.whole(each)
		v = s.get(v, each)
		s.look(v)
	}
	return v
}
