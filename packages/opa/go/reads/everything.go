package reads

import (
	"github.com/open-policy-agent/opa/v1/ast"
)

// everything reads what an expression or a term can touch in any way: what its variables are made of, and the whole of
// what it and all the rules behind it refer to. `with` may change what any of them means.
func (s *scope) everything(x any) {
	s.mentioned(x, map[*ast.Rule]bool{})
	ast.WalkVars(x, func(name ast.Var) bool {
		if name.Equal(ast.InputRootDocument.Value) || name.Equal(ast.DefaultRootDocument.Value) {
			return false
		}
		if known := s.lookup(name); known != nil {
			s.whole(known)
		} else {
			s.bind(name, computed)
		}
		return false
	})
}

func (s *scope) mentioned(x any, seen map[*ast.Rule]bool) {
	ast.NewGenericVisitor(func(x any) bool {
		s.steps++
		switch x := x.(type) {
		case *ast.With:
			s.mentioned(x.Value, seen) // what it stands in for is not read
			return true
		case ast.Var:
			if x.Equal(ast.InputRootDocument.Value) || x.Equal(ast.DefaultRootDocument.Value) {
				s.mentioned(ast.Ref{ast.NewTerm(x)}, seen)
			}
		case ast.Ref:
			switch {
			case x[0].Equal(ast.InputRootDocument):
				s.prefix(s.input, x)
			case x[0].Equal(ast.DefaultRootDocument):
				if !s.behind(x, seen) {
					s.prefix(s.data, x)
				}
			}
			for _, key := range x[1:] {
				s.mentioned(key, seen)
			}
			return true
		}
		return false
	}).Walk(x)
}

// prefix reads all below the constant part of a reference.
func (s *scope) prefix(root *cell, ref ast.Ref) {
	o := origin{cell: root}
	for _, term := range ref[1:] {
		var key string
		switch term.Value.(type) {
		case ast.String, ast.Number:
			key = keyOf(term.Value)
		default:
			key = wildcard
		}
		if key == wildcard {
			break
		}
		o = o.child(key)
	}
	s.note(o, true)
}

// behind is everything that the rules at a reference mention, and whether it leads to rules alone.
func (s *scope) behind(ref ast.Ref, seen map[*ast.Rule]bool) bool {
	node := s.compiler.RuleTree.Child(ast.DefaultRootDocument.Value)
	for _, term := range ref[1:] {
		if node == nil {
			return false
		}
		if len(node.Values) > 0 || !constantKey(term) {
			break
		}
		node = node.Child(term.Value)
	}
	if node == nil {
		return false
	}
	node.DepthFirst(func(each *ast.TreeNode) bool {
		for _, rule := range each.Values {
			if !seen[rule] {
				seen[rule] = true
				s.mentioned(rule, seen)
			}
		}
		return false
	})
	return len(node.Values) > 0
}

func constantKey(term *ast.Term) bool {
	_, ok := term.Value.(ast.String)
	return ok
}
