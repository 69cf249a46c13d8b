package reads

import (
	"slices"
	"strings"
)

// A trie is a set of paths for each of many users, of whom one after the other is asked about: a node is part of the set
// if it has the number of the user. What ends at a node is read as such, and all below it too if whole.
type trie struct {
	key      string
	parent   *trie
	children []*trie // by key
	user     int
	whole    bool
	below    int       // how many children the user has
	ends     [2]*entry // what is read here, and that with all below it
}

func (t *trie) find(key string) (int, bool) {
	return slices.BinarySearchFunc(t.children, key, func(child *trie, key string) int {
		return strings.Compare(child.key, key)
	})
}

// at is the node at the end of a path, which is in nobody's set yet.
func (t *trie) at(path []string) *trie {
	for _, key := range path {
		i, ok := t.find(key)
		if !ok {
			t.children = slices.Insert(t.children, i, &trie{key: key, parent: t})
		}
		t = t.children[i]
	}
	return t
}

// add puts the path that ends here into the set of a user, whose number is larger than those before.
func (t *trie) add(user int, whole bool) {
	t.join(user)
	t.whole = t.whole || whole
}

func (t *trie) join(user int) {
	if t.user == user {
		return
	}
	t.user, t.whole, t.below = user, false, 0
	if t.parent != nil {
		t.parent.join(user)
		t.parent.below++
	}
}

// child is the node at a key, if the user has it.
func (t *trie) child(key string) *trie {
	if i, ok := t.find(key); ok && t.children[i].user == t.user {
		return t.children[i]
	}
	return nil
}

// each visits the ends of the user's paths, in order. The path is another one after the call.
func (t *trie) each(path []string, visit func(end *trie, path []string)) {
	if t.whole || t.below == 0 {
		visit(t, path)
		return
	}
	for _, child := range t.children {
		if child.user == t.user {
			child.each(append(path, child.key), visit)
		}
	}
}

// covers is whether a path of the user that is more general holds a path.
func (t *trie) covers(path []string, whole, general bool) bool {
	if t.whole && general {
		return true
	}
	if len(path) == 0 {
		return general && !whole
	}
	if child := t.child(path[0]); child != nil && child.covers(path[1:], whole, general) {
		return true
	}
	if path[0] == wildcard {
		return false
	}
	child := t.child(wildcard)
	return child != nil && child.covers(path[1:], whole, true)
}
