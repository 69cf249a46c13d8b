package reads

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// A frame collects what one rule, or one function with certain arguments, reads: known are places of a document, and
// pending places below a parameter, which the caller knows.
type frame struct {
	known   []int
	pending []pending
	noted   map[noted]bool
	behind  map[*frame]bool // what is called
	asked   *[]bool         // whose all has been here last
}

type pending struct {
	origin origin
	whole  bool
}

// What has been noted is an origin by the number of its cell.
type noted struct {
	cell  int
	rest  string
	whole bool
}

func newFrame() *frame { return &frame{noted: map[noted]bool{}, behind: map[*frame]bool{}} }

// all marks what the frame and those behind it read.
func (f *frame) all(found *[]bool) {
	if f.asked == found {
		return
	}
	f.asked = found
	for _, place := range f.known {
		(*found)[place] = true
	}
	for each := range f.behind {
		each.all(found)
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
	key := noted{s.number(o.cell), joined(o.rest), whole}
	if s.frame.noted[key] {
		return
	}
	s.frame.noted[key] = true
	if o.cell.open() {
		s.frame.pending = append(s.frame.pending, pending{o, whole})
		return
	}
	s.frame.known = append(s.frame.known, s.standing(o, key)...)
}

// settle locates what is left pending where there is no caller to ask.
func (s *scope) settle() {
	for _, each := range s.frame.pending {
		key := noted{s.number(each.origin.cell), joined(each.origin.rest), each.whole}
		s.frame.known = append(s.frame.known, s.standing(each.origin, key)...)
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

// number says what a cell is; cells with equal numbers are read alike.
func (a *analysis) number(c *cell) int {
	if c.number > 0 {
		return c.number
	}
	var text []byte
	if len(c.bases) == 0 {
		text = append(text, c.name...)
		if c.name == "" {
			text = strconv.AppendInt(append(text, '#'), int64(c.parameter), 10)
		}
	}
	// Keys hold no mark, so that none of them is taken for what stands around it.
	text = append(text, mark+"("...)
	for _, base := range c.bases {
		text = a.appendOrigin(text, base)
	}
	text = append(text, mark+")"...)
	for _, each := range c.where {
		text = append(text, mark+"["...)
		text = append(text, joined(each.rest)...)
		text = append(text, mark+"="...)
		text = a.appendValue(text, each.is)
		text = append(text, mark+"]"...)
	}
	number, ok := a.cells[string(text)]
	if !ok {
		number = len(a.cells) + 1
		a.cells[string(text)] = number
	}
	c.number = number
	return number
}

func (a *analysis) appendOrigin(text []byte, o origin) []byte {
	text = strconv.AppendInt(text, int64(a.number(o.cell)), 10)
	text = append(text, mark+"/"...)
	return append(text, joined(o.rest)...)
}

func (a *analysis) appendValue(text []byte, v *value) []byte {
	if _, ok := v.constants(); ok {
		return append(text, v.names()...)
	}
	if name := v.symbol(); name != nil {
		return strconv.AppendInt(append(text, '$'), int64(name.id), 10)
	}
	if o, ok := v.place(); ok {
		return a.appendOrigin(append(text, '@'), o)
	}
	return append(text, '?')
}

// names are the constants of a value as one text.
func (v *value) names() string {
	return strings.Join(slices.Sorted(maps.Keys(v.constant)), ",")
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
		for _, f := range each.fields {
			s.whole(f.value)
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
