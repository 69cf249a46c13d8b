package main

import (
	"strings"
	"testing"
)

func TestDepth(t *testing.T) {
	tests := []struct {
		text           string
		brackets       int
		comprehensions int
	}{
		{"", 0, 0},
		{"p := [{(1)}]", 3, 0},
		{"p := []\nq := {}\nr := f()", 1, 0},
		{"]]]p := [1]", 1, 0},
		{"# [[[\np := [1]", 1, 0},
		{"p := \"[[[\\\"[[\" + [1]", 1, 0},
		{"p := \"[[[\nq := [[1]]", 2, 0},
		{"p := `[[[\n\"[[` + [1]", 1, 0},
		{strings.Repeat("[", 5), 5, 0},
		{"p := \"\\", 0, 0},
		{"p := a | b", 0, 0},
		{"p := [x | x := {y | y := 1 | 2}] + [x | x := 1]", 2, 2},
		{"p := {[x | x := 1] | true}", 2, 1},
	}
	for _, tc := range tests {
		if brackets, comprehensions := depth([]byte(tc.text)); brackets != tc.brackets || comprehensions != tc.comprehensions {
			t.Errorf("%q: got %d and %d, want %d and %d", tc.text, brackets, comprehensions, tc.brackets, tc.comprehensions)
		}
	}
}

func TestTooDeep(t *testing.T) {
	nested := func(count int) string {
		return "package a\np := " + strings.Repeat("[", count) + strings.Repeat("]", count)
	}
	if err := tooDeep(sourcesOf("a.rego", nested(maxDepth), "b/data.json", nested(maxDepth+1))); err != nil {
		t.Errorf("got %v", err)
	}
	inside := func(count int) string {
		return "package a\np := " + strings.Repeat("[x | x := ", count) + "1" + strings.Repeat("]", count)
	}
	if err := tooDeep(sourcesOf("a.rego", inside(maxComprehensions))); err != nil {
		t.Errorf("got %v", err)
	}
	err := tooDeep(sourcesOf("a.rego", inside(maxComprehensions+1)))
	if err == nil || err.Error() != "a source has more than 12 comprehensions inside each other" {
		t.Errorf("got %v", err)
	}
	err = tooDeep(sourcesOf("a.rego", nested(maxDepth+1)))
	if err == nil || err.Error() != "a source has more than 1000 brackets open at once" {
		t.Errorf("got %v", err)
	}
}
