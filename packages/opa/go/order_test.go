package main

import (
	"fmt"
	"strings"
	"testing"
)

// warned is where a module has warnings of an order: `line:column-endColumn`.
func warned(t *testing.T, text string) string {
	t.Helper()
	response := check(sourcesOf("a.rego", text), &CheckRequest{Reading: Reading{RegoVersion: 1}})
	places := []string{}
	for _, each := range response.Diagnostics {
		if each.Code != "order_dependent" || !each.Warning || each.Hint == "" {
			t.Fatalf("%+v", each)
		}
		places = append(places, fmt.Sprintf("%d:%d-%d", each.Line, each.Column, each.EndColumn))
	}
	return strings.Join(places, " ")
}

func TestOrderIsFollowedToWhereItShows(t *testing.T) {
	tests := []struct{ note, rules, want string }{
		{"an array of a set", "p := [x | some x in s]", "4:6-23"},
		{"a text of a set", `p := concat(",", s)`, "4:6-20"},
		{"a set that is sorted", `p := concat(",", sort(s))`, ""},
		{"an array that is sorted", "p := sort([x | some x in s])", ""},
		{"an array that is sorted in another rule", "_xs := [x | some x in s]\np := sort(_xs)", ""},
		{"an array that another rule hands on", "_xs := [x | some x in s]\np := _xs", "4:8-25"},
		{"an array that is counted", "p if count([x | some x in s]) > 1", ""},
		{"an array that becomes a set", "_xs := [x | some x in s]\np contains x if some x in _xs", ""},
		{"an array of an array", "_xs := [x | some x in s]\np := [y | some x in _xs; y := x]", "4:8-25"},
		{"the first of an array", "_xs := [x | some x in s]\np := _xs[0]", "4:8-25"},
		{"a comparison", "p if [x | some x in s] == [\"a\", \"b\"]", "4:6-23"},
		{"a comparison with nothing", "p if [x | some x in s] == []", ""},
		{"an element that is looked for", "p if \"a\" in [x | some x in s]", ""},
		{"constant rows", "p := [1 | some x in s]", ""},
		{"through a function", "f(xs) := xs\np := f([x | some x in s])", "5:8-25"},
		{"through a function that sorts", "f(xs) := sort(xs)\np := f([x | some x in s])", ""},
		{"a function keeps the calls apart", "f(xs) := xs\n_p := f([x | some x in s])\nq := f([1, 2])\nr := count(_p)", ""},
		{"an array in an object", `p := {"a": [x | some x in s], "b": 1}`, "4:12-29"},
		{"another part of such an object", "_p := {\"a\": [x | some x in s], \"b\": 1}\nq := count(_p)", ""},
		{"a message", `deny contains sprintf("%s", [concat(", ", s)])`, "4:30-45"},
		{"in an else", "p := 1 if input.x else := [x | some x in s]", "4:27-44"},
		{"a test", "test_p if [x | some x in s] == [\"a\", \"b\"]", "4:11-28"},
		{"what nobody knows the type of", "p := [x | some x in input.xs]", ""},
		{"an object", "p := [k | some k, _ in o]", "4:6-26"},
		{"an object with one key", "p := [v | some v in {\"a\": 1}]", ""},
		{"a walk", "p := [v | walk(input, [_, v])]", "4:6-31"},
		{"every", "p if every x in [y | some y in s] { x != \"\" }", ""},
		{"a comprehension within another", "p := {xs | some x in o; xs := [y | some y in s; y != x]}", "4:31-56"},
		{"an entrypoint that another rule reads", "# METADATA\n# entrypoint: true\np := [x | some x in s]\nq := count(p)", "6:6-23"},
	}
	for _, tc := range tests {
		t.Run(tc.note, func(t *testing.T) {
			got := warned(t, "package a\ns := {\"b\", \"a\"}\no := {\"b\": 1, \"a\": {2, 3}}\n"+tc.rules)
			if got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}
