// Package reads finds out which parts of the input and of data a policy can touch.
//
// It runs rules on values that say where they come from instead of what they are. Each body is looked through once, in
// the order in which OPA evaluates it, and what an expression does to a value says what of it is read: a reference that
// something is there, a comparison with a scalar that scalar, and whatever is not known to read less, all. A value that
// is only handed on is not read. A comparison of an element's key with constants holds for what follows, so that what
// is read of elements of one type is told from what is read of all.
//
// The claim is that an evaluation sees the same on an input that agrees with another one on the places that are read.
package reads

import (
	"github.com/open-policy-agent/opa/v1/ast"
)

// analysis is what is known of all rules of a compiler.
type analysis struct {
	compiler  *ast.Compiler
	input     *cell
	data      *cell
	documents map[*ast.TreeNode]*summary
	calls     map[*ast.TreeNode]map[string]*summary
	cells     map[string]int
	located   map[int][]place
	stands    map[noted][]int
	numbers   map[string]int
	constants map[*ast.Term]*value
	places    []place
	kept      []*shape // whose address is part of a form
	next      int
	steps     int
	budget    int
}

// budget is how many terms are looked at before everything counts as read. The library takes a fraction of it.
const budget = 2_000_000

func newAnalysis(compiler *ast.Compiler) *analysis {
	return &analysis{
		compiler:  compiler,
		input:     &cell{name: "input", size: 0},
		data:      &cell{name: "data", size: 0},
		documents: map[*ast.TreeNode]*summary{},
		calls:     map[*ast.TreeNode]map[string]*summary{},
		cells:     map[string]int{},
		located:   map[int][]place{},
		stands:    map[noted][]int{},
		numbers:   map[string]int{},
		constants: map[*ast.Term]*value{},
		budget:    budget,
	}
}

// of returns the frame of the documents at some references.
func (a *analysis) of(refs ...ast.Ref) *frame {
	f := newFrame()
	for _, ref := range refs {
		s := a.scope(f)
		s.whole(s.ref(ref))
		s.settle()
	}
	return f
}
