package main

import (
	"archive/tar"
	"bytes"
	"cmp"
	"compress/gzip"
	"io"
	"reflect"
	"strings"
	"testing"
)

const entry = "# METADATA\n# entrypoint: true\n"

func sourcesOf(pairs ...string) []source {
	files := []File{}
	contents := ""
	for i := 0; i < len(pairs); i += 2 {
		files = append(files, File{Path: pairs[i], Size: len(pairs[i+1])})
		contents += pairs[i+1]
	}
	sources, err := split(files, []byte(contents))
	if err != nil {
		panic(err)
	}
	return sources
}

func TestBuildReportsWhatIsWrong(t *testing.T) {
	tests := []struct {
		note    string
		files   []string
		request BuildRequest
		want    []Diagnostic
	}{
		{
			note:  "every file with a syntax error",
			files: []string{"b.rego", "package b\np if {", "a.rego", "package a\n\np if {"},
			want: []Diagnostic{
				{Code: "rego_parse_error", Message: "unexpected eof token", File: "a.rego", Line: 3, Column: 6, EndLine: 3, EndColumn: 6, Details: []string{"p if {", "     ^"}},
				{Code: "rego_parse_error", Message: "unexpected eof token", File: "b.rego", Line: 2, Column: 6, EndLine: 2, EndColumn: 6, Details: []string{"p if {", "     ^"}},
			},
		},
		{
			note:  "an unknown function",
			files: []string{"a.rego", "package a\n" + entry + "p := nope(1)"},
			want:  []Diagnostic{{Code: "rego_type_error", Message: "undefined function nope", File: "a.rego", Line: 4, Column: 6, EndLine: 4, EndColumn: 13}},
		},
		{
			note:  "recursion",
			files: []string{"a.rego", "package a\n" + entry + "p if p"},
			want:  []Diagnostic{{Code: "rego_recursion_error", Message: "rule data.a.p is recursive: data.a.p -> data.a.p", File: "a.rego", Line: 4, Column: 1, EndLine: 4, EndColumn: 7}},
		},
		{
			note:  "an unsafe variable",
			files: []string{"a.rego", "package a\n" + entry + "p if x == y"},
			want: []Diagnostic{
				{Code: "rego_unsafe_var_error", Message: "var x is unsafe", File: "a.rego", Line: 4, Column: 6, EndLine: 4, EndColumn: 12},
				{Code: "rego_unsafe_var_error", Message: "var y is unsafe", File: "a.rego", Line: 4, Column: 6, EndLine: 4, EndColumn: 12},
			},
		},
		{
			note:  "a rule in the place of data",
			files: []string{"a.rego", "package a\n" + entry + "p := 1", "a/data.json", `{"p": 2}`},
			want:  []Diagnostic{{Code: "rego_compile_error", Message: "conflicting rule for data path a/p found", File: "a.rego", Line: 4, Column: 1, EndLine: 4, EndColumn: 7}},
		},
		{
			note:  "a rule below a value of data",
			files: []string{"a.rego", "package a\n" + entry + "p.q := 1", "a/data.json", `{"p": 2}`},
			want:  []Diagnostic{{Code: "rego_compile_error", Message: "conflicting rule for data path a/p/q found", File: "a.rego", Line: 4, Column: 1, EndLine: 4, EndColumn: 9}},
		},
		{
			note:  "data that is no JSON",
			files: []string{"a.rego", "package a\n" + entry + "p := 1", "x/data.json", `{"p": `},
			want:  []Diagnostic{{Code: "data_error", Message: "unexpected EOF", File: "x/data.json"}},
		},
		{
			note:  "data in the place of other data",
			files: []string{"a.rego", "package a\n" + entry + "p := 1", "data.json", `{"x": {"y": 1}}`, "x/data.yaml", "y: 2"},
			want:  []Diagnostic{{Code: "data_error", Message: "failed to insert data file from path x", File: "x/data.yaml"}},
		},
		{
			note:  "no entrypoint",
			files: []string{"a.rego", "package a\np := 1"},
			want:  []Diagnostic{{Code: "entrypoint_error", Message: "wasm compilation requires at least one entrypoint"}},
		},
		{
			note:    "an entrypoint that is not there",
			files:   []string{"a.rego", "package a\np := 1"},
			request: BuildRequest{Entrypoints: []string{"a/q"}},
			want:    []Diagnostic{{Code: "entrypoint_error", Message: `entrypoint "a/q" does not refer to a rule or policy decision`}},
		},
		{
			note:    "a package outside the roots",
			files:   []string{"a.rego", "package a\n" + entry + "p := 1"},
			request: BuildRequest{Roots: []string{"b"}},
			want:    []Diagnostic{{Code: "roots_error", Message: "manifest roots [b] do not permit 'package a' in module 'a.rego'"}},
		},
		{
			note:  "a package that the caller owns",
			files: []string{"c.rego", "package plangate.config.x\n" + entry + "p := 1"},
			want:  []Diagnostic{{Code: "roots_error", Message: "`data.plangate.config` belongs to the caller, and no bundle may own it", File: "c.rego", Line: 1, Column: 1, EndLine: 1, EndColumn: 8}},
		},
		{
			note:    "rules that OPA cannot optimize",
			files:   []string{"a.rego", "package a\n" + entry + "p := 1 if true\np := 2 if true"},
			request: BuildRequest{Target: "rego", Optimize: 1},
			want:    []Diagnostic{{Code: "optimize_error", Message: "OPA cannot optimize these rules: a.rego:5: eval_conflict_error: rule data.a.p produced conflicting values"}},
		},
		{
			note:    "rules that OPA optimizes into what it cannot read",
			files:   []string{"a.rego", "package a\n" + entry + "p if {\n every i, x in input.l1 {\n input.l2[i] == $`<{x}>`\n}\n}"},
			request: BuildRequest{Target: "rego", Optimize: 1},
			want:    []Diagnostic{{Code: "optimize_error", Message: "OPA cannot optimize these rules: /optimized/a.rego:6: rego_parse_error: non-terminated string"}},
		},
		{
			note:  "broken METADATA",
			files: []string{"a.rego", "# METADATA\n# title: [\npackage a\np := 1"},
			want:  []Diagnostic{{Code: "rego_parse_error", Message: "yaml: line 1: did not find expected node content", File: "a.rego", Line: 2, Column: 1, EndLine: 2, EndColumn: 11, Details: []string{"# title: [", "^"}}},
		},
	}
	for _, tc := range tests {
		t.Run(tc.note, func(t *testing.T) {
			tc.request.RegoVersion = 1
			tc.request.Target = cmp.Or(tc.request.Target, "wasm")
			response := build(sourcesOf(tc.files...), &tc.request)
			if !reflect.DeepEqual(response.Build.Diagnostics, tc.want) {
				t.Errorf("got  %+v\nwant %+v", response.Build.Diagnostics, tc.want)
			}
			if len(response.bytes) != 0 {
				t.Error("there is a bundle")
			}
		})
	}
}

