package reads

import (
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// A cell is one place of a document, seen from where a variable is bound to it: "an element of resource_changes". What
// is known about that element is in where. The roots have a name, parameters of a function have neither name nor bases.
type cell struct {
	name  string
	bases []origin
	where []condition
	level int // the depth of the scope that bound it
	size  int // keys from the root
	// Parameters have neither name nor bases.
	parameter int
	opened    int // 1 for no, 2 for yes, once it is asked
	number    int // by what it is, from 1, once it is asked
}

// An origin is the place that rest leads to from a cell. The wildcard stands only at the end of the base of a cell.
type origin struct {
	cell *cell
	rest []string
}

// A condition says that what rest leads to from a cell is among some strings, or equal to something.
type condition struct {
	rest []string
	is   *value
}

// A symbol is a key that some iteration is at, such as the type in `some type, resources in plan.resources`.
type symbol struct {
	level, id int
	parameter bool
}

// A value is what a term may be: what stands at one of the origins, one of the constants, a symbol, something built
// with one of the shapes, or, if computed, anything made of what has been read already. Values never change.
type value struct {
	origins  []origin
	constant map[string]ast.Value
	symbols  []*symbol
	shapes   []*shape
	computed bool
}

// A shape is an array, an object or a set that a policy builds. Entries with other keys than those of fields are rest;
// key stands for their key inside rest, and bound are the cells in rest that are other ones in each entry.
type shape struct {
	set    bool
	fields []field // by name
	rest   *value
	keys   *value
	key    *symbol
	bound  []*cell
	pure   bool
	depth  int
}

type field struct {
	name  string
	key   ast.Value
	value *value
}

// put adds a field, or replaces the one of that name.
func (s *shape) put(key ast.Value, v *value) {
	name := key.String()
	i, ok := s.find(name)
	if ok {
		s.fields[i] = field{name, key, v}
	} else {
		s.fields = slices.Insert(s.fields, i, field{name, key, v})
	}
}

func (s *shape) find(name string) (int, bool) {
	return slices.BinarySearchFunc(s.fields, name, func(f field, name string) int { return strings.Compare(f.name, name) })
}

var (
	nothing  = &value{}
	computed = &value{computed: true}
)

const wildcard = "*"

// separator stands between keys where a path is one text, mark between such texts. Keys that hold one of them count as
// any key.
const (
	separator = "\x00"
	mark      = "\x01"
)

func constant(v ast.Value) *value {
	return &value{constant: map[string]ast.Value{v.String(): v}}
}

func at(c *cell, rest ...string) *value { return &value{origins: []origin{{c, rest}}} }

func (o origin) size() int { return o.cell.size + len(o.rest) }

func (o origin) child(key string) origin {
	return origin{o.cell, append(slices.Clip(o.rest), key)}
}

func newCell(level int, bases ...origin) *cell {
	c := &cell{bases: bases, level: level}
	for _, base := range bases {
		c.size = max(c.size, base.size())
	}
	return c
}

// base is where the cell certainly stands, if that is known.
func (c *cell) base() (origin, bool) {
	if len(c.bases) != 1 {
		return origin{}, false
	}
	return c.bases[0], true
}

func newShape(s shape) *shape {
	s.pure = s.key == nil
	visit := func(v *value) {
		if v == nil {
			return
		}
		s.pure = s.pure && v.pure()
		for _, inner := range v.shapes {
			s.depth = max(s.depth, inner.depth)
		}
	}
	for _, f := range s.fields {
		visit(f.value)
	}
	visit(s.rest)
	visit(s.keys)
	s.depth++
	return &s
}

func (s *shape) value() *value { return &value{shapes: []*shape{s}} }

// pure values hold nothing of a document that has not been read.
func (v *value) pure() bool {
	if len(v.origins) > 0 || len(v.symbols) > 0 {
		return false
	}
	return !slices.ContainsFunc(v.shapes, func(s *shape) bool { return !s.pure })
}

// constants are all that the value can be, unless it can be something else.
func (v *value) constants() (map[string]ast.Value, bool) {
	if len(v.constant) == 0 || len(v.origins) > 0 || len(v.symbols) > 0 || len(v.shapes) > 0 || v.computed {
		return nil, false
	}
	return v.constant, true
}

// ordered are constants in an order that is always the same.
func ordered(among map[string]ast.Value) []ast.Value {
	values := make([]ast.Value, 0, len(among))
	for _, each := range among {
		values = append(values, each)
	}
	slices.SortFunc(values, func(a, b ast.Value) int { return a.Compare(b) })
	return values
}

// place is where the value stands, if that is one place.
func (v *value) place() (origin, bool) {
	if len(v.origins) != 1 || len(v.constant) > 0 || len(v.symbols) > 0 || len(v.shapes) > 0 || v.computed {
		return origin{}, false
	}
	return v.origins[0], true
}

func (v *value) symbol() *symbol {
	if len(v.symbols) != 1 || len(v.constant) > 0 || len(v.origins) > 0 || len(v.shapes) > 0 || v.computed {
		return nil
	}
	return v.symbols[0]
}

func join(values ...*value) *value {
	var result *value
	for _, v := range values {
		switch {
		case v == nil || v == nothing || v == result:
		case result == nil:
			result = v
		default:
			result = join2(result, v)
		}
	}
	if result == nil {
		return nothing
	}
	return result
}

func join2(a, b *value) *value {
	joined := &value{
		origins:  slices.Clone(a.origins),
		symbols:  slices.Clone(a.symbols),
		shapes:   slices.Clone(a.shapes),
		computed: a.computed || b.computed,
	}
	for _, o := range b.origins {
		if !slices.ContainsFunc(joined.origins, func(p origin) bool { return p.same(o) }) {
			joined.origins = append(joined.origins, o)
		}
	}
	for _, s := range b.symbols {
		if !slices.Contains(joined.symbols, s) {
			joined.symbols = append(joined.symbols, s)
		}
	}
	for _, s := range b.shapes {
		if !slices.Contains(joined.shapes, s) {
			joined.shapes = append(joined.shapes, s)
		}
	}
	if len(a.constant)+len(b.constant) > 0 {
		joined.constant = make(map[string]ast.Value, len(a.constant)+len(b.constant))
		for _, from := range []*value{a, b} {
			for name, v := range from.constant {
				joined.constant[name] = v
			}
		}
	}
	return joined
}

func (o origin) same(p origin) bool { return o.cell == p.cell && slices.Equal(o.rest, p.rest) }

// keyOf is the key of a document that a constant names; the wildcard where it may be any.
func keyOf(v ast.Value) string {
	switch v := v.(type) {
	case ast.String:
		if v != "*" && v != "**" && !strings.ContainsAny(string(v), separator+mark) {
			return string(v)
		}
	case ast.Number:
		if i, ok := v.Int(); ok {
			return strconv.Itoa(i)
		}
	}
	return wildcard
}
