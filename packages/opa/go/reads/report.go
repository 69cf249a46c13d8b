package reads

import (
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Report says who reads what. A user reads the sets with the numbers that it has, all together.
type Report struct {
	Sets        []Set            `json:"sets"`
	Entrypoints map[string][]int `json:"entrypoints"`
	Policies    map[string][]int `json:"policies"`
}

// Set is paths of the input and of data. A path is a list of keys, of which `*` is any key or index; what stands at
// its end is read if it is a scalar, of others only whether it is an array or an object. `**` is all that lies below.
type Set struct {
	Input []any      `json:"input"`
	Data  [][]string `json:"data"`
}

// Some are paths below those elements at a path that have, at a key, one of some strings.
type Some struct {
	At   []string   `json:"at"`
	Key  []string   `json:"key"`
	In   []string   `json:"in"`
	Read [][]string `json:"read"`
}

// Sources are modules in the order of their evaluation.
type Sources struct{ compiler *ast.Compiler }

// Compile compiles as far as that order is settled. Types, which take the longest, say nothing about reads.
func Compile(modules map[string]*ast.Module, allowed *ast.Capabilities) (*Sources, ast.Errors) {
	compiler := ast.NewCompiler().WithCapabilities(allowed).WithOnlyStagesUpTo(ast.StageRewriteDynamicTerms)
	compiler.Compile(modules)
	return &Sources{compiler}, compiler.Errors
}

// Report returns what entrypoints and policies read, each given by the documents that it is made of.
func (s *Sources) Report(entrypoints, policies map[string][]ast.Ref) *Report {
	a := newAnalysis(s.compiler)
	var users []map[int]bool
	each := func(of map[string][]ast.Ref) {
		for _, name := range slices.Sorted(maps.Keys(of)) {
			users = append(users, a.of(of[name]...))
		}
	}
	each(entrypoints)
	each(policies)
	if a.steps > a.budget {
		return everything(entrypoints, policies)
	}
	chosen := a.choose()
	holders := map[string][]int{}
	entries := map[string]entry{}
	for user, places := range users {
		for _, e := range a.entries(places, chosen) {
			text := e.text()
			entries[text] = e
			holders[text] = append(holders[text], user)
		}
	}
	return grouped(entries, holders, slices.Sorted(maps.Keys(entrypoints)), slices.Sorted(maps.Keys(policies)))
}

func everything(entrypoints, policies map[string][]ast.Ref) *Report {
	all := [][]string{{wildcard + wildcard}}
	report := &Report{
		Sets:        []Set{{Input: []any{all[0]}, Data: all}},
		Entrypoints: map[string][]int{},
		Policies:    map[string][]int{},
	}
	for name := range entrypoints {
		report.Entrypoints[name] = []int{0}
	}
	for name := range policies {
		report.Policies[name] = []int{0}
	}
	return report
}

// An entry is one path that somebody reads, always or where a condition holds.
type entry struct {
	root  string
	path  []string
	at    []string
	key   []string
	value string
}

func (e entry) text() string {
	parts := []string{e.root, e.value, joined(e.at), joined(e.key), joined(e.path)}
	return strings.Join(parts, mark)
}

func joined(path []string) string { return strings.Join(path, separator) }

// choose keeps one condition of each place, the one about the key that tells most apart.
func (a *analysis) choose() []*among {
	name := func(p place, each among) string { return joined(p.path[:each.keys]) + mark + joined(each.key) }
	told := map[string]map[string]bool{}
	for _, p := range a.places {
		for _, each := range p.where {
			if told[name(p, each)] == nil {
				told[name(p, each)] = map[string]bool{}
			}
			for _, value := range each.values {
				told[name(p, each)][value] = true
			}
		}
	}
	chosen := make([]*among, len(a.places))
	for i, p := range a.places {
		for j := range p.where {
			if chosen[i] == nil || len(told[name(p, p.where[j])]) > len(told[name(p, *chosen[i])]) {
				chosen[i] = &p.where[j]
			}
		}
	}
	return chosen
}

// entries are the places that somebody reads without those that follow from others.
func (a *analysis) entries(places map[int]bool, chosen []*among) []entry {
	always := map[string]*trie{"input": {}, "data": {}}
	type condition struct{ at, key, value string }
	some := map[condition]*trie{}
	for number := range places {
		p := a.places[number]
		root, path, c := p.path[0], p.path[1:], chosen[number]
		if c == nil || root == "data" {
			always[root].add(path, p.whole)
			continue
		}
		for _, value := range c.values {
			name := condition{joined(path[:c.keys-1]), joined(c.key), value}
			if some[name] == nil {
				some[name] = &trie{}
			}
			some[name].add(path[c.keys-1:], p.whole)
		}
	}
	var found []entry
	for root, t := range always {
		for _, path := range t.paths() {
			found = append(found, entry{root: root, path: path})
		}
	}
	for name, t := range some {
		at, key := strings.Split(name.at, separator), strings.Split(name.key, separator)
		held := func(path []string, whole bool) bool {
			return always["input"].covers(append(slices.Clip(at), path...), whole, true)
		}
		for _, path := range t.paths(held) {
			found = append(found, entry{"input", path, at, key, name.value})
		}
	}
	return found
}

// grouped puts what the same users read into one set.
func grouped(entries map[string]entry, holders map[string][]int, entrypoints, policies []string) *Report {
	sets := map[string][]string{}
	for _, text := range slices.Sorted(maps.Keys(entries)) {
		users := make([]rune, 0, len(holders[text]))
		for _, user := range holders[text] {
			users = append(users, rune(user+1))
		}
		sets[string(users)] = append(sets[string(users)], text)
	}
	report := &Report{Sets: []Set{}, Entrypoints: map[string][]int{}, Policies: map[string][]int{}}
	for _, name := range entrypoints {
		report.Entrypoints[name] = []int{}
	}
	for _, name := range policies {
		report.Policies[name] = []int{}
	}
	order := slices.SortedFunc(maps.Keys(sets), func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a) // what many read first
		}
		return strings.Compare(a, b)
	})
	for number, users := range order {
		report.Sets = append(report.Sets, setOf(entries, sets[users]))
		for _, user := range users {
			user := int(user) - 1
			if user < len(entrypoints) {
				report.Entrypoints[entrypoints[user]] = append(report.Entrypoints[entrypoints[user]], number)
			} else {
				name := policies[user-len(entrypoints)]
				report.Policies[name] = append(report.Policies[name], number)
			}
		}
	}
	return report
}

func setOf(entries map[string]entry, texts []string) Set {
	set := Set{Input: []any{}, Data: [][]string{}}
	type condition struct{ at, key, value string }
	some := map[condition][][]string{}
	for _, text := range texts {
		e := entries[text]
		switch {
		case e.at != nil:
			name := condition{joined(e.at), joined(e.key), e.value}
			some[name] = append(some[name], e.path)
		case e.root == "input":
			set.Input = append(set.Input, e.path)
		default:
			set.Data = append(set.Data, e.path)
		}
	}
	alike := map[string]*Some{}
	for name, paths := range some {
		texts := make([]string, 0, len(paths))
		for _, path := range paths {
			texts = append(texts, joined(path))
		}
		form := strings.Join(append([]string{name.at, name.key}, texts...), mark)
		if alike[form] == nil {
			alike[form] = &Some{At: strings.Split(name.at, separator), Key: strings.Split(name.key, separator), Read: paths}
		}
		alike[form].In = append(alike[form].In, name.value)
	}
	for _, form := range slices.Sorted(maps.Keys(alike)) {
		slices.Sort(alike[form].In)
		set.Input = append(set.Input, *alike[form])
	}
	return set
}
