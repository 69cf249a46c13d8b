package main

import (
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// asks are the functions of the library that take a resource and a path of its attributes, and which argument is the
// resource. They look the path up where its steps cannot be followed, such as in the configuration, where blocks have
// no numbers, or hand it to whoever reads the finding.
var asks = map[string]int{
	"data.plangate.lib.plan.computed":               0,
	"data.plangate.lib.plan.unknown":                0,
	"data.plangate.lib.plan.settled":                0,
	"data.plangate.lib.plan.targets":                0,
	"data.plangate.lib.plan.configuration.unset":    0,
	"data.plangate.lib.plan.configuration.ends":     0,
	"data.plangate.lib.plan.configuration.literals": 0,
	instances:                                     0,
	"data.plangate.lib.origin.references":         0,
	"data.plangate.lib.origin.secret":             0,
	"data.plangate.lib.origin.resources":          0,
	"data.plangate.lib.origin.sensitive_variable": 0,
	"data.plangate.lib.origin.configured":         0,
	"data.plangate.lib.origin.declared":           0,
	"data.plangate.lib.finding.new":               1,
	"data.plangate.lib.finding.undecided":         1,
}

// instances are the resources of a type to which an expression refers.
const instances = "data.plangate.lib.plan.configuration.instances"

func (r *reading) instances(of spot) spot {
	types, ok := of.(*named)
	if !ok {
		return nil
	}
	names := []string{}
	for _, term := range types.terms {
		name, ok := term.Value.(ast.String)
		if !ok {
			return nil
		}
		names = append(names, strings.TrimPrefix(string(name), "data."))
	}
	return &list{element: &resource{types: merged(names, nil)}}
}

// ask looks for the attributes that a path names in a resource. The path may leave out the numbers of blocks.
func (r *reading) ask(of, path spot) {
	if r.quiet {
		return
	}
	paths := tuplesOf(path)
	if paths == nil {
		paths = []*tuple{{elements: []spot{path}}}
	}
	for _, each := range paths {
		found, ok := of.(*resource)
		if !ok {
			r.let(of, each)
			continue
		}
		at := r.attributesOf(found).(*attributes).places
		for _, part := range each.elements {
			names, ok := part.(*named)
			if !ok || len(names.terms) != 1 {
				at = through(at)
				continue
			}
			name, isText := names.terms[0].Value.(ast.String)
			if !isText {
				continue
			}
			at = through(at)
			r.checkAttribute(names.terms[0], at)
			next := []place{}
			for _, from := range at {
				if below, ok := from.step(string(name), true); ok {
					next = append(next, below)
				}
			}
			at = next
		}
	}
}

// through are the elements of those places that are lists of blocks.
func through(places []place) []place {
	next := make([]place, len(places))
	for i, each := range places {
		for each.shape != nil && each.shape.List != nil {
			each.shape = each.shape.List
		}
		next[i] = each
	}
	return next
}

// let lets a path be that is looked for in something of which nothing is known.
func (r *reading) let(of spot, path *tuple) {
	if of != nil {
		return
	}
	for _, part := range path.elements {
		if names, ok := part.(*named); ok {
			for _, term := range names.terms {
				r.sighting(term).right = true
			}
		}
	}
}
