package reads

import (
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/ast"
)

// A frame collects what one rule, or one function with certain arguments, reads: known are places of a document, and
// pending places below a parameter, which the caller knows.
type frame struct {
	known   map[int]bool
	pending map[string]pending
	noted   map[string]bool
	behind  map[*frame]bool // what is called
}

type pending struct {
	origin origin
	whole  bool
}

func newFrame() *frame {
	return &frame{
		known: map[int]bool{}, pending: map[string]pending{}, noted: map[string]bool{}, behind: map[*frame]bool{},
	}
}

// all adds what the frame and those behind it read.
func (f *frame) all(found map[int]bool, seen map[*frame]bool) {
	if seen[f] {
		return
	}
	seen[f] = true
	for place := range f.known {
		found[place] = true
	}
	for each := range f.behind {
		each.all(found, seen)
	}
}

// A scope is a body while it is looked through from the first expression to the last.
type scope struct {
	*analysis
	frame    *frame
	outer    *scope
	level    int
	vars     map[ast.Var]*value
	where    map[*cell][]condition
	symbols  map[*symbol]map[string]ast.Value
	cached   *mapping
	cachedAt int
	learned  int // how often something was found out here, so that what is known is gathered again
}

func (a *analysis) scope(f *frame) *scope {
	return &scope{analysis: a, frame: f, level: 1, vars: map[ast.Var]*value{}}
}

func (s *scope) inner() *scope {
	return &scope{analysis: s.analysis, frame: s.frame, outer: s, level: s.level + 1, vars: map[ast.Var]*value{}}
}

func (s *scope) lookup(name ast.Var) *value {
	for each := s; each != nil; each = each.outer {
		if v, ok := each.vars[name]; ok {
			return v
		}
	}
	return nil
}

// bind gives a variable its value. One that may stand at several places is one cell, so that what is found out about it
// holds wherever it stands.
func (s *scope) bind(name ast.Var, v *value) {
	s.vars[name] = s.one(v)
}

func (s *scope) one(v *value) *value {
	if len(v.origins) < 2 || v.computed || len(v.constant)+len(v.symbols)+len(v.shapes) > 0 {
		return v
	}
	return at(newCell(s.level, v.origins...))
}

// refine notes that a value is equal to another one in all that follows.
func (s *scope) refine(v, is *value) {
	if name := v.symbol(); name != nil {
		if among, ok := is.constants(); ok {
			s.narrow(name, among)
		}
		return
	}
	o, ok := v.place()
	if !ok || len(o.cell.bases) == 0 && o.cell.name != "" {
		return
	}
	if _, ok := is.constants(); !ok && is.symbol() == nil {
		if _, ok := is.place(); !ok {
			return
		}
		is = s.snapshot(is)
	}
	for len(o.rest) == 0 {
		base, ok := o.cell.base()
		if !ok || len(base.rest) == 0 || base.rest[len(base.rest)-1] == wildcard {
			break
		}
		o = base
	}
	s.learn(o.cell, condition{o.rest, is})
}

func (s *scope) learn(c *cell, is condition) {
	if s.where == nil {
		s.where = map[*cell][]condition{}
	}
	s.where[c] = append(s.where[c], is)
	s.learned++
}

func (s *scope) narrow(name *symbol, among map[string]ast.Value) {
	if s.symbols == nil {
		s.symbols = map[*symbol]map[string]ast.Value{}
	}
	s.symbols[name] = among
	s.learned++
}

// snapshot is a value with all that this scope and those around it know about the cells in it.
func (s *scope) snapshot(v *value) *value {
	if v.pure() {
		return v
	}
	return s.known().value(v)
}

func (s *scope) known() *mapping {
	learned := 0
	for each := s; each != nil; each = each.outer {
		learned += each.learned
	}
	if s.cached == nil || s.cachedAt != learned {
		s.cached, s.cachedAt = s.gather(), learned
	}
	return s.cached
}

func (s *scope) gather() *mapping {
	m := &mapping{level: s.level}
	conditions := false
	for each := s; each != nil; each = each.outer {
		conditions = conditions || len(each.where) > 0
		for name, among := range each.symbols {
			if m.symbols == nil {
				m.symbols = map[*symbol]*value{}
			}
			if _, ok := m.symbols[name]; !ok {
				m.symbols[name] = &value{constant: among}
			}
		}
	}
	if conditions {
		m.more = func(c *cell) []condition {
			var found []condition
			for each := s; each != nil; each = each.outer {
				found = append(found, each.where[c]...)
			}
			return m.conditions(found)
		}
	}
	m.idle = !conditions && m.symbols == nil
	return m
}

func (m *mapping) conditions(all []condition) []condition {
	mapped := make([]condition, 0, len(all))
	for _, each := range all {
		mapped = append(mapped, condition{each.rest, m.condition(each.is)})
	}
	return mapped
}

