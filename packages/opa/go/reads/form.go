package reads

import (
	"fmt"
	"strconv"
	"strings"
)

// A form is how the arguments of a call are made. Calls with equal forms read alike: cells that are one and the same are
// so in both, and what is known of them is equal.
type form struct {
	text  strings.Builder
	call  *summary
	cells map[*cell]int
}

// value writes a value, and returns the shapes that are named by their address and have to stay where they are.
func (f *form) value(v *value) []*shape {
	if v == nil {
		f.text.WriteByte('-')
		return nil
	}
	for _, o := range v.origins {
		f.origin(o)
	}
	if len(v.constant) > 0 {
		f.text.WriteString(v.names())
	}
	for _, name := range v.symbols {
		f.symbol(name)
	}
	if v.computed {
		f.text.WriteByte('?')
	}
	var kept []*shape
	for _, each := range v.shapes {
		if each.pure && len(each.fields) > 8 {
			fmt.Fprintf(&f.text, "%p", each)
			kept = append(kept, each)
			continue
		}
		f.text.WriteByte('{')
		if each.set {
			f.text.WriteByte('#')
		}
		for _, field := range each.fields {
			f.text.WriteString(field.name)
			kept = append(kept, f.value(field.value)...)
		}
		f.text.WriteByte('|')
		kept = append(kept, f.value(each.rest)...)
		kept = append(kept, f.value(each.keys)...)
		if each.key != nil {
			f.text.WriteString("!" + strconv.Itoa(each.key.id))
		}
		for _, c := range each.bound {
			f.cell(c)
		}
		f.text.WriteByte('}')
	}
	return kept
}

func (f *form) origin(o origin) {
	f.text.WriteByte('@')
	f.cell(o.cell)
	f.text.WriteString(mark + "/" + joined(o.rest) + mark)
}

func (f *form) cell(c *cell) {
	if number, ok := f.cells[c]; ok {
		f.text.WriteString("#" + strconv.Itoa(number))
		return
	}
	f.cells[c] = len(f.cells)
	f.text.WriteString(mark + "(" + c.name + strconv.Itoa(c.parameter))
	for _, base := range c.bases {
		f.origin(base)
	}
	for _, each := range c.where {
		f.text.WriteString(mark + "[" + joined(each.rest) + mark + "=")
		f.value(each.is)
	}
	f.text.WriteString(mark + ")")
}

func (f *form) symbol(name *symbol) {
	for number, each := range f.call.symbols {
		if each == name {
			f.text.WriteString("$" + strconv.Itoa(number))
			return
		}
	}
	f.text.WriteString("!$" + strconv.Itoa(name.id))
}
