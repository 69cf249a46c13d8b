package reads

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

func sources(t *testing.T, texts ...string) *Sources {
	t.Helper()
	modules := map[string]*ast.Module{}
	for _, text := range texts {
		module := ast.MustParseModuleWithOpts(text, ast.ParserOptions{ProcessAnnotation: true})
		modules[module.Package.Path.String()] = module
	}
	known, errs := Compile(modules, ast.CapabilitiesForThisVersion())
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return known
}

// lines are what the rule data.a.p reads, a path in a line, with data in front where it is data.
func lines(t *testing.T, texts ...string) string {
	t.Helper()
	report := sources(t, texts...).Report(map[string][]ast.Ref{"p": {ast.MustParseRef("data.a.p")}}, nil)
	var lines []string
	for _, set := range report.Sets {
		for _, each := range set.Input {
			switch each := each.(type) {
			case []string:
				lines = append(lines, strings.Join(each, "."))
			case Some:
				for _, path := range each.Read {
					condition := "[" + strings.Join(each.Key, ".") + " in " + strings.Join(each.In, ",") + "]."
					lines = append(lines, strings.Join(each.At, ".")+condition+strings.Join(path, "."))
				}
			}
		}
		for _, path := range set.Data {
			lines = append(lines, strings.Join(append([]string{"data"}, path...), "."))
		}
	}
	return strings.Join(lines, "\n")
}

func TestReads(t *testing.T) {
	tests := []struct {
		note string
		rego string
		want string
	}{
		{"a comparison with a scalar", `p if input.a.b == 1`, "a.b"},
		{"a comparison with a collection", `p if input.a == {"b": 1}`, "a.**"},
		{"what is compared with something else", `p if input.a == input.b`, "a.**\nb.**"},
		{"what is there or not", `p if not input.a`, "a"},
		{"the result", `p := input.a`, "a.**"},
		{"what is only handed on", `q := input.a` + "\n" + `p := q.b`, "a.b.**"},
		{"elements of one type", `p contains r.address if { some r in input.rs; r.type == "x"; r.a.b == 1 }`,
			"rs.*.type\nrs.*[type in x].a.b\nrs.*[type in x].address.**"},
		{"what is read before the type is known", `p if { some r in input.rs; r.a; r.type == "x"; r.b }`,
			"rs.*.a\nrs.*.type\nrs.*[type in x].b"},
		{"one of several types", `p if { some r in input.rs; r.type in {"x", "y"}; r.a }`,
			"rs.*.type\nrs.*[type in x,y].a"},
		{"a type in a function", `f(r) if r.type == "x"` + "\n" + `p if { some r in input.rs; f(r); r.a }`,
			"rs.*.type\nrs.*[type in x].a"},
		{"one of several types in a function", `f(r) if r.type == "x"` + "\n" + `f(r) if r.type == "y"` + "\n" +
			`p if { some r in input.rs; f(r); r.a }`, "rs.*.type\nrs.*[type in x,y].a"},
		{"a type that a function leaves open", `f(r) if r.type == "x"` + "\n" + `f(r) if r.b` + "\n" +
			`p if { some r in input.rs; f(r); r.a }`, "rs.*.a\nrs.*.b\nrs.*.type"},
		{"a type that is ruled out", `p if { some r in input.rs; not r.type == "x"; r.a }`, "rs.*.a\nrs.*.type"},
		{"a type inside of not", `p if { some r in input.rs; not g(r); r.a }` + "\n" + `g(r) if { r.type == "x"; r.b }`,
			"rs.*.a\nrs.*.type\nrs.*[type in x].b"},
		{"a type inside of every", `p if every r in input.rs { r.type == "x"; r.a }`, "rs.*.type\nrs.*[type in x].a"},
		{"an index by type", `index := {t: rs | some t in {r.type | some r in input.rs}
				rs := [r | some r in input.rs; r.type == t]}` + "\n" + `p if { some r in index.x; r.a }`,
			"rs.*.type.**\nrs.*[type in x].a"},
		{"an index by the type of each", `index[r.type] contains r.name if some r in input.rs` + "\n" + `p if index.x.y`,
			"rs.*.name\nrs.*.type.**\nrs.*[type in x].name.**"},
		{"two elements of one list", `p if { some r in input.rs; some q in input.rs; r.type == "x"; q.a }`,
			"rs.*.a\nrs.*.type"},
		{"an element of a list that is built", `l := [r | some r in input.rs; r.type == "x"]` + "\n" +
			`p if { some r in l; some q in l; r.kind == "k"; q.a }`,
			"rs.*.type\nrs.*[type in x].a\nrs.*[type in x].kind"},
		{"two elements after one in a function", `f(l) if { some e in l; e.a.type == "x"; e.b.c }` + "\n" +
			`p if { f([{"a": r, "b": r} | some r in input.rs]); f([{"a": r, "b": q} | some r in input.rs; some q in input.rs]) }`,
			"rs.*.c\nrs.*.type"},
		{"a path in object.get", `p if object.get(input.a, ["b", "c"], 0) == 1`, "a.b.c"},
		{"a path that is not known", `p if object.get(input.a, input.b, 0) == 1`, "a.**\nb.**"},
		{"how many", `p if count(input.xs) > 2`, "xs.*"},
		{"a kind", `p if is_object(input.a)`, "a"},
		{"elements of a set", `p if count({x | some x in input.xs}) > 2`, "xs.*.**"},
		{"a key of the input", `p if input.a[input.k].b`, "a.*.b\nk.**"},
		{"what a built-in gets", `p if json.marshal(input.a) == "1"`, "a.**"},
		{"walk", `p if { walk(input.a, [_, x]); x == 1 }`, "a.**"},
		{"an input in place of another", `q if input.a.b` + "\n" + `p if q with input as input.c`, "a.b.**\nc.**"},
		{"a rule in place of another", `k := "x"` + "\n" + `q if { some r in input.rs; r.type == k; r.a }` + "\n" +
			`p if q with k as "y"`, "rs.**"},
		{"either of two places", `q := input.a if { is_object(input.a) } else := input.b` + "\n" +
			`p if { some r in q.rs; r.type == "x"; r.c }`,
			"a.rs.*.type\nb.rs.*.type\na.rs.*[type in x].c\nb.rs.*[type in x].c"},
		{"data", `p if data.limits.most < input.n`, "n.**\ndata.limits.most.**"},
		{"the whole input", `p := input`, "**"},
		{"a key that is a wildcard", `p if input["*"].a == 1`, "*.a"},
	}
	for _, tc := range tests {
		t.Run(tc.note, func(t *testing.T) {
			if got := lines(t, "package a\n\n"+tc.rego); got != tc.want {
				t.Errorf("got\n%s\nwant\n%s", got, tc.want)
			}
		})
	}
}

