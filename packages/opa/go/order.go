package main

import (
	"cmp"
	"fmt"

	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/types"
)

// orderings is a warning for each place where a set or an object gets an order that can be seen in a result: OPA's
// interpreter sorts them, and its WebAssembly goes by a hash. What was sorted, made a set again or only counted has no
// order any more. An order is followed through variables, rules and functions to the rules that nobody else reads.
func orderings(compiler *ast.Compiler) []Diagnostic {
	flow := &flow{
		compiler: compiler,
		at:       map[*ast.Location]*site{},
		rules:    map[string]order{},
		calls:    map[string]order{},
		types:    map[*ast.Expr]map[ast.Var]types.Type{},
	}
	policies := policies(compiler)
	flow.budget = enough(policies)
	flow.readers = flow.readersOf(policies)
	flow.paths = map[string][]*ast.Rule{}
	for _, rule := range policies {
		path := rule.Ref().GroundPrefix().String()
		flow.paths[path] = append(flow.paths[path], rule)
	}
	for _, rule := range policies {
		found := flow.value(rule.Ref().GroundPrefix())
		if flow.isOutput(rule) {
			flow.escape(found)
		}
	}
	found := []Diagnostic{}
	if flow.budget <= 0 {
		return found
	}
	for _, site := range flow.at {
		if site.escapes {
			each := diagnostic(&ast.Error{Code: "order_dependent", Message: site.message, Location: site.location}, "")
			each.Warning, each.Hint = true, site.hint
			found = append(found, each)
		}
	}
	slices.SortFunc(found, func(a, b Diagnostic) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, a.Column-b.Column)
	})
	return found
}

// site is where a set or object gets an order.
type site struct {
	location *ast.Location
	message  string
	hint     string
	escapes  bool
}

type sites map[*site]bool

// order is what of a value depends on the order of sites: the order of its elements, that of the elements of its
// elements and so on, of which the last level stands for all below, or the value itself, such as a text made of it.
type order struct {
	levels [4]sites
	value  sites
}

// key is the same for what depends on the same.
func (o order) key() string {
	var text strings.Builder
	for _, level := range append(o.levels[:], o.value) {
		places := []string{}
		for site := range level {
			places = append(places, fmt.Sprintf("%s:%d", site.location.File, site.location.Offset))
		}
		slices.Sort(places)
		text.WriteString("|" + strings.Join(places, ","))
	}
	return text.String()
}

// ordered is an array whose elements have the order of sites.
func ordered(by sites) order { return order{levels: [4]sites{by}} }

func (o order) inside() order {
	l := o.levels
	return order{levels: [4]sites{nil, l[0], l[1], join(l[2], l[3])}, value: o.value}
}

func (o order) element() order {
	l := o.levels
	return order{levels: [4]sites{l[1], l[2], l[3], l[3]}, value: o.value}
}

// fixed is the element at a fixed place, which is another one in another order.
func (o order) fixed() order {
	at := o.element()
	at.value = join(at.value, o.levels[0])
	return at
}

func (o order) made() order { return order{value: o.all()} }

func (o order) sorted() order {
	o.levels[0] = nil
	return o
}

func (o order) and(others ...order) order {
	for _, other := range others {
		for i := range o.levels {
			o.levels[i] = join(o.levels[i], other.levels[i])
		}
		o.value = join(o.value, other.value)
	}
	return o
}

func (o order) all() sites { return join(join(o.levels[:]...), o.value) }

func (o order) size() int {
	size := len(o.value)
	for _, level := range o.levels {
		size += len(level)
	}
	return size
}

func join(all ...sites) sites {
	var result sites
	for _, each := range all {
		if len(each) == 0 {
			continue
		}
		if result == nil {
			result = sites{}
		}
		maps.Copy(result, each)
	}
	return result
}

type flow struct {
	compiler *ast.Compiler
	at       map[*ast.Location]*site
	// What the values of rules depend on, by their path, and those of functions, by path and arguments.
	rules   map[string]order
	calls   map[string]order
	paths   map[string][]*ast.Rule
	readers map[string]bool
	types   map[*ast.Expr]map[ast.Var]types.Type
	budget  int
}

// readersOf are the paths of rules that some other rule reads.
func (f *flow) readersOf(policies []*ast.Rule) map[string]bool {
	found := map[string]bool{}
	for _, reader := range policies {
		own := reader.Ref().GroundPrefix().String()
		ast.WalkRefs(reader, func(ref ast.Ref) bool {
			for _, read := range f.read(ref) {
				if path := read.Ref().GroundPrefix().String(); path != own {
					found[path] = true
				}
			}
			return false
		})
	}
	return found
}

// isOutput is whether somebody outside may ask for a rule: it is an entrypoint, or no other rule reads it.
func (f *flow) isOutput(rule *ast.Rule) bool {
	return !f.readers[rule.Ref().GroundPrefix().String()] ||
		slices.ContainsFunc(f.compiler.GetAnnotationSet().Chain(rule), func(each *ast.AnnotationsRef) bool {
			return each.Annotations != nil && each.Annotations.Entrypoint
		})
}

// read are the rules that a reference reads.
func (f *flow) read(ref ast.Ref) []*ast.Rule {
	if !ref.HasPrefix(ast.DefaultRootRef) {
		return nil
	}
	return f.compiler.GetRulesDynamicWithOpts(ref, ast.RulesOptions{IncludeHiddenModules: true})
}

func (f *flow) escape(o order) {
	for site := range o.all() {
		site.escapes = true
	}
}

func (f *flow) site(location *ast.Location, message, hint string) sites {
	if location == nil {
		return nil
	}
	if f.at[location] == nil {
		f.at[location] = &site{location: location, message: message, hint: hint}
	}
	return sites{f.at[location]: true}
}

// value is what the value of the rules at a path depends on. There is no recursion in Rego.
func (f *flow) value(path ast.Ref) order {
	key := path.String()
	if found, ok := f.rules[key]; ok {
		return found
	}
	f.rules[key] = order{}
	result := f.result(path, nil)
	f.rules[key] = result
	return result
}

// call is what the result of a function depends on, with these arguments.
func (f *flow) call(function ast.Ref, args []order) order {
	if !slices.ContainsFunc(args, func(each order) bool { return each.size() > 0 }) {
		return f.value(function)
	}
	key := function.String()
	for _, arg := range args {
		key += arg.key()
	}
	if found, ok := f.calls[key]; ok {
		return found
	}
	result := f.result(function, args)
	f.calls[key] = result
	return result
}

func (f *flow) result(path ast.Ref, args []order) order {
	var result order
	for _, rule := range f.paths[path.String()] {
		if f.budget--; f.budget <= 0 {
			return order{}
		}
		result = result.and(f.rule(rule, args))
	}
	return result
}

// rule follows orders through one rule to its value.
func (f *flow) rule(rule *ast.Rule, args []order) order {
	body := &body{flow: f, bound: map[ast.Var]bool{}, vars: map[ast.Var]order{}}
	for i, arg := range rule.Head.Args {
		body.markBound(arg)
		if i < len(args) {
			body.bind(arg, args[i])
		}
	}
	body.walk(rule.Body)
	var result order
	if rule.Head.Key != nil {
		result = body.order(rule.Head.Key).inside()
	}
	if rule.Head.Value != nil {
		value := body.order(rule.Head.Value)
		if !rule.Head.Ref().IsGround() {
			value = value.inside()
		}
		result = result.and(value)
	}
	return result
}
