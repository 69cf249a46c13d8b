package main

import (
	"encoding/json"
	"testing"
)

func TestAnnotations(t *testing.T) {
	sources := sourcesOf(
		"b.rego", "package b[\"c/d\"]\n\np := 1",
		"a.rego", "# METADATA\n# title: A\n# custom:\n#   severity: high\npackage a\n\n# METADATA\n# entrypoint: true\ndeny contains 1\n\ndeny contains 2\n\n_x.y := 1",
		"bad.rego", "package bad\np if {",
		"data.json", "{}",
	)
	want := `{"diagnostics":[{"code":"rego_parse_error","message":"unexpected eof token","file":"bad.rego","line":2,"column":6,"endLine":2,"endColumn":6,"details":["p if {","     ^"]}],` +
		`"modules":[{"file":"a.rego","line":5,"package":["a"],"rules":["_x","deny"]},{"file":"b.rego","line":1,"package":["b","c/d"],"rules":["p"]}],` +
		`"annotations":[{"path":["a"],"scope":"package","file":"a.rego","line":1,"annotation":{"custom":{"severity":"high"},"scope":"package","title":"A"}},` +
		`{"path":["a","deny"],"scope":"document","file":"a.rego","line":7,"annotation":{"entrypoint":true,"scope":"document"}}]}`
	got, err := json.Marshal(annotations(sources, &AnnotationsRequest{Reading{RegoVersion: 1}}))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
