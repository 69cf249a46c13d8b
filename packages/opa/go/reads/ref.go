package reads

import (
	"github.com/open-policy-agent/opa/v1/ast"
)

// longest is how many keys of a path are told apart; what lies deeper is read as a whole.
const longest = 13

// ref follows a reference to its end and reads that something is there.
func (s *scope) ref(ref ast.Ref) *value {
	s.steps++
	var v *value
	rest := ref[1:]
	name, _ := ref[0].Value.(ast.Var)
	switch {
	case s.lookup(name) != nil:
		v = s.lookup(name)
	case name.Equal(ast.InputRootDocument.Value):
		v = at(s.input)
	case name.Equal(ast.DefaultRootDocument.Value):
		return s.document(s.compiler.RuleTree.Child(ast.DefaultRootDocument.Value), origin{cell: s.data}, rest)
	default:
		s.everything(ref[0])
		v = computed
	}
	return s.follow(v, rest)
}

func (s *scope) follow(v *value, rest []*ast.Term) *value {
	for _, term := range rest {
		v = s.step(v, term)
	}
	s.look(v)
	return v
}

func (s *scope) step(v *value, term *ast.Term) *value {
	if !s.binds(term) {
		return s.get(v, s.key(term))
	}
	key, element := s.iterate(v)
	s.unify(term, key)
	return element
}

// key is a key in a reference, which is read unless it is a constant.
func (s *scope) key(term *ast.Term) *value {
	key := s.term(term)
	s.whole(key)
	return key
}

// document is what a reference into data leads to, rules and documents alike.
func (s *scope) document(node *ast.TreeNode, base origin, rest []*ast.Term) *value {
	if node == nil {
		return s.follow(&value{origins: []origin{base}}, rest)
	}
	var results []*value
	if rules := documents(node); len(rules) > 0 {
		results = append(results, s.follow(s.rules(node, rules), rest))
		if len(node.Children) == 0 {
			return results[0]
		}
	}
	if len(rest) == 0 {
		return join(append(results, s.tree(node, base))...)
	}
	var key *value
	binds := s.binds(rest[0])
	if binds {
		key = computed
	} else {
		key = s.key(rest[0])
	}
	if among, ok := key.constants(); ok {
		for _, each := range ordered(among) {
			results = append(results, s.document(node.Child(each), base.child(keyOf(each)), rest[1:]))
		}
		return join(results...)
	}
	any := at(newCell(s.level, base.child(wildcard)))
	if binds {
		s.unify(rest[0], computed)
	}
	for _, each := range node.Sorted {
		if child := node.Child(each); !child.Hide {
			results = append(results, s.document(child, any.origins[0], rest[1:]))
		}
	}
	return join(append(results, s.follow(any, rest[1:]))...)
}

// tree is a package, or a folder of them, as a document.
func (s *scope) tree(node *ast.TreeNode, base origin) *value {
	built := shape{fields: make([]field, 0, len(node.Sorted))}
	for _, key := range node.Sorted {
		child := node.Child(key)
		if child == nil || child.Hide || functions(child) && len(child.Children) == 0 {
			continue
		}
		built.put(key, s.document(child, base.child(keyOf(key)), nil))
	}
	return join(s.shallow(built), &value{origins: []origin{base}})
}

func functions(node *ast.TreeNode) bool {
	return len(node.Values) > 0 && len(node.Values[0].Head.Args) > 0
}

func documents(node *ast.TreeNode) []*ast.Rule {
	if functions(node) {
		return nil
	}
	return node.Values
}

// get is what a value has at a key.
func (s *scope) get(v, key *value) *value {
	among, isConstant := key.constants()
	var results []*value
	if v.computed {
		results = append(results, computed)
	}
	for _, o := range v.origins {
		switch {
		case o.size() >= longest:
			s.read(o, true)
			results = append(results, computed)
		case isConstant && len(among) <= 32:
			for _, each := range ordered(among) {
				results = append(results, s.child(o, keyOf(each)))
			}
		default:
			results = append(results, s.child(o, wildcard))
		}
	}
	for _, each := range v.shapes {
		results = append(results, s.pick(each, key, among, isConstant))
	}
	return join(results...)
}

func (s *scope) child(o origin, key string) *value {
	if key == wildcard {
		return at(newCell(s.level, o.child(key)))
	}
	return &value{origins: []origin{o.child(key)}}
}

func (s *scope) pick(from *shape, key *value, among map[string]ast.Value, isConstant bool) *value {
	var results []*value
	if from.set {
		// To find an element, all are compared with it.
		s.whole(from.value())
		if isConstant {
			return key
		}
		return join(s.unnamed(key), from.rest)
	}
	if isConstant {
		others := map[string]ast.Value{}
		for name, each := range among {
			if i, ok := from.find(name); ok {
				results = append(results, from.fields[i].value)
			} else {
				others[name] = each
			}
		}
		if len(others) > 0 && from.rest != nil {
			results = append(results, from.entry(s.level, &value{constant: others}))
		}
		return join(results...)
	}
	for _, f := range from.fields {
		results = append(results, f.value)
	}
	if from.rest != nil {
		if key.symbol() == nil {
			if _, ok := key.place(); !ok {
				key = from.keys
			}
		}
		results = append(results, from.entry(s.level, key))
	}
	return join(results...)
}

// iterate is any key of a value, and what it has there.
func (s *scope) iterate(v *value) (*value, *value) {
	var keys, elements []*value
	if v.computed {
		keys, elements = append(keys, computed), append(elements, computed)
	}
	var bases []origin
	for _, o := range v.origins {
		if o.size() >= longest {
			s.read(o, true)
			elements = append(elements, computed)
		} else {
			bases = append(bases, o.child(wildcard))
		}
		keys = append(keys, computed)
	}
	if len(bases) > 0 {
		elements = append(elements, at(newCell(s.level, bases...)))
	}
	for _, each := range v.shapes {
		for _, f := range each.fields {
			keys = append(keys, constant(f.key))
			elements = append(elements, f.value)
		}
		if each.rest == nil {
			continue
		}
		if each.set {
			s.whole(each.value())
			element := each.entry(s.level, nil)
			keys, elements = append(keys, element), append(elements, element)
			continue
		}
		key := each.keys
		if each.key != nil {
			name := s.symbol()
			if among, ok := each.keys.constants(); ok {
				s.narrow(name, among)
			}
			key = &value{symbols: []*symbol{name}}
		}
		keys = append(keys, key)
		elements = append(elements, each.entry(s.level, key))
	}
	return join(keys...), join(elements...)
}
