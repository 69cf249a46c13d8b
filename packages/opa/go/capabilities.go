package main

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

func capabilitiesOf(request *CapabilitiesRequest) *CapabilitiesResponse {
	text, err := capabilitiesText(request)
	if err != nil {
		return &CapabilitiesResponse{Problem: err.Error()}
	}
	return &CapabilitiesResponse{Text: text}
}

// capabilitiesText is what `opa capabilities` prints: the names of all versions, or what one of them can do.
func capabilitiesText(request *CapabilitiesRequest) (string, error) {
	var found *ast.Capabilities
	var err error
	switch {
	case request.Version != "":
		found, err = ast.LoadCapabilitiesVersion(request.Version)
	case len(request.File) > 0:
		found, err = ast.LoadCapabilitiesJSON(bytes.NewReader(request.File))
	case request.Current:
		version := ast.DefaultRegoVersion
		if request.V0Compatible {
			version = ast.RegoV0
		}
		found = ast.CapabilitiesForThisVersion(ast.CapabilitiesRegoVersion(version))
		// An OPA that evaluates WebAssembly adds these. This one leaves that to its host, which does.
		found.WasmABIVersions = []ast.WasmABIVersion{{Version: 1, Minor: 1}, {Version: 1, Minor: 2}}
	default:
		names, err := ast.LoadCapabilitiesVersions()
		return strings.Join(names, "\n"), err
	}
	if err != nil {
		return "", err
	}
	text, err := json.MarshalIndent(found, "", "  ")
	return string(text), err
}
