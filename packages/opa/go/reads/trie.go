package reads

import (
	"maps"
	"slices"
)

// A trie is a set of paths. What ends at a node is read as such, and all below it too if whole.
type trie struct {
	children map[string]*trie
	whole    bool
}

func (t *trie) add(path []string, whole bool) {
	for _, key := range path {
		if t.children == nil {
			t.children = map[string]*trie{}
		}
		child, ok := t.children[key]
		if !ok {
			child = &trie{}
			t.children[key] = child
		}
		t = child
	}
	t.whole = t.whole || whole
}

// paths are the ends of the trie in order, without those that another one with wildcards holds as well.
func (t *trie) paths(others ...func(path []string, whole bool) bool) [][]string {
	found := [][]string{}
	var visit func(node *trie, path []string)
	visit = func(node *trie, path []string) {
		if node.whole || len(node.children) == 0 {
			covered := t.covers(path, node.whole, false)
			for _, other := range others {
				covered = covered || other(path, node.whole)
			}
			if covered {
				return
			}
			end := slices.Clone(path)
			if node.whole {
				end = append(end, wildcard+wildcard)
			}
			found = append(found, end)
			return
		}
		for _, key := range slices.Sorted(maps.Keys(node.children)) {
			visit(node.children[key], append(slices.Clip(path), key))
		}
	}
	if t.whole || len(t.children) > 0 {
		visit(t, []string{})
	}
	return found
}

// covers is whether a path of the trie that is more general holds a path.
func (t *trie) covers(path []string, whole, general bool) bool {
	if t.whole && general {
		return true
	}
	if len(path) == 0 {
		return general && !whole
	}
	if child, ok := t.children[path[0]]; ok && child.covers(path[1:], whole, general) {
		return true
	}
	child, ok := t.children[wildcard]
	return ok && path[0] != wildcard && child.covers(path[1:], whole, true)
}