func TestReadsGiveUp(t *testing.T) {
	known := sources(t, "package a\np if input.a")
	a := newAnalysis(known.compiler)
	a.budget = 0
	a.of(ast.MustParseRef("data.a.p"))
	if a.steps <= a.budget {
		t.Fatal("nothing was looked at")
	}
	got, err := json.Marshal(everything(map[string][]ast.Ref{"p": nil}, map[string][]ast.Ref{"c/n": nil}))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"sets":[{"input":[["**"]],"data":[["**"]]}],"entrypoints":{"p":[0]},"policies":{"c/n":[0]}}`
	if string(got) != want {
		t.Errorf("got %s", got)
	}
}

func TestReadsShareWhatTheyHaveInCommon(t *testing.T) {
	known := sources(t, "package a\np if { input.a; input.b }\nq if { input.b; input.c }")
	refs := func(path string) []ast.Ref { return []ast.Ref{ast.MustParseRef(path)} }
	report := known.Report(map[string][]ast.Ref{"a/p": refs("data.a.p")}, map[string][]ast.Ref{"x/q": refs("data.a.q")})
	got, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"sets":[{"input":[["b"]],"data":[]},{"input":[["a"]],"data":[]},{"input":[["c"]],"data":[]}],` +
		`"entrypoints":{"a/p":[0,1]},"policies":{"x/q":[0,2]}}`
	if string(got) != want {
		t.Errorf("got %s", got)
	}
}
