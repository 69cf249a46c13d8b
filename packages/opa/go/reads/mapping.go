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
	mapped := &value{constant: v.constant, computed: v.computed}
	for _, o := range v.origins {
		mapped.origins = append(mapped.origins, m.origin(o))
	}
	for _, s := range v.shapes {
		mapped.shapes = append(mapped.shapes, m.shape(s))
	}
	result := mapped
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
	mapped := c
	bases := make([]origin, len(c.bases))
	where := make([]condition, len(c.where))
	changed := slices.Contains(m.fresh, c)
	for i, base := range c.bases {
		bases[i] = m.origin(base)
		changed = changed || bases[i].cell != base.cell
	}
	for i, each := range c.where {
		where[i] = condition{each.rest, m.condition(each.is)}
		changed = changed || where[i].is != each.is
	}
	if changed {
		mapped = newCell(c.level, bases...)
		mapped.where = where
		if m.level > 0 {
			mapped.level = m.level
		}
	}
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
	mapped := shape{set: s.set, key: s.key}
	if s.fields != nil {
		mapped.fields = make(map[string]*field, len(s.fields))
		for _, name := range s.sorted() {
			mapped.fields[name] = &field{s.fields[name].key, m.value(s.fields[name].value)}
		}
	}
	if s.rest != nil {
		mapped.rest = m.value(s.rest)
	}
	if s.keys != nil {
		mapped.keys = m.value(s.keys)
	}
	for _, c := range s.bound {
		mapped.bound = append(mapped.bound, m.cell(c))
	}
	result := newShape(mapped)
	if m.shapes == nil {
		m.shapes = map[*shape]*shape{}
	}
	m.shapes[s] = result
	return result
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
			for _, name := range s.sorted() {
				visit(s.fields[name].value)
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
