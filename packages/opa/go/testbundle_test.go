package main

import (
	"reflect"
	"strings"
	"testing"
)

func TestTestBundle(t *testing.T) {
	files := sourcesOf(
		"a_test.rego", "package a\n\ntest_x if true\n\ntest_x if input.y\n\ntodo_test_z if false\n\nq.test_y[note] if some note in [\"n\"]\n",
		"b_test.rego", "package b\n\ntest_x if data.a.q\n",
	)
	request := &TestRequest{Paths: []string{"."}, Reading: Reading{RegoVersion: 1}}
	response := testBundle(files, request)
	want := []CompiledTest{
		{Entrypoint: "a/test_x", File: "a_test.rego", Line: 3, Column: 1},
		{Entrypoint: "a/test_x__1", File: "a_test.rego", Line: 5, Column: 1},
		{Entrypoint: "a/q/test_y", File: "a_test.rego", Line: 9, Column: 1},
		{Entrypoint: "b/test_x", File: "b_test.rego", Line: 3, Column: 1},
	}
	if !reflect.DeepEqual(response.TestBundle.Tests, want) {
		t.Errorf("got  %+v\nwant %+v", response.TestBundle.Tests, want)
	}
	if len(response.bytes) == 0 {
		t.Error("there is no bundle")
	}
}

func TestTestBundleLeavesOutWhatDoesNotCompile(t *testing.T) {
	files := sourcesOf("a_test.rego", "package a\n\ntest_x if true\n\ntest_y if true\n\ntest_z if true\n")
	request := &TestRequest{Paths: []string{"."}, Reading: Reading{RegoVersion: 1}}
	loaded, err := loadTests(files, request)
	if err != nil {
		t.Fatal(err)
	}
	merged, err := loaded.merged()
	if err != nil {
		t.Fatal(err)
	}
	tests := entrypoints(merged)
	tests[1].Entrypoint = "a/nowhere"
	archive, tests := compilable(merged, tests, request)
	if len(archive) == 0 || tests[0].Reason != "" || tests[2].Reason != "" || !strings.Contains(tests[1].Reason, "a/nowhere") {
		t.Errorf("got %d bytes, %+v", len(archive), tests)
	}
}
