package typeindex

import (
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Package is where the index lies, below data. It is compiled into the WebAssembly and is not among the sources.
const Package = "plangate_index"

// index is the rules that are looked into.
type index struct {
	roots []string // where elements lie, as Rego
	types []string // the sets of types, as Rego
	text  strings.Builder
	done  map[string]string
}

// keys is the reference to the set of keys of elements of some types.
func (x *index) keys(root ast.Ref, among []string) ast.Ref {
	by := x.byType(root)
	if len(among) == 1 {
		return ast.MustParseRef(fmt.Sprintf("data.%s.%s[%s]", Package, by, ast.String(among[0])))
	}
	name := x.rule("any", by+setOf(among), func(name string) string {
		return fmt.Sprintf("%s contains k if {\n\tsome t in %s\n\tsome k in %s[t]\n}\n", name, setOf(among), by)
	})
	return ast.MustParseRef(fmt.Sprintf("data.%s.%s", Package, name))
}

// keysOf is the reference to the set of keys of elements of the type in a variable.
func (x *index) keysOf(root ast.Ref, variable *ast.Term) ast.Ref {
	return ast.MustParseRef(fmt.Sprintf("data.%s.%s", Package, x.byType(root))).Append(variable)
}

// elements is the reference to the array of elements of some types, in the order of their keys.
func (x *index) elements(root ast.Ref, among []string) ast.Ref {
	keys := x.keys(root, among)
	name := x.rule("of", root.String()+setOf(among), func(name string) string {
		return fmt.Sprintf("%s := [e | some k in %s; e := %s[k]]\n", name, keys, root)
	})
	return ast.MustParseRef(fmt.Sprintf("data.%s.%s", Package, name))
}

// list is the reference to the array of keys of elements of some types, in their order.
func (x *index) list(root ast.Ref, among []string) ast.Ref {
	keys := x.keys(root, among)
	name := x.rule("list", root.String()+setOf(among), func(name string) string {
		return fmt.Sprintf("%s := [k | some k in %s]\n", name, keys)
	})
	return ast.MustParseRef(fmt.Sprintf("data.%s.%s", Package, name))
}

func (x *index) byType(root ast.Ref) string {
	return x.rule("by_type", root.String(), func(name string) string {
		return fmt.Sprintf("%s[t] contains k if {\n\tsome k\n\tt := %s[k].type\n}\n", name, root)
	})
}

func (x *index) rule(kind, of string, text func(name string) string) string {
	if x.done == nil {
		x.done = map[string]string{}
	}
	if name, ok := x.done[kind+of]; ok {
		return name
	}
	name := fmt.Sprintf("%s_%d", kind, len(x.done))
	x.done[kind+of] = name
	x.text.WriteString("\n" + text(name))
	return name
}

func setOf(among []string) string {
	quoted := make([]string, len(among))
	for i, each := range among {
		quoted[i] = ast.String(each).String()
	}
	slices.Sort(quoted)
	return "{" + strings.Join(quoted, ", ") + "}"
}

func (x *index) module() *ast.Module {
	return ast.MustParseModuleWithOpts(x.source(), ast.ParserOptions{RegoVersion: ast.RegoV1})
}

func (x *index) source() string { return "package " + Package + "\n" + x.text.String() }
