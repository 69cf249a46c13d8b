package typeindex

import "github.com/open-policy-agent/opa/v1/ast"

// names is what modules call what.
type names struct {
	rules  map[string][]*ast.Rule // by their path
	heads  map[string]bool        // the paths of the first names of rules
	hidden bool                   // whether no policy can see a package that it does not name
	mocked bool                   // whether a `with` puts something else in the place of a rule or function
	busy   map[string]bool        // functions that are being looked into
}

// scope is what names mean in a module, and in a rule of it.
type scope struct {
	*names
	here     ast.Ref
	imports  map[ast.Var]ast.Ref
	declared map[ast.Var]bool
}

func known(modules []*ast.Module) *names {
	n := &names{rules: map[string][]*ast.Rule{}, heads: map[string]bool{}, hidden: true, busy: map[string]bool{}}
	for _, module := range modules {
		if len(module.Package.Path) > 1 && module.Package.Path[1].Equal(ast.StringTerm(Package)) {
			n.hidden = false
		}
		for _, each := range module.Imports {
			if path, ok := each.Path.Value.(ast.Ref); ok && len(path) == 1 && path.Equal(ast.DefaultRootRef) {
				n.hidden = false
			}
		}
		for _, rule := range module.Rules {
			path := module.Package.Path.Extend(rule.Head.Ref()).String()
			if rule.Head.Args == nil && !rule.Head.Ref().IsGround() {
				path = module.Package.Path.Extend(rule.Head.Ref().GroundPrefix()).String()
			}
			n.rules[path] = append(n.rules[path], rule)
			n.heads[module.Package.Path.Extend(rule.Head.Ref()[:1]).String()] = true
			visit := ast.NewGenericVisitor(n.look)
			visit.Walk(rule)
			for _, each := range rule.Head.Reference[1:] {
				visit.Walk(each)
			}
		}
	}
	return n
}

func (n *names) look(node any) bool {
	switch node := node.(type) {
	case *ast.With:
		if target, ok := node.Target.Value.(ast.Ref); !ok || !target.HasPrefix(ast.InputRootRef) {
			n.mocked = true
		}
	case *ast.Term:
		switch value := node.Value.(type) {
		case ast.Var:
			if value.Equal(ast.DefaultRootDocument.Value) {
				n.hidden = false // all of data
			}
		case ast.Ref:
			if value[0].Equal(ast.DefaultRootDocument) {
				if len(value) == 1 || !isString(value[1]) || value[1].Equal(ast.StringTerm(Package)) {
					n.hidden = false
				}
				for _, each := range value[1:] {
					ast.NewGenericVisitor(n.look).Walk(each)
				}
				return true
			}
		}
	}
	return false
}

func isString(term *ast.Term) bool {
	_, ok := term.Value.(ast.String)
	return ok
}

func (n *names) scopeOf(module *ast.Module) *scope {
	s := &scope{names: n, here: module.Package.Path, imports: map[ast.Var]ast.Ref{}}
	for _, each := range module.Imports {
		if path, ok := each.Path.Value.(ast.Ref); ok {
			s.imports[each.Name()] = path
		}
	}
	return s
}

// in is the scope inside a rule, with what it declares.
func (s scope) in(rule *ast.Rule) *scope {
	s.declared = map[ast.Var]bool{}
	declare := func(term *ast.Term) {
		ast.WalkVars(term, func(v ast.Var) bool {
			s.declared[v] = true
			return false
		})
	}
	ast.NewGenericVisitor(func(node any) bool {
		switch node := node.(type) {
		case ast.Args:
			for _, each := range node {
				declare(each)
			}
		case *ast.SomeDecl:
			for _, each := range declarations(node) {
				declare(each)
			}
		case *ast.Every:
			declare(node.Value)
			if node.Key != nil {
				declare(node.Key)
			}
		case *ast.Expr:
			if node.IsAssignment() {
				declare(node.Operand(0))
			}
		}
		return false
	}).Walk(rule)
	return &s
}

// declarations are the terms that a `some` declares.
func declarations(node *ast.SomeDecl) []*ast.Term {
	if call, ok := node.Symbols[0].Value.(ast.Call); ok {
		return call[1 : len(call)-1]
	}
	return node.Symbols
}

// global is the document that a name stands for: a path below input or data, or nothing for a variable.
func (s *scope) global(ref ast.Ref) (ast.Ref, bool) {
	head, ok := ref[0].Value.(ast.Var)
	if !ok {
		return nil, false
	}
	if ref.HasPrefix(ast.InputRootRef) || ref.HasPrefix(ast.DefaultRootRef) {
		return ref, true
	}
	if s.declared[head] {
		return nil, false
	}
	if path, ok := s.imports[head]; ok {
		return path.Concat(ref[1:]), true
	}
	if path := s.here.Append(ast.StringTerm(string(head))); s.heads[path.String()] {
		return path.Concat(ref[1:]), true
	}
	return nil, false
}

// ambiguous is whether a name is that of a variable somewhere in a rule, and of a document elsewhere.
func (s *scope) ambiguous(name ast.Var) bool {
	_, imported := s.imports[name]
	return imported || s.heads[s.here.Append(ast.StringTerm(string(name))).String()]
}

// one is the only rule at a path, whose value is always the same: no body, no arguments, no other rule.
func (s *scope) one(ref ast.Ref) *ast.Term {
	rules := s.rules[ref.String()]
	if len(rules) != 1 || s.mocked {
		return nil
	}
	rule := rules[0]
	plain := len(rule.Body) == 1 && rule.Body[0].Equal(ast.NewExpr(ast.BooleanTerm(true)))
	if rule.Default || rule.Else != nil || len(rule.Head.Args) > 0 || rule.Head.Key != nil || !plain {
		return nil
	}
	return rule.Head.Value
}
