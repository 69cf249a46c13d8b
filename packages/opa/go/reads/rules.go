package reads

import (
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// A summary is what a rule is and reads, or what a function is and reads for arguments of certain forms.
type summary struct {
	frame      *frame
	value      *value
	free       []*cell
	parameters []*cell
	symbols    []*symbol
	holds      map[*cell][]condition // what is known of the parameters when there is a value
}

// rules is the value of a rule that is no function, evaluated once.
func (s *scope) rules(node *ast.TreeNode, rules []*ast.Rule) *value {
	known, ok := s.documents[node]
	if !ok {
		known = &summary{frame: newFrame()}
		s.documents[node] = known
		var values []*value
		for _, rule := range rules {
			for each := rule; each != nil; each = each.Else {
				body := s.scope(known.frame)
				body.body(each.Body)
				values = append(values, body.head(each))
			}
		}
		known.value = join(values...)
		known.free = free(1, known.value)
		s.scope(known.frame).settle()
	}
	s.frame.behind[known.frame] = true
	m := &mapping{level: s.level, fresh: known.free}
	return s.one(m.value(known.value))
}

// head is the document that the head of a rule stands for: its value inside objects with the keys that follow its name.
func (s *scope) head(rule *ast.Rule) *value {
	outside := s.analysis.scope(s.frame)
	outside.level = 0
	var v, left *value
	head := rule.Head
	switch {
	case head.RuleKind() == ast.MultiValue:
		left = outside.list(s, head.Key, true)
	case head.Value == nil:
		left = constant(ast.Boolean(true))
	default:
		v = s.term(head.Value)
	}
	ref := rule.Ref()
	keys := ref[len(ref.GroundPrefix()):]
	for i := len(keys) - 1; i >= 0; i-- {
		if left != nil {
			v = left
		}
		left = outside.entries(s, s.term(keys[i]), v)
	}
	if left == nil {
		left = s.leave(nil, v)[0]
	}
	return left
}

// function is the value of a function for some arguments.
func (s *scope) function(node *ast.TreeNode, arguments []*value) *value {
	m := &mapping{level: 0, cells: map[*cell]*cell{}, symbols: map[*symbol]*value{}}
	call := &summary{frame: newFrame()}
	var cells []*cell
	var symbols []*symbol
	forms := make([]*value, len(arguments))
	written := &form{call: call, cells: map[*cell]int{}}
	for i, argument := range arguments {
		argument = s.one(argument)
		for _, c := range top(argument) {
			if _, ok := m.cells[c]; ok || c.name != "" {
				continue
			}
			s.next++
			parameter := &cell{parameter: len(cells) + 1, size: c.size}
			cells = append(cells, c)
			call.parameters = append(call.parameters, parameter)
			m.cells[c] = parameter
		}
		for _, name := range argument.symbols {
			if _, ok := m.symbols[name]; !ok {
				parameter := s.symbol()
				parameter.level, parameter.parameter = 0, true
				symbols = append(symbols, name)
				call.symbols = append(call.symbols, parameter)
				m.symbols[name] = &value{symbols: []*symbol{parameter}}
			}
		}
		forms[i] = argument
	}
	for i := range forms {
		forms[i] = m.value(forms[i])
		s.kept = append(s.kept, written.value(forms[i])...)
		written.text.WriteByte(';')
	}
	if s.calls[node] == nil {
		s.calls[node] = map[string]*summary{}
	}
	known, ok := s.calls[node][written.text.String()]
	if !ok {
		known = call
		s.calls[node][written.text.String()] = known
		s.analyse(node, known, forms)
	}
	return s.result(known, cells, symbols)
}

func (s *scope) analyse(node *ast.TreeNode, known *summary, arguments []*value) {
	var values []*value
	first := true
	for _, rule := range node.Values {
		for each := rule; each != nil; each = each.Else {
			body := s.analysis.scope(known.frame)
			for i, argument := range each.Head.Args {
				body.unify(argument, arguments[i])
			}
			body.body(each.Body)
			left := body.leave(nil, body.term(each.Head.Value))[0]
			values = append(values, left)
			known.meet(body, first)
			first = false
		}
	}
	known.value = join(values...)
	known.free = free(1, known.value)
}

// meet keeps what is known of parameters after this body and the ones before: one of some strings.
func (k *summary) meet(body *scope, first bool) {
	holds := map[*cell][]condition{}
	for _, parameter := range k.parameters {
		for _, each := range body.where[parameter] {
			among, ok := each.is.constants()
			if first {
				if ok {
					holds[parameter] = append(holds[parameter], each)
				}
				continue
			}
			for _, before := range k.holds[parameter] {
				already, _ := before.is.constants()
				if !ok || strings.Join(before.rest, separator) != strings.Join(each.rest, separator) {
					continue
				}
				both := map[string]ast.Value{}
				for name, v := range already {
					both[name] = v
				}
				for name, v := range among {
					both[name] = v
				}
				holds[parameter] = append(holds[parameter], condition{each.rest, &value{constant: both}})
			}
		}
	}
	k.holds = holds
}

// result brings what a summary says of its parameters back to the arguments of a call.
func (s *scope) result(known *summary, cells []*cell, symbols []*symbol) *value {
	s.frame.behind[known.frame] = true
	m := &mapping{level: s.level, cells: map[*cell]*cell{}, symbols: map[*symbol]*value{}, fresh: known.free}
	for i, c := range cells {
		m.cells[known.parameters[i]] = c
	}
	for i, name := range symbols {
		m.symbols[known.symbols[i]] = &value{symbols: []*symbol{name}}
	}
	reads := s.known()
	for _, each := range known.frame.pending {
		s.note(reads.origin(m.origin(each.origin)), each.whole)
	}
	v := s.one(m.value(known.value))
	for i, c := range cells {
		for _, each := range known.holds[known.parameters[i]] {
			s.learn(c, each)
		}
	}
	return v
}

// top are the cells in which a value stands, also inside what is built of it.
func top(v *value) []*cell {
	var found []*cell
	bound := map[*cell]bool{}
	var cells func(c *cell)
	cells = func(c *cell) {
		if !bound[c] {
			found = append(found, c)
			return
		}
		for _, base := range c.bases {
			cells(base.cell)
		}
		for _, each := range c.where {
			if o, ok := each.is.place(); ok {
				cells(o.cell)
			}
		}
	}
	var visit func(v *value)
	visit = func(v *value) {
		if v == nil || v.pure() {
			return
		}
		for _, o := range v.origins {
			cells(o.cell)
		}
		for _, s := range v.shapes {
			for _, c := range s.bound {
				bound[c] = true
			}
			for _, f := range s.fields {
				visit(f.value)
			}
			visit(s.rest)
			visit(s.keys)
		}
	}
	visit(v)
	return found
}
