package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// sighting is what was found out about one type or attribute that a policy names: where it should be and is not, and
// what is there instead.
type sighting struct {
	term       *ast.Term
	right      bool
	isType     bool
	owners     []string
	candidates []string
	isList     bool
}

func (r *reader) sighting(term *ast.Term) *sighting {
	key := placeOf(term)
	if key == "" {
		return &sighting{}
	}
	if r.reads[key] == nil {
		r.reads[key] = &sighting{term: term}
	}
	return r.reads[key]
}

// checkType warns of a type that a policy names and that the provider of its name does not have, where it has one that
// is nearly the same: other types may be those of another version.
func (r *reader) checkType(term *ast.Term) {
	name, ok := term.Value.(ast.String)
	if !ok || !r.prefixes[prefixOf(string(name))] {
		return
	}
	seen := r.sighting(term)
	if _, known := r.shapes[string(name)]; known {
		seen.right = true
		return
	}
	near := within(string(name), slices.Collect(maps.Keys(r.shapes)), 2)
	seen.right = seen.right || near == ""
	seen.isType, seen.candidates = true, []string{near}
}

// checkAttribute takes note of an attribute that none of the places has. Without places it is never read.
func (r *reader) checkAttribute(term *ast.Term, places []place) {
	name := string(term.Value.(ast.String))
	seen := r.sighting(term)
	for _, each := range places {
		_, ok := each.step(name, true)
		seen.right = seen.right || ok
		seen.owners = append(seen.owners, "`"+each.of+each.path+"`")
		if each.shape != nil {
			seen.candidates = slices.AppendSeq(seen.candidates, maps.Keys(each.shape.Attributes))
			seen.isList = seen.isList || each.shape.List != nil
		}
	}
}

// isAnother is whether a name that is not there may be that of another version of the provider: it stands in a list of
// what a policy goes through, and there is none that is nearly the same but for those beside it.
func (r *reader) isAnother(key string) bool {
	beside, isListed := r.listed[key]
	seen := r.reads[key]
	name, _ := seen.term.Value.(ast.String)
	near := within(string(name), seen.candidates, 2)
	return isListed && !seen.isType && (near == "" || slices.Contains(beside, near))
}

func (s *sighting) isWrong() bool { return !s.right && (s.isType || len(s.owners) > 0) }

func (s *sighting) diagnostic() Diagnostic {
	name := string(s.term.Value.(ast.String))
	if s.isType {
		found := diagnosticAt(s.term, "unknown_type", "the provider has no resource type `"+name+"`")
		found.Hint, found.Warning = "did you mean `"+s.candidates[0]+"`?", true
		return found
	}
	slices.Sort(s.owners)
	owners := slices.Compact(s.owners)
	verb := " has"
	if len(owners) > 1 {
		verb = " have"
	}
	message := strings.Join(owners, " and ") + verb + " no attribute `" + name + "`"
	found := diagnosticAt(s.term, "unknown_attribute", message)
	found.Hint = cmp.Or(meant(name, s.candidates), listed(s.candidates))
	if s.isList && len(s.candidates) == 0 {
		found.Hint = "it is a list: go through its elements, or name one as in `[0]`"
	}
	return found
}

// listed is what can be asked for, where that is little enough to read.
func listed(names []string) string {
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) == 0 || len(names) > 8 {
		return "see the documentation of the provider for its attributes"
	}
	return "it has `" + strings.Join(names, "`, `") + "`"
}

func diagnosticAt(term *ast.Term, code, message string) Diagnostic {
	return diagnostic(&ast.Error{Code: code, Message: message, Location: term.Location}, "")
}