// inBundle is the sources, all of which are of one bundle.
func inBundle(number int, pairs ...string) []source {
	result := sourcesOf(pairs...)
	for i := range result {
		result[i].bundle = number
	}
	return result
}

func TestBuildMergesBundles(t *testing.T) {
	first := inBundle(1,
		"a.rego", "package a\n"+entry+"p := data.b.size",
		".manifest", `{"roots": ["a"], "revision": "lost"}`,
	)
	second := inBundle(2,
		"a~2.rego", "package b\n"+entry+"q[x] { x := 1 }",
		"2:data.json", `{"b": {"size": 3}}`,
		"2:.manifest", `{"roots": ["b"], "file_rego_versions": {"/a.rego": 0}}`,
	)
	for i, name := range map[string]string{"/a~2.rego": "/a.rego", "/2:data.json": "/data.json", "/2:.manifest": "/.manifest"} {
		for j := range second {
			if second[j].path == i {
				second[j].name = name
			}
		}
	}
	request := BuildRequest{Reading: Reading{RegoVersion: 1}, Target: "rego", Fallback: "kept"}
	response := build(append(first, second...), &request)
	contents := unpack(t, response.bytes)
	want := `{"revision":"kept","roots":["a","b"],"rego_version":1,"file_rego_versions":{"/a~2.rego":0}}`
	if got := strings.TrimSpace(contents["/.manifest"]); got != want {
		t.Errorf(".manifest is %s", got)
	}
	if got := contents["/data.json"]; got != `{"b":{"size":3}}`+"\n" {
		t.Errorf("data.json is %s", got)
	}
	if _, ok := contents["/a~2.rego"]; !ok {
		t.Errorf("there is only %v", contents)
	}
}

func TestBuildNamesBundlesThatOwnTheSame(t *testing.T) {
	files := append(inBundle(1, "1:.manifest", `{"roots": ["a"]}`), inBundle(2, "2:.manifest", `{"roots": ["a/b"]}`)...)
	for i := range files {
		files[i].name = "/.manifest"
	}
	response := build(files, &BuildRequest{Reading: Reading{RegoVersion: 1}, Target: "rego"})
	want := []Diagnostic{{Code: "roots_error", Message: "manifest has overlapped roots: 'a' and 'a/b'", File: "2:.manifest"}}
	if !reflect.DeepEqual(response.Build.Diagnostics, want) {
		t.Errorf("got  %+v\nwant %+v", response.Build.Diagnostics, want)
	}
}