// leave is what values are outside of the scope: what is known of cells here goes with them, and keys that iterations
// here are at lose their names, but one.
func (s *scope) leave(keep *symbol, values ...*value) []*value {
	m := &mapping{level: s.level, symbols: map[*symbol]*value{}}
	for name, among := range s.symbols {
		if name != keep {
			m.symbols[name] = &value{constant: among}
		}
	}
	m.unnamed = func(name *symbol) bool { return name != keep && name.level >= s.level }
	if len(s.where) > 0 {
		m.more = func(c *cell) []condition { return m.conditions(s.where[c]) }
	}
	left := make([]*value, len(values))
	for i, v := range values {
		left[i] = m.value(v)
	}
	return left
}

// read notes that a place is read: whether something stands there and which kind of thing, and a scalar itself; all
// that lies below it too if whole.
func (s *scope) read(o origin, whole bool) {
	s.note(s.known().origin(o), whole)
}

func (s *scope) note(o origin, whole bool) {
	key := o.text()
	if whole {
		key += mark
	}
	if s.frame.noted[key] {
		return
	}
	s.frame.noted[key] = true
	if o.cell.open() {
		s.frame.pending[key] = pending{o, whole}
		return
	}
	for _, each := range s.locate(o) {
		s.frame.known[s.place(each, whole)] = true
	}
}

// settle locates what is left pending where there is no caller to ask.
func (s *scope) settle() {
	for _, each := range s.frame.pending {
		for _, place := range s.locate(each.origin) {
			s.frame.known[s.place(place, each.whole)] = true
		}
	}
}

// open cells lie below a parameter, or are compared with one: what they are only the caller knows.
func (c *cell) open() bool {
	if c.opened == 0 {
		c.opened = 1
		if len(c.bases) == 0 && c.name == "" ||
			slices.ContainsFunc(c.bases, func(o origin) bool { return o.cell.open() }) ||
			slices.ContainsFunc(c.where, func(each condition) bool { return each.is.open() }) {
			c.opened = 2
		}
	}
	return c.opened == 2
}

func (v *value) open() bool {
	if name := v.symbol(); name != nil {
		return name.parameter
	}
	o, ok := v.place()
	return ok && o.cell.open()
}

// A cell of which there is too much to say is like no other.
const longestText = 4096

var unlike atomic.Int64

// text says what a cell is; cells with equal texts are read alike.
func (c *cell) text() string {
	if c.key != "" {
		return c.key
	}
	var b strings.Builder
	if len(c.bases) == 0 {
		b.WriteString(c.name)
		if c.name == "" {
			b.WriteString("#" + strconv.Itoa(c.parameter))
		}
	}
	// Keys hold no mark, so that none of them is taken for what stands around it.
	b.WriteString(mark + "(")
	for _, base := range c.bases {
		b.WriteString(base.text())
	}
	b.WriteString(mark + ")")
	for _, each := range c.where {
		b.WriteString(mark + "[" + joined(each.rest) + mark + "=" + each.is.text() + mark + "]")
	}
	c.key = b.String()
	if len(c.key) > longestText {
		c.key = mark + "!" + strconv.FormatInt(unlike.Add(1), 10)
	}
	return c.key
}

func (o origin) text() string { return o.cell.text() + mark + "/" + joined(o.rest) }

func (v *value) text() string {
	if among, ok := v.constants(); ok {
		names := make([]string, 0, len(among))
		for name := range among {
			names = append(names, name)
		}
		slices.Sort(names)
		return strings.Join(names, ",")
	}
	if name := v.symbol(); name != nil {
		return "$" + strconv.Itoa(name.id)
	}
	if o, ok := v.place(); ok {
		return o.text()
	}
	return "?"
}

// look and whole read what a value is made of: its kind or scalar, or all of it.
func (s *scope) look(v *value) {
	for _, o := range v.origins {
		s.read(o, false)
	}
}

func (s *scope) whole(v *value) {
	if v.pure() {
		return
	}
	for _, o := range v.origins {
		s.read(o, true)
	}
	for _, each := range v.shapes {
		if each.pure {
			continue
		}
		for _, name := range each.sorted() {
			s.whole(each.fields[name].value)
		}
		if each.rest != nil {
			s.whole(each.entry(s.level, each.keys))
			s.whole(each.keys)
		}
	}
}

// entry is one of the rest of a shape, at a key.
func (s *shape) entry(level int, key *value) *value {
	if s.rest.pure() {
		return s.rest
	}
	m := &mapping{level: level, fresh: s.bound}
	if s.key != nil {
		m.symbols = map[*symbol]*value{s.key: key}
	}
	return m.value(s.rest)
}
