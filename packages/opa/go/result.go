package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"github.com/open-policy-agent/opa/v1/tester"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/topdown/lineage"
)

func describeResult(result *tester.Result, request *TestRequest) (*TestResult, error) {
	described := &TestResult{
		File:       result.Location.File,
		Line:       result.Location.Row,
		Column:     result.Location.Col,
		Package:    result.Package,
		Name:       result.Name,
		Outcome:    outcome(result),
		DurationNs: result.Duration.Nanoseconds(),
		Output:     string(result.Output),
		Error:      describeError(result.Error),
	}
	for name, sub := range result.SubResults.Iter {
		described.Cases = append(described.Cases, TestCase{Name: name, Fail: sub.Fail, Leaf: len(sub.SubResults) == 0})
	}
	if request.JSON {
		text, err := json.MarshalIndent([]*tester.Result{result}, "", "  ")
		if err != nil {
			return nil, err
		}
		described.JSON = strings.TrimSuffix(strings.TrimPrefix(string(text), "[\n"), "\n]")
	}
	if request.Pretty {
		if err := writePretty(described, result, request); err != nil {
			return nil, err
		}
	}
	return described, nil
}

func outcome(result *tester.Result) string {
	switch {
	case result.Skip:
		return "skip"
	case result.Error != nil:
		return "error"
	case result.Fail:
		return "fail"
	}
	return "pass"
}

func describeError(err error) *TestError {
	if err == nil {
		return nil
	}
	described := &TestError{Message: err.Error()}
	var coded *topdown.Error
	if errors.As(err, &coded) {
		described.Code = coded.Code
		described.Message = coded.Message
		for _, frame := range coded.StackTrace {
			described.Stack = append(described.Stack, frame.String())
		}
	}
	return described
}

// shownTrace is what of a trace the caller has asked for, as OPA's filterTrace (cmd/test.go) has it: notes and
// failures of a verbose run, and otherwise what --explain names.
func shownTrace(trace []*topdown.Event, request *TestRequest) []*topdown.Event {
	switch request.Explain {
	case "notes":
		return lineage.Notes(trace)
	case "full":
		return lineage.Full(trace)
	case "fails":
		return lineage.Fails(trace)
	case "debug":
		return lineage.Debug(trace)
	}
	if request.Verbose {
		return lineage.Filter(trace, func(event *topdown.Event) bool {
			return event.Op == topdown.NoteOp || event.Op == topdown.FailOp
		})
	}
	return lineage.Fails(trace)
}

// writePretty lets OPA report one result and keeps the parts, so that they can be put together with those of others.
func writePretty(described *TestResult, result *tester.Result, request *TestRequest) error {
	parts := &parted{}
	reporter := tester.PrettyReporter{
		Output:      parts,
		Verbose:     request.Verbose,
		FailureLine: request.VarValues,
		LocalVars:   request.VarValues,
	}
	if request.Bench != nil {
		reporter.BenchmarkResults = true
		reporter.BenchMarkShowAllocations = request.Bench.Memory
		reporter.BenchMarkGoBenchFormat = request.Bench.GoBench
	}
	results := make(chan *tester.Result, 1)
	results <- result
	close(results)
	if err := reporter.Report(results); err != nil {
		return err
	}
	// Without a line there is only a summary. Behind the first one come the word FAILURES, the failures and the summary,
	// or the summary alone.
	if parts.at > 0 {
		described.Shown = parts.texts[0].String()
	}
	if parts.at > 2 {
		described.Failure = parts.texts[2].String()
	}
	return nil
}

// parted is a writer that begins a new text at each line that OPA's reporter draws. The reporter writes it at once,
// while what a policy prints comes byte by byte.
type parted struct {
	texts [4]bytes.Buffer
	at    int
}

var drawnLine = strings.Repeat("-", 80) + "\n"

func (p *parted) Write(text []byte) (int, error) {
	if string(text) == drawnLine && p.at < len(p.texts)-1 {
		p.at++
		return len(text), nil
	}
	return p.texts[p.at].Write(text)
}