func TestBuildOrdersWhatIsNotPlanned(t *testing.T) {
	files := []string{"z.rego", "package z\n" + entry + "p := 1"}
	for _, name := range []string{"f", "b", "e", "a", "d", "c"} {
		files = append(files, name+".rego", "package "+name+"\nq := 1\nq := 1\nr := 2")
	}
	request := BuildRequest{Reading: Reading{RegoVersion: 1}, Target: "plan", PlanAddons: []string{"unplanned_rules"}}
	first := build(sourcesOf(files...), &request)
	text := unpack(t, first.bytes)["/plan.json"]
	if !strings.Contains(text, `"files":[{"value":"z.rego"},{"value":"a.rego"},{"value":"b.rego"},{"value":"c.rego"}`) ||
		!strings.Contains(text, `"unplanned_rules":[{"path":"data.a.q","location":{"file":1,"col":1,"row":2,`) {
		t.Errorf("plan.json is %s", text)
	}
	for range 20 {
		if again := build(sourcesOf(files...), &request); !bytes.Equal(first.bytes, again.bytes) {
			t.Fatal("two builds differ")
		}
	}
}

func TestBuildListsMoreThanTenErrors(t *testing.T) {
	text := "package a\n" + entry + "p := 1\n" + strings.Repeat("q := nope(1)\n", 15)
	response := build(sourcesOf("a.rego", text), &BuildRequest{Reading: Reading{RegoVersion: 1}, Target: "wasm"})
	if got := len(response.Build.Diagnostics); got != 15 {
		t.Errorf("got %d diagnostics, want 15: %+v", got, response.Build.Diagnostics)
	}
}

func TestBuildIsDeterministic(t *testing.T) {
	files := []string{
		"b/b.rego", "package plangate.b\n" + entry + "p := data.c.x",
		"a.rego", "package plangate.a\n" + entry + "p contains x if some x in {1, 2, 3}\n" + entry + "q := data.plangate.b.p",
		"c/data.yaml", "y: 2\nx: 1\n",
		"data.json", `{"z": {"b": 1, "a": 2}}`,
	}
	reversed := []string{}
	for i := len(files) - 2; i >= 0; i -= 2 {
		reversed = append(reversed, files[i], files[i+1])
	}
	metadata := map[string]any{"plangate": map[string]any{"z": 1, "a": []any{"x"}}}
	request := BuildRequest{Fallback: "r", Reading: Reading{RegoVersion: 1}, Target: "wasm", Metadata: metadata, Entrypoints: []string{"plangate/b/p"}}
	first := build(sourcesOf(files...), &request)
	second := build(sourcesOf(reversed...), &request)
	if len(first.bytes) == 0 || !bytes.Equal(first.bytes, second.bytes) {
		t.Fatalf("the order of the sources shows: %+v %+v", first.Build, second.Build)
	}
	want := BuildResponse{
		Diagnostics: []Diagnostic{},
		Entrypoints: []string{"plangate/a/p", "plangate/a/q", "plangate/b/p"},
		Roots:       []string{"c", "plangate/a", "plangate/b", "z"},
	}
	if !reflect.DeepEqual(*first.Build, want) {
		t.Errorf("got  %+v\nwant %+v", *first.Build, want)
	}
	contents := unpack(t, first.bytes)
	if got := contents["/data.json"]; got != `{"c":{"x":1,"y":2},"z":{"a":2,"b":1}}`+"\n" {
		t.Errorf("data.json is %s", got)
	}
	if got := contents["/.manifest"]; !strings.HasPrefix(got, `{"revision":"r","roots":["c","plangate/a","plangate/b","z"],"wasm":[`) ||
		!strings.HasSuffix(got, `"rego_version":1,"metadata":{"plangate":{"a":["x"],"z":1}}}`+"\n") {
		t.Errorf(".manifest is %s", got)
	}
}

func unpack(t *testing.T, archive []byte) map[string]string {
	t.Helper()
	unzipped, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	contents := map[string]string{}
	for reader := tar.NewReader(unzipped); ; {
		header, err := reader.Next()
		if err == io.EOF {
			return contents
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		if !header.ModTime.IsZero() && header.ModTime.Unix() != 0 {
			t.Errorf("%s has a time: %s", header.Name, header.ModTime)
		}
		contents[header.Name] = string(text)
	}
}
