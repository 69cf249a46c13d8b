package typeindex

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// generator is an expression that goes through elements: where they lie, the variable of the element, if it has one, and
// that of its key, if it has one.
type generator struct {
	root     ast.Ref
	element  ast.Var
	key      *ast.Term
	declares bool // whether the key was declared by the expression
	// The expression with a key, of the elements themselves or of others that stand for them.
	with func(others ast.Ref, key *ast.Term) []*ast.Expr
}

// lists are the names of what holds resources.
var lists = []string{"resource_changes", "resources"}

// root is the place below input that a term stands for, where it is one that holds resources.
func (p *place) root(term *ast.Term) ast.Ref {
	switch value := term.Value.(type) {
	case ast.Var:
		if root, ok := p.lists[value]; ok {
			return root
		}
		return p.rootOf(ast.Ref{term}, 4)
	case ast.Ref:
		return p.rootOf(value, 4)
	}
	return nil
}

// rootOf follows names through imports and rules that are another name, as often as depth says.
func (p *place) rootOf(ref ast.Ref, depth int) ast.Ref {
	path, ok := p.global(ref)
	if !ok || depth == 0 {
		return nil
	}
	if !path.HasPrefix(ast.InputRootRef) {
		value := p.one(path)
		if value == nil {
			return nil
		}
		inner, ok := value.Value.(ast.Ref)
		if !ok || !inner.HasPrefix(ast.InputRootRef) {
			return nil
		}
		path = inner
	}
	for _, each := range path[1:] {
		if !isString(each) {
			return nil
		}
	}
	if len(path) < 2 || !slices.Contains(lists, string(path[len(path)-1].Value.(ast.String))) {
		return nil
	}
	return path
}

// generator is what an expression goes through.
func (p *place) generator(expr *ast.Expr) *generator {
	if decl, ok := expr.Terms.(*ast.SomeDecl); ok {
		return p.declaration(decl)
	}
	if expr.IsAssignment() || expr.IsEquality() {
		if found := p.assigned(expr, 0); found != nil {
			return found
		}
		if found := p.assigned(expr, 1); found != nil && !expr.IsAssignment() {
			return found
		}
	}
	return p.compared(expr)
}

// declaration is `some x in list` or `some i, x in list`.
func (p *place) declaration(decl *ast.SomeDecl) *generator {
	call, ok := decl.Symbols[0].Value.(ast.Call)
	if !ok || len(decl.Symbols) != 1 {
		return nil
	}
	list := call[len(call)-1]
	element, ok := call[len(call)-2].Value.(ast.Var)
	root := p.root(list)
	if !ok || root == nil || element.IsWildcard() {
		return nil
	}
	found := &generator{root: root, element: element}
	if len(call) == 4 {
		key, ok := call[1].Value.(ast.Var)
		if !ok {
			return nil
		}
		if !key.IsWildcard() {
			found.key, found.declares = call[1], true
		}
	}
	found.with = func(others ast.Ref, key *ast.Term) []*ast.Expr {
		from := at(list, key)
		if others != nil {
			from = others.Append(key)
		}
		return []*ast.Expr{ast.Assign.Expr(call[len(call)-2], ast.NewTerm(from))}
	}
	return found
}

func at(list, key *ast.Term) ast.Ref {
	if ref, ok := list.Value.(ast.Ref); ok {
		return ref.Append(key)
	}
	return ast.Ref{list, key}
}

// assigned is `x := list[i]`.
func (p *place) assigned(expr *ast.Expr, side int) *generator {
	element, ok := expr.Operand(side).Value.(ast.Var)
	if !ok || element.IsWildcard() {
		return nil
	}
	if _, ok := p.global(ast.Ref{expr.Operand(side)}); ok {
		return nil
	}
	root, key := p.entry(expr.Operand(1 - side))
	if root == nil {
		return nil
	}
	return p.replacing(expr, &generator{root: root, element: element}, key)
}

// compared is `list[i].type == …`, which is its own filter.
func (p *place) compared(expr *ast.Expr) *generator {
	terms, ok := expr.Terms.([]*ast.Term)
	if !ok || len(terms) != 3 {
		return nil
	}
	for _, term := range terms[1:] {
		ref, ok := term.Value.(ast.Ref)
		if !ok || len(ref) < 3 || !ref[len(ref)-1].Equal(typeKey) {
			continue
		}
		root, key := p.entry(ast.NewTerm(slices.Clone(ref[:len(ref)-1])))
		if root != nil {
			return p.replacing(expr, &generator{root: root}, key)
		}
	}
	return nil
}

// entry is the root and the variable of `list[i]`.
func (p *place) entry(term *ast.Term) (ast.Ref, *ast.Term) {
	ref, ok := term.Value.(ast.Ref)
	if !ok || len(ref) < 2 {
		return nil, nil
	}
	last := len(ref) - 1
	key, ok := ref[last].Value.(ast.Var)
	if !ok {
		return nil, nil
	}
	if _, ok := p.global(ast.Ref{ref[last]}); ok || ast.RootDocumentNames.Contains(ref[last]) {
		return nil, nil
	}
	list := ast.NewTerm(slices.Clone(ref[:last]))
	if last == 1 {
		list = ref[0]
	}
	if root := p.root(list); root != nil && !p.bound[key] {
		return root, ref[last]
	}
	return nil, nil
}

// replacing is a generator whose expression stays as it is but for a wildcard.
func (p *place) replacing(expr *ast.Expr, found *generator, key *ast.Term) *generator {
	wildcard := key.Value.(ast.Var).IsWildcard()
	if !wildcard {
		found.key = key
	}
	found.with = func(others ast.Ref, with *ast.Term) []*ast.Expr {
		if !wildcard {
			return []*ast.Expr{expr}
		}
		cpy := *expr
		terms := slices.Clone(expr.Terms.([]*ast.Term))
		for i, term := range terms {
			if ref, ok := term.Value.(ast.Ref); ok && i > 0 {
				replaced := slices.Clone(ref)
				for j, each := range ref {
					if !each.Equal(key) {
						continue
					}
					replaced[j] = with
					if others != nil {
						replaced = slices.Concat(others, replaced[j:])
					}
				}
				terms[i] = &ast.Term{Value: replaced, Location: term.Location}
			}
		}
		cpy.Terms = terms
		return []*ast.Expr{&cpy}
	}
	return found
}

// fresh is whether the variables of a generator get their values from it: nothing before speaks of them but `some`.
func (g *generator) fresh(before ast.Body, p *place) bool {
	free := true
	for _, expr := range before {
		if decl, ok := expr.Terms.(*ast.SomeDecl); ok {
			if _, ok := decl.Symbols[0].Value.(ast.Call); !ok {
				continue
			}
		}
		ast.WalkVars(expr, func(v ast.Var) bool {
			if v == g.element || g.key != nil && v.Equal(g.key.Value) {
				free = false
			}
			return false
		})
	}
	return free && !p.bound[g.element]
}
