package main

import (
	"encoding/json"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/ir/v1pb"
	"github.com/open-policy-agent/opa/v1/storage"
	"google.golang.org/protobuf/proto"
)

// annotated is the entrypoints that METADATA names. OPA looks them up itself, and tells nobody when it builds Rego.
func annotated(sources *bundle.Bundle) []string {
	modules := make([]*ast.Module, 0, len(sources.Modules))
	for _, module := range sources.Modules {
		modules = append(modules, module.Parsed)
	}
	set, errs := ast.BuildAnnotationSet(modules)
	if len(errs) > 0 {
		return nil // the build says so
	}
	var found []string
	for _, each := range set.Flatten() {
		if !each.Annotations.Entrypoint {
			continue
		}
		if path, err := storage.NewPathForRef(each.Annotations.GetTargetPath().GroundPrefix()); err == nil {
			found = append(found, path.String()[1:])
		}
	}
	return found
}

// entrypointsOf is what the bundle can be asked for.
func entrypointsOf(result *bundle.Bundle, wanted []string) ([]string, error) {
	found := []string{}
	for _, resolver := range result.Manifest.WasmResolvers {
		found = append(found, resolver.Entrypoint)
	}
	for _, module := range result.PlanModules {
		names, err := planned(module)
		if err != nil {
			return nil, err
		}
		found = append(found, names...)
	}
	if len(found) == 0 {
		found = append(found, wanted...)
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

func planned(module bundle.PlanModuleFile) ([]string, error) {
	var names []string
	if base(module.Path) == bundle.PlanProtoFile {
		var policy v1pb.Policy
		if err := proto.Unmarshal(module.Raw, &policy); err != nil {
			return nil, err
		}
		for _, plan := range policy.GetPlans().GetPlans() {
			names = append(names, plan.GetName())
		}
		return names, nil
	}
	var policy struct {
		Plans struct {
			Plans []struct {
				Name string `json:"name"`
			} `json:"plans"`
		} `json:"plans"`
	}
	if err := json.Unmarshal(module.Raw, &policy); err != nil {
		return nil, err
	}
	for _, plan := range policy.Plans.Plans {
		names = append(names, plan.Name)
	}
	return names, nil
}
