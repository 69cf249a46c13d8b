package main

import (
	"strings"
	"testing"
)

func TestDepth(t *testing.T) {
	tests := []struct {
		text string
		want int
	}{
		{"", 0},
		{"p := [{(1)}]", 3},
		{"p := []\nq := {}\nr := f()", 1},
		{"]]]p := [1]", 1},
		{"# [[[\np := [1]", 1},
		{"p := \"[[[\\\"[[\" + [1]", 1},
		{"p := \"[[[\nq := [[1]]", 2},
		{"p := `[[[\n\"[[` + [1]", 1},
		{strings.Repeat("[", 5), 5},
		{"p := \"\\", 0},
	}
	for _, tc := range tests {
		if got := depth([]byte(tc.text)); got != tc.want {
			t.Errorf("%q: got %d, want %d", tc.text, got, tc.want)
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
	err := tooDeep(sourcesOf("a.rego", nested(maxDepth+1)))
	if err == nil || err.Error() != "a source has more than 1000 brackets open at once" {
		t.Errorf("got %v", err)
	}
}
