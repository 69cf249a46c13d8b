package reads

import (
	"slices"
	"strings"
)

// An entry is one path that somebody reads, always or where a condition holds.
type entry struct {
	root  string
	path  []string
	at    []string
	key   []string
	value string
	users []int
}

func (e *entry) text() string {
	parts := []string{e.root, e.value, joined(e.at), joined(e.key), joined(e.path)}
	return strings.Join(parts, mark)
}

// entries are the places of all users, without those that follow from others.
type entries struct {
	always map[string]*trie
	some   map[string]*some
	places [][]ending
	found  []*entry
}

// some are the paths below the elements at a path that have, at a key, some value.
type some struct {
	trie
	at, key []string
	value   string
}

// An ending is where the path of a place ends; of is nil where it is read always.
type ending struct {
	node *trie
	of   *some
}

func newEntries(places []place, chosen []*among) *entries {
	e := &entries{
		always: map[string]*trie{"input": {}, "data": {}},
		some:   map[string]*some{},
		places: make([][]ending, len(places)),
	}
	for number, p := range places {
		root, path, c := p.path[0], p.path[1:], chosen[number]
		if c == nil || root == "data" {
			e.places[number] = []ending{{e.always[root].at(path), nil}}
			continue
		}
		at, key := joined(path[:c.keys-1]), joined(c.key)
		for _, value := range c.values {
			name := at + mark + key + mark + value
			of := e.some[name]
			if of == nil {
				of = &some{at: strings.Split(at, separator), key: strings.Split(key, separator), value: value}
				e.some[name] = of
			}
			e.places[number] = append(e.places[number], ending{of.trie.at(path[c.keys-1:]), of})
		}
	}
	return e
}

// add notes what a user reads, who is numbered from 0, all of it at once.
func (e *entries) add(user int, places []place, read []bool) {
	stamp := user + 1
	for _, t := range e.always {
		t.join(stamp)
	}
	var touched []*some
	for number, ok := range read {
		if !ok {
			continue
		}
		for _, each := range e.places[number] {
			if each.of != nil && each.of.user != stamp {
				touched = append(touched, each.of)
			}
			each.node.add(stamp, places[number].whole)
		}
	}
	for root, t := range e.always {
		if !t.whole && t.below == 0 {
			continue
		}
		t.each(nil, func(end *trie, path []string) {
			if !t.covers(path, end.whole, false) {
				e.end(end, path, user, entry{root: root})
			}
		})
	}
	for _, of := range touched {
		of.each(nil, func(end *trie, path []string) {
			if of.covers(path, end.whole, false) {
				return
			}
			if e.always["input"].covers(slices.Concat(of.at, path), end.whole, true) {
				return
			}
			e.end(end, path, user, entry{root: "input", at: of.at, key: of.key, value: of.value})
		})
	}
}

func (e *entries) end(node *trie, path []string, user int, made entry) {
	at := 0
	if node.whole {
		at = 1
	}
	if node.ends[at] == nil {
		made.path = append(make([]string, 0, len(path)+1), path...)
		if node.whole {
			made.path = append(made.path, wildcard+wildcard)
		}
		node.ends[at] = &made
		e.found = append(e.found, &made)
	}
	node.ends[at].users = append(node.ends[at].users, user)
}
