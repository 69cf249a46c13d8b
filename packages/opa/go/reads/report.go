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
	var users []*frame
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
	all := newEntries(a.places, a.choose())
	for user, f := range users {
		read := make([]bool, len(a.places))
		f.all(&read)
		all.add(user, a.places, read)
	}
	return grouped(all.found, slices.Sorted(maps.Keys(entrypoints)), slices.Sorted(maps.Keys(policies)))
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

// grouped puts what the same users read into one set.
func grouped(found []*entry, entrypoints, policies []string) *Report {
	entries := map[string]*entry{}
	for _, e := range found {
		entries[e.text()] = e
	}
	sets := map[string][]*entry{}
	for _, text := range slices.Sorted(maps.Keys(entries)) {
		e := entries[text]
		users := make([]rune, 0, len(e.users))
		for _, user := range e.users {
			users = append(users, rune(user+1))
		}
		sets[string(users)] = append(sets[string(users)], e)
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
		report.Sets = append(report.Sets, setOf(sets[users]))
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

func setOf(entries []*entry) Set {
	set := Set{Input: []any{}, Data: [][]string{}}
	type condition struct{ at, key, value string }
	some := map[condition][][]string{}
	for _, e := range entries {
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
