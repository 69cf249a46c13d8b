package reads

import (
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// A place is a path from a root, and what is certain of elements on the way when it is read.
type place struct {
	path  []string
	whole bool
	where []among
}

// among says that what key leads to, from the first keys of a path, is one of some strings.
type among struct {
	keys   int
	key    []string
	values []string
}

// mostPlaces is how many places one value may have before everything counts as read.
const mostPlaces = 4096

func (a *analysis) place(p place, whole bool) int {
	p.whole = whole
	text := p.text()
	number, ok := a.numbers[text]
	if !ok {
		number = len(a.places)
		a.numbers[text] = number
		a.places = append(a.places, p)
	}
	return number
}

func (p place) text() string {
	text := joined(p.path)
	if p.whole {
		text += mark
	}
	for _, each := range p.where {
		text += mark + strconv.Itoa(each.keys) + mark + joined(each.key) + mark + joined(each.values)
	}
	return text
}

// standing are the numbers of the places where an origin can be, which is noted by a key.
func (a *analysis) standing(o origin, key noted) []int {
	numbers, ok := a.stands[key]
	if !ok {
		for _, each := range a.locate(o) {
			numbers = append(numbers, a.place(each, key.whole))
		}
		a.stands[key] = numbers
	}
	return numbers
}

// locate is where an origin can be.
func (a *analysis) locate(o origin) []place {
	var found []place
	for _, each := range a.cellPlaces(o.cell) {
		each.path = append(slices.Clip(each.path), o.rest...)
		found = append(found, each)
	}
	return found
}

func (a *analysis) cellPlaces(c *cell) []place {
	if len(c.bases) == 0 {
		return []place{{path: []string{c.name}}}
	}
	if known, ok := a.located[a.number(c)]; ok {
		return known
	}
	var found []place
	seen := map[string]bool{}
	for _, base := range c.bases {
		for _, each := range a.locate(base) {
			each.where = slices.Clone(each.where)
			for _, condition := range c.where {
				values, ok := texts(resolve(condition.is))
				if ok && len(condition.rest) > 0 && each.path[len(each.path)-1] == wildcard {
					each.where = append(each.where, among{len(each.path), condition.rest, values})
				}
			}
			each.where = meet(each.where)
			if text := each.text(); !seen[text] {
				seen[text] = true
				found = append(found, each)
			}
		}
	}
	if a.steps += len(found); len(found) > mostPlaces {
		a.steps = a.budget + 1
	}
	a.located[a.number(c)] = found
	return found
}

// meet brings conditions about the same key together and in order.
func meet(all []among) []among {
	var met []among
	for _, each := range all {
		i := slices.IndexFunc(met, func(other among) bool {
			return other.keys == each.keys && slices.Equal(other.key, each.key)
		})
		if i < 0 {
			met = append(met, each)
			continue
		}
		var both []string
		for _, value := range met[i].values {
			if slices.Contains(each.values, value) {
				both = append(both, value)
			}
		}
		met[i].values = both
	}
	slices.SortFunc(met, func(a, b among) int {
		if a.keys != b.keys {
			return a.keys - b.keys
		}
		return strings.Compare(strings.Join(a.key, separator), strings.Join(b.key, separator))
	})
	return met
}

// resolve is what a condition comes down to: a place about which it is known what stands there is that.
func resolve(is *value) *value {
	for range longest {
		o, ok := is.place()
		if !ok {
			return is
		}
		found := nothing
		for c := o; ; {
			for _, each := range c.cell.where {
				if slices.Equal(each.rest, c.rest) {
					found = each.is
				}
			}
			base, ok := c.cell.base()
			if found != nothing || !ok {
				break
			}
			c = origin{base.cell, append(slices.Clip(base.rest), c.rest...)}
		}
		if found == nothing {
			return computed
		}
		is = found
	}
	return computed
}

// texts are the constants of a value, in order, if they are all strings.
func texts(v *value) ([]string, bool) {
	among, ok := v.constants()
	if !ok {
		return nil, false
	}
	var found []string
	for _, each := range ordered(among) {
		text, ok := each.(ast.String)
		if !ok || strings.ContainsAny(string(text), separator+mark) {
			return nil, false
		}
		found = append(found, string(text))
	}
	return found, true
}
