package main

// Shape is what a provider's schema says about a value: an object with these attributes, the elements of a list or a
// map, or nothing.
type Shape struct {
	Attributes map[string]*Shape `json:"attributes,omitempty"`
	List       *Shape            `json:"list,omitempty"`
	Map        *Shape            `json:"map,omitempty"`
}

// place is somewhere in the attributes of a resource of a type. Without a shape nothing is known about it.
type place struct {
	of    string
	path  string
	shape *Shape
}

// step is what lies below a place, and whether the schema says that there is no such thing. Without a key it is an
// element.
func (p place) step(key string, isKey bool) (place, bool) {
	next := place{of: p.of, path: p.path}
	switch {
	case p.shape == nil:
	case p.shape.List != nil:
		next.shape = p.shape.List
		return next, !isKey
	case p.shape.Map != nil:
		next.shape = p.shape.Map
	case p.shape.Attributes != nil && isKey:
		found, ok := p.shape.Attributes[key]
		if !ok {
			return next, false
		}
		next.shape = found
		next.path = p.path + "." + key
	}
	return next, true
}
