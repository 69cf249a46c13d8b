package main

import (
	"io/fs"
	"reflect"
	"strings"
	"testing"
)

func treeWith(pairs ...string) tree {
	files, contents := []File{}, ""
	for i := 0; i < len(pairs); i += 2 {
		files = append(files, File{Path: pairs[i], Size: len(pairs[i+1])})
		contents += pairs[i+1]
	}
	return treeOf(files, []byte(contents))
}

func TestTreeKeepsThePathsOfTheRequest(t *testing.T) {
	files := treeWith("p/b.rego", "b", "p/a/x.rego", "x", "../up/y.json", "y", "/abs/z.rego", "z", "empty/", "")
	for path, want := range map[string]string{"p/b.rego": "b", "./p/../p/a/x.rego": "x", "../up/y.json": "y", "/abs/z.rego": "z"} {
		if got, err := fs.ReadFile(files, path); err != nil || string(got) != want {
			t.Errorf("%s: got %q, %v", path, got, err)
		}
	}
	for path, want := range map[string]string{"p": "a b.rego", "p/a/": "x.rego", "empty": "", "/abs": "z.rego", "../up": "y.json"} {
		entries, err := fs.ReadDir(files, path)
		names := []string{}
		for _, entry := range entries {
			names = append(names, entry.Name())
		}
		if got := strings.Join(names, " "); err != nil || got != want {
			t.Errorf("%s: got %q, %v", path, got, err)
		}
	}
	for _, path := range []string{"nowhere", "abs/z.rego", "/p/b.rego"} {
		if _, err := fs.Stat(files, path); err == nil {
			t.Errorf("%s is there", path)
		}
	}
}

func TestLabelledListsFoldersByName(t *testing.T) {
	files := []source{}
	for _, label := range []string{"../x/b.rego", "../x/a/c.json", "/abs/d.rego", "e.rego"} {
		files = append(files, source{label: label, text: []byte(label)})
	}
	fileSystem := labelled(files)
	for folder, want := range map[string][]string{"../x": {"a", "b.rego"}, "/abs/": {"d.rego"}, ".": {"e.rego"}, "./../x/a": {"c.json"}} {
		entries, err := fileSystem.ReadDir(folder)
		got := []string{}
		for _, entry := range entries {
			got = append(got, entry.Name())
		}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, %v, want %v", folder, got, err, want)
		}
	}
	if text, err := fs.ReadFile(fileSystem, "../x/./b.rego"); err != nil || string(text) != "../x/b.rego" {
		t.Errorf("got %q, %v", text, err)
	}
	if _, err := fileSystem.Open("nowhere"); err == nil {
		t.Error("there is a file that nobody gave")
	}
}

func TestTreeDoesNotListWhatIsAbove(t *testing.T) {
	files := treeWith("../../a.rego", "a", "../b.rego", "b")
	entries, err := files.ReadDir("..")
	if err != nil || len(entries) != 1 || entries[0].Name() != "b.rego" {
		t.Errorf("got %v, %v", entries, err)
	}
}

func TestFormatted(t *testing.T) {
	tests := []struct {
		note, text string
		request    FormatRequest
		want       string
		changed    bool
	}{
		{note: "v1", text: "package a\np  :=  1", want: "package a\n\np := 1\n", changed: true},
		{note: "nothing to do", text: "package a\n", want: "package a\n"},
		{note: "v0", text: "package a\n\np { true }\n", request: FormatRequest{V0Compatible: true}, want: "package a\n\np = true\n", changed: true},
		{note: "both", text: "package a\n\np { input.x }\n", request: FormatRequest{RegoV1: true}, want: "package a\n\nimport rego.v1\n\np if input.x\n", changed: true},
		{note: "only whether", text: "package a\np  :=  1", request: FormatRequest{FailFast: true}, changed: true},
	}
	for _, tc := range tests {
		t.Run(tc.note, func(t *testing.T) {
			response := formatted([]byte(tc.text), &tc.request)
			if got := string(response.bytes); got != tc.want || response.Format.Changed != tc.changed {
				t.Errorf("got %q %+v", got, response.Format)
			}
		})
	}
}

func TestDependenciesAreThoseOfBundlesWhereThereAreAny(t *testing.T) {
	files := treeWith("d/a.rego", "package a\np if input.x", "b/a.rego", "package b\nq if input.y")
	tests := []struct {
		note    string
		request DepsRequest
		want    string
	}{
		{"data", DepsRequest{Query: "data.a", Data: []string{"d"}}, "input.x"},
		{"a bundle", DepsRequest{Query: "data.b", Data: []string{"d"}, Bundles: []string{"b"}}, "input.y"},
	}
	for _, tc := range tests {
		t.Run(tc.note, func(t *testing.T) {
			if got := deps(files, &tc.request).Deps; !strings.Contains(got.Text, tc.want) {
				t.Errorf("got %+v", got)
			}
		})
	}
}
