package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	_ "unsafe" // for go:linkname

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/topdown/builtins"
	"github.com/open-policy-agent/opa/v1/version"
)

// OPA's own table of the functions that its WebAssembly holds; nothing exported says it.
//
//go:linkname native github.com/open-policy-agent/opa/internal/compiler/wasm.builtinsFunctions
var native map[string]string

// Functions that reach out: there is no network in here, and an error from a missing one would look like an answer.
var denied = []string{"http.send", "net.lookup_ip_addr"}

func info() *InfoResponse {
	response := &InfoResponse{Version: version.Version}
	for _, declared := range ast.CapabilitiesForThisVersion().Builtins {
		_, isNative := native[declared.Name]
		// These two are statements of OPA's intermediate representation and no functions.
		isNative = isNative || declared.Name == ast.Equality.Name || declared.Name == ast.Assign.Name
		response.Builtins = append(response.Builtins, BuiltinInfo{
			Name:     declared.Name,
			Native:   isNative,
			Callable: topdown.GetBuiltin(declared.Name) != nil && !slices.Contains(denied, declared.Name),
		})
	}
	return response
}

// The evaluation that was asked for last. One at a time runs, so one is all that is kept.
var current struct {
	id      string
	context topdown.BuiltinContext
}

func evaluation(id, nowNs string) topdown.BuiltinContext {
	if current.context.Context == nil || current.id != id {
		current.id = id
		current.context = topdown.BuiltinContext{
			Context:      context.Background(),
			Metrics:      metrics.New(),
			Seed:         rand.Reader,
			Time:         ast.NumberTerm(json.Number(nowNs)),
			Cancel:       topdown.NewCancel(),
			Cache:        builtins.Cache{},
			Capabilities: ast.CapabilitiesForThisVersion(),
		}
	}
	return current.context
}

func builtin(request *BuiltinRequest) *BuiltinResponse {
	call := topdown.GetBuiltin(request.Name)
	if call == nil || slices.Contains(denied, request.Name) {
		return refused("builtin_missing", fmt.Sprintf("`%s` cannot be called here", request.Name))
	}
	if arity := ast.BuiltinMap[request.Name].Decl.Arity(); len(request.Args) != arity {
		return refused("argument_error", fmt.Sprintf("`%s` takes %d arguments, got %d", request.Name, arity, len(request.Args)))
	}
	args := make([]*ast.Term, len(request.Args))
	for i, text := range request.Args {
		arg, err := parseBytes(text)
		if err != nil {
			return refused("argument_error", fmt.Sprintf("argument %d of `%s`: %s", i+1, request.Name, err))
		}
		args[i] = arg
	}
	response := &BuiltinResponse{}
	err := call(evaluation(request.Evaluation, request.NowNs), args, func(result *ast.Term) error {
		var text strings.Builder
		writeValue(&text, result.Value)
		value := text.String()
		response.Value = &value
		return nil
	})
	if err == nil {
		return response
	}
	var halt topdown.Halt
	var coded *topdown.Error
	isHalt := errors.As(err, &halt)
	if errors.As(err, &coded) {
		return &BuiltinResponse{Error: &Failure{Code: coded.Code, Message: coded.Message, Halt: isHalt}}
	}
	return &BuiltinResponse{Error: &Failure{Code: topdown.InternalErr, Message: err.Error(), Halt: isHalt}}
}

// answers calls one function after the other; a panic is the answer of its own call only.
func answers(requests []BuiltinRequest) []*BuiltinResponse {
	responses := make([]*BuiltinResponse, len(requests))
	for i := range requests {
		responses[i] = safely(&requests[i])
	}
	return responses
}

func safely(request *BuiltinRequest) (response *BuiltinResponse) {
	defer func() {
		if r := recover(); r != nil {
			response = refused("panic", fmt.Sprint(r))
		}
	}()
	return builtin(request)
}

func refused(code, message string) *BuiltinResponse {
	return &BuiltinResponse{Error: &Failure{Code: code, Message: message}}
}
