package reads

import "slices"

// A mapping copies values and puts other cells and symbols in place of some.
type mapping struct {
	cells   map[*cell]*cell
	fresh   []*cell // to be copied whether they change or not
	level   int     // of copies
	symbols map[*symbol]*value
	place   *origin // to be replaced, in conditions, by become
	become  *value
	more    func(*cell) []condition
	shapes  map[*shape]*shape
	unnamed func(*symbol) bool // symbols that lose their identity
	idle    bool               // whether nothing takes the place of anything
}

func (m *mapping) value(v *value) *value {
	if m.idle || v.pure() {
		return v
	}
	origins, shapes := v.origins, v.shapes
	changed := len(v.symbols) > 0
	for i, o := range v.origins {
		if mapped := m.origin(o); mapped.cell != o.cell {
			if &origins[0] == &v.origins[0] {
				origins = slices.Clone(origins)
			}
			origins[i], changed = mapped, true
		}
	}
	for i, s := range v.shapes {
		if mapped := m.shape(s); mapped != s {
			if &shapes[0] == &v.shapes[0] {
				shapes = slices.Clone(shapes)
			}
			shapes[i], changed = mapped, true
		}
	}
	if !changed {
		return v
	}
	result := &value{origins: origins, constant: v.constant, shapes: shapes, computed: v.computed}
	for _, s := range v.symbols {
		result = join(result, m.symbol(s))
	}
	return result
}

func (m *mapping) symbol(s *symbol) *value {
	if v, ok := m.symbols[s]; ok {
		return v
	}
	if m.unnamed != nil && m.unnamed(s) {
		return computed
	}
	return &value{symbols: []*symbol{s}}
}

func (m *mapping) origin(o origin) origin {
	if m.idle {
		return o
	}
	return origin{m.cell(o.cell), o.rest}
}

func (m *mapping) cell(c *cell) *cell {
	if mapped, ok := m.cells[c]; ok {
		return mapped
	}
	mapped := m.copied(c)
	if m.more != nil {
		if more := m.more(c); len(more) > 0 {
			derived := newCell(m.level, origin{cell: mapped})
			derived.where = more
			mapped = derived
		}
	}
	if m.cells == nil {
		m.cells = map[*cell]*cell{}
	}
	m.cells[c] = mapped
	return mapped
}

// copied is the cell on the cells that its bases become, or itself where nothing changes.
func (m *mapping) copied(c *cell) *cell {
	changed := slices.Contains(m.fresh, c)
	bases, where := c.bases, c.where
	for i, base := range c.bases {
		if mapped := m.origin(base); mapped.cell != base.cell {
			if &bases[0] == &c.bases[0] {
				bases = slices.Clone(c.bases)
			}
			bases[i], changed = mapped, true
		}
	}
	for i, each := range c.where {
		if is := m.condition(each.is); is != each.is {
			if &where[0] == &c.where[0] {
				where = slices.Clone(c.where)
			}
			where[i].is, changed = is, true
		}
	}
	if !changed {
		return c
	}
	mapped := newCell(c.level, bases...)
	mapped.where = where
	if m.level > 0 {
		mapped.level = m.level
	}
	return mapped
}

func (m *mapping) condition(is *value) *value {
	if m.place != nil {
		if o, ok := is.place(); ok && o.bare().same(m.place.bare()) {
			return m.become
		}
	}
	if s := is.symbol(); s != nil {
		if v, ok := m.symbols[s]; ok {
			return v
		}
		return is
	}
	// What is known of a cell was taken down when it was compared; conditions can name each other in a circle.
	if o, ok := is.place(); ok && m.more == nil {
		if mapped := m.origin(o); mapped.cell != o.cell {
			return &value{origins: []origin{mapped}}
		}
	}
	return is
}

// bare is the same place without what is known about it.
func (o origin) bare() origin {
	for {
		base, ok := o.cell.base()
		if !ok || len(base.rest) > 0 {
			return o
		}
		o.cell = base.cell
	}
}

func (m *mapping) shape(s *shape) *shape {
	if s.pure {
		return s
	}
	if mapped, ok := m.shapes[s]; ok {
		return mapped
	}
	result := m.rebuilt(s)
	if m.shapes == nil {
		m.shapes = map[*shape]*shape{}
	}
	m.shapes[s] = result
	return result
}

// rebuilt is the shape made of what its parts become, or itself where nothing changes.
func (m *mapping) rebuilt(s *shape) *shape {
	mapped := shape{set: s.set, key: s.key, fields: s.fields, rest: s.rest, keys: s.keys, bound: s.bound}
	changed := false
	for i, f := range s.fields {
		if v := m.value(f.value); v != f.value {
			if &mapped.fields[0] == &s.fields[0] {
				mapped.fields = slices.Clone(s.fields)
			}
			mapped.fields[i].value, changed = v, true
		}
	}
	if s.rest != nil {
		mapped.rest = m.value(s.rest)
	}
	if s.keys != nil {
		mapped.keys = m.value(s.keys)
	}
	for i, c := range s.bound {
		if cell := m.cell(c); cell != c {
			if &mapped.bound[0] == &s.bound[0] {
				mapped.bound = slices.Clone(s.bound)
			}
			mapped.bound[i], changed = cell, true
		}
	}
	if !changed && mapped.rest == s.rest && mapped.keys == s.keys {
		return s
	}
	return newShape(mapped)
}

// free are the cells of a value from a level on that no shape inside binds.
func free(level int, values ...*value) []*cell {
	var found []*cell
	seen := map[*cell]bool{}
	var cells func(c *cell)
	cells = func(c *cell) {
		if seen[c] {
			return
		}
		seen[c] = true
		if c.level >= level && len(c.bases) > 0 {
			found = append(found, c)
		}
		for _, base := range c.bases {
			cells(base.cell)
		}
	}
	var visit func(v *value)
	visit = func(v *value) {
		if v == nil || v.pure() {
			return
		}
		for _, o := range v.origins {
			cells(o.cell)
		}
		for _, s := range v.shapes {
			for _, c := range s.bound {
				if seen[c] {
					continue
				}
				seen[c] = true
				for _, base := range c.bases {
					cells(base.cell)
				}
			}
			for _, f := range s.fields {
				visit(f.value)
			}
			visit(s.rest)
			visit(s.keys)
		}
	}
	for _, v := range values {
		visit(v)
	}
	return found
}
