package main

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"

	"github.com/open-policy-agent/opa/v1/bundle"
)

// plan is as much of ir.Policy as it takes to put what was not planned in order; the rest stays as it was written.
type plan struct {
	Static struct {
		Strings      json.RawMessage `json:"strings,omitempty"`
		BuiltinFuncs json.RawMessage `json:"builtin_funcs,omitempty"`
		Files        []planFile      `json:"files,omitempty"`
	} `json:"static"`
	Plans     json.RawMessage `json:"plans,omitempty"`
	Funcs     json.RawMessage `json:"funcs,omitempty"`
	Unplanned []unplanned     `json:"unplanned_rules,omitempty"`
}

type planFile struct {
	Value string `json:"value"`
}

type unplanned struct {
	Path     string `json:"path"`
	Location struct {
		File   int `json:"file"`
		Col    int `json:"col"`
		Row    int `json:"row"`
		EndCol int `json:"end_col"`
		EndRow int `json:"end_row"`
	} `json:"location"`
}

var fileIndex = regexp.MustCompile(`"file":(\d+)`)

// sortUnplanned puts the rules that were not planned, and the files that only they are in, in order: OPA leaves both in that of
// a Go map, which is another one each time.
func sortUnplanned(module *bundle.PlanModuleFile) error {
	var policy plan
	if err := json.Unmarshal(module.Raw, &policy); err != nil || len(policy.Unplanned) == 0 {
		return err
	}
	planned := 0
	for _, part := range []json.RawMessage{policy.Plans, policy.Funcs} {
		for _, match := range fileIndex.FindAllSubmatch(part, -1) {
			index, err := strconv.Atoi(string(match[1]))
			if err != nil {
				return err
			}
			planned = max(planned, index+1)
		}
	}
	before := slices.Clone(policy.Static.Files)
	if planned < len(before) {
		slices.SortFunc(policy.Static.Files[planned:], func(a, b planFile) int { return cmp.Compare(a.Value, b.Value) })
	}
	for i, rule := range policy.Unplanned {
		policy.Unplanned[i].Location.File = slices.Index(policy.Static.Files, before[rule.Location.File])
	}
	slices.SortFunc(policy.Unplanned, func(a, b unplanned) int {
		return cmp.Or(
			cmp.Compare(a.Path, b.Path),
			cmp.Compare(a.Location.File, b.Location.File),
			cmp.Compare(a.Location.Row, b.Location.Row),
			cmp.Compare(a.Location.Col, b.Location.Col),
		)
	})
	raw, err := json.Marshal(policy)
	module.Raw = raw
	return err
}
