// Package typeindex lets rules that walk all resources of a plan and compare their types look at those of a type alone.
//
// The expression that goes through the elements goes through those of a type instead, which an index has that is made
// once for an input; where the author asks for their keys, an expression before it says which ones can come to anything.
// All other expressions stay and decide. So it is sound as soon as the body fails for every other element, and would do
// nothing else on its way there that can be seen: between the walk and the comparison stand only expressions that cannot
// be an error.
package typeindex

import (
	"cmp"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Rewriting is one walk that looks into the index. Before and after are Rego; types are those that are compared with,
// none where the type is in a variable.
type Rewriting struct {
	File   string   `json:"file"`
	Line   int      `json:"line"`
	Before string   `json:"before"`
	After  string   `json:"after"`
	Types  []string `json:"types"`
}

// Rewritten is modules with an index beside them, until Undo.
type Rewritten struct {
	Index      *ast.Module
	Source     string // of the index
	Rewritings []Rewriting
	Touched    map[*ast.Module]bool
	weight     int
	slots      []slot
}

type slot struct {
	at     *ast.Body
	before ast.Body
}

// Fewest is how many walks make an index worth its while: to make it takes as long as about five of them.
const Fewest = 8

// often is how many walks one stands for that may be made again and again: in a function, or inside another body.
const often = 4

// Rewrite rewrites the walks of modules where they stand, unless they are fewer than that many or the index could be
// seen; then it returns nothing.
func Rewrite(modules []*ast.Module, fewest int) *Rewritten {
	names := known(modules)
	if !names.hidden {
		return nil
	}
	w := &writer{names: names, index: &index{}, made: &Rewritten{Touched: map[*ast.Module]bool{}}}
	for _, module := range modules {
		w.module(module)
	}
	made := w.made
	if len(made.Rewritings) == 0 || made.weight < fewest {
		made.Undo()
		return nil
	}
	made.Index, made.Source = w.index.module(), w.index.source()
	slices.SortStableFunc(made.Rewritings, func(a, b Rewriting) int {
		return cmp.Or(cmp.Compare(a.File, b.File), a.Line-b.Line)
	})
	return made
}

// Undo makes the modules what they were.
func (r *Rewritten) Undo() {
	for _, each := range slices.Backward(r.slots) {
		*each.at = each.before
	}
	r.slots = nil
}
