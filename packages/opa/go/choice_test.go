package main

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

func TestShardOfGivesEachTestToOneShard(t *testing.T) {
	texts := []string{
		"package a\n\ntest_1 if true\n\ntest_2 if true\n\ntest_3 if true\n",
		"package a.b\n\ntest_4 if true\n",
		"package aB\n\ntest_5 if true\n",
		"package c\n\ntodo_test_6 if true\n\np if true\n",
		"package d\n\np if true\n",
	}
	var modules []*ast.Module
	for i, text := range texts {
		modules = append(modules, ast.MustParseModuleWithOpts(text, ast.ParserOptions{RegoVersion: ast.RegoV1}))
		modules[i].Package.Location.File = fmt.Sprint(i)
	}
	got := [][]string{}
	for index := range 3 {
		names := []string{}
		for _, ref := range shardOf(modules, Shard{Index: index, Of: 3}) {
			names = append(names, ref.String())
		}
		slices.Sort(names)
		got = append(got, names)
	}
	// The package below `a` goes with it.
	want := [][]string{{"data.a"}, {"data.aB"}, {"data.c"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}
