// Command reference answers, for many policies in one process, what `opa build`, `opa check` and `opa eval` would.
//
// It is a test tool: a process of `opa` for each of some thousand policies takes too long. Its answers are compared with
// those of the real `opa` on a sample.
//
//	reference cases <folder>   prints OPA's compliance cases below a folder as JSON
//	reference                  reads an array of requests, prints a line of JSON for each
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/open-policy-agent/opa/v1/test/cases"
	"github.com/open-policy-agent/opa/v1/test/compilecases"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 2 && args[0] == "cases" {
		return listCases(args[1])
	}
	if len(args) != 0 {
		return fmt.Errorf("usage: reference [cases <folder>]")
	}
	var requests []request
	if err := json.NewDecoder(bufio.NewReader(os.Stdin)).Decode(&requests); err != nil {
		return err
	}
	return print(answerAll(requests))
}

func answerAll(requests []request) []answer {
	answers := make([]answer, len(requests))
	next := make(chan int)
	var workers sync.WaitGroup
	for range runtime.NumCPU() {
		workers.Go(func() {
			for i := range next {
				answers[i] = respond(requests[i])
			}
		})
	}
	for i := range requests {
		next <- i
	}
	close(next)
	workers.Wait()
	return answers
}

// listing is one compliance case, from cases or, with WantErrors, from compilecases.
type listing struct {
	File string `json:"file"`
	cases.TestCase
	RegoVersion string               `json:"rego_version,omitempty"`
	Strict      bool                 `json:"strict,omitempty"`
	WantErrors  []compilecases.Error `json:"want_errors,omitempty"`
	Exhaustive  bool                 `json:"exhaustive,omitempty"`
}

// listCases takes the `v1/test` folder of OPA's module.
func listCases(folder string) error {
	var found []listing
	for _, version := range []string{"v0", "v1"} {
		evaluated, err := cases.Load(filepath.Join(folder, "cases", "testdata", version))
		if err != nil {
			return err
		}
		for _, each := range evaluated.Cases {
			found = append(found, listing{File: below(folder, each.Filename), TestCase: each, RegoVersion: version})
		}
	}
	compiled, err := compilecases.Load(filepath.Join(folder, "compilecases", "testdata"))
	if err != nil {
		return err
	}
	for _, each := range compiled.Cases {
		found = append(found, listing{
			File:        below(folder, each.Filename),
			TestCase:    cases.TestCase{Note: each.Note, Modules: each.Modules},
			RegoVersion: cmp.Or(each.RegoVersion, "v1"),
			Strict:      each.Strict,
			WantErrors:  each.WantErrors,
			Exhaustive:  each.Exhaustive,
		})
	}
	return print(found)
}

func below(folder, path string) string {
	relative, err := filepath.Rel(folder, path)
	if err != nil {
		return path
	}
	return filepath.ToSlash(relative)
}

func print[T any](lines []T) error {
	output := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(output)
	for _, line := range lines {
		if err := encoder.Encode(line); err != nil {
			return err
		}
	}
	return output.Flush()
}
