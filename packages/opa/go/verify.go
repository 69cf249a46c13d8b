package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/loader"
	"github.com/open-policy-agent/opa/v1/profiler"
	runtimeinfo "github.com/open-policy-agent/opa/v1/runtime/info"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
)

// test does what `opa test` does (OPA's cmd/test.go), with the files of the request for a file system.
func test(files []source, request *TestRequest) *TestResponse {
	response, err := runTests(files, request)
	if err != nil {
		return &TestResponse{Error: err.Error(), Diagnostics: testDiagnostics(err), Runs: []TestRun{}}
	}
	return response
}

// refusal is what is wrong with a request beside its sources.
type refusal []Diagnostic

func (r refusal) Error() string { return r[0].Message }

func testDiagnostics(err error) []Diagnostic {
	var refused refusal
	if errors.As(err, &refused) {
		return refused
	}
	var many loader.Errors
	if !errors.As(err, &many) {
		return diagnostics(err, "")
	}
	var found []Diagnostic
	for _, each := range many {
		found = append(found, diagnostics(each, "")...)
	}
	return found
}

func runTests(files []source, request *TestRequest) (*TestResponse, error) {
	ctx := context.Background()
	loaded, err := loadTests(files, request)
	if err != nil {
		return nil, err
	}
	txn, err := loaded.store.NewTransaction(ctx, storage.WriteParams)
	if err != nil {
		return nil, err
	}
	defer loaded.store.Abort(ctx, txn)
	runner, gathered, err := newRunner(ctx, txn, loaded, request)
	if err != nil {
		return nil, err
	}
	response := &TestResponse{Diagnostics: []Diagnostic{}, Runs: []TestRun{}}
	for range max(request.Count, 1) {
		run, err := runOnce(ctx, txn, runner, request)
		if err != nil {
			return nil, err
		}
		if err := gathered.report(run, request); err != nil {
			return nil, err
		}
		response.Runs = append(response.Runs, *run)
		if slices.ContainsFunc(run.Results, func(result TestResult) bool { return result.Outcome != "pass" }) {
			break
		}
	}
	return response, nil
}

type loadedTests struct {
	modules map[string]*ast.Module
	bundles map[string]*bundle.Bundle
	store   storage.Store
	// documents is the data beside the modules; that of bundles is in them.
	documents map[string]any
	// capabilities are those of the request, or nil.
	capabilities *ast.Capabilities
}

func loadTests(files []source, request *TestRequest) (*loadedTests, error) {
	loaded := &loadedTests{}
	allowed, found := capabilities(request.Reading)
	if found != nil {
		return nil, refusal(found)
	}
	loaded.capabilities = allowed
	fileSystem := labelled(files)
	ignored := func(abspath string, info os.FileInfo, depth int) bool {
		return slices.ContainsFunc(request.Ignore, func(pattern string) bool {
			return loader.GlobExcludeName(pattern, 1)(abspath, info, depth)
		})
	}
	fresh := func() loader.FileLoader {
		return loader.NewFileLoader().
			WithFS(fileSystem).
			WithRegoVersion(ast.RegoVersionFromInt(request.RegoVersion)).
			WithCapabilities(loaded.capabilities).
			WithProcessAnnotation(true)
	}
	if request.Bundle {
		return loaded, loaded.asBundles(request.Paths, func() loader.FileLoader {
			return fresh().WithSkipBundleVerification(true).WithFilter(ignored)
		}, request.Coverage)
	}
	result, err := fresh().Filtered(request.Paths, ignored)
	if err != nil {
		return nil, err
	}
	loaded.modules = result.ParsedModules()
	loaded.documents = result.Documents
	loaded.store = inmem.NewFromObject(result.Documents)
	return loaded, nil
}

func (loaded *loadedTests) asBundles(paths []string, fresh func() loader.FileLoader, coverage bool) error {
	loaded.store = inmem.NewWithOpts(inmem.OptRoundTripOnWrite(false))
	loaded.bundles = map[string]*bundle.Bundle{}
	for _, path := range paths {
		each, err := fresh().AsBundle(path)
		if err != nil {
			return err
		}
		loaded.bundles[path] = each
		if coverage {
			if loaded.modules == nil {
				loaded.modules = map[string]*ast.Module{}
			}
			maps.Copy(loaded.modules, each.ParsedModules(path))
		}
	}
	return nil
}

// gathered is what the runs leave behind beside their results.
type gathered struct {
	coverage *cover.Cover
	profiler *profiler.Profiler
	modules  map[string]*ast.Module
}

func newRunner(ctx context.Context, txn storage.Transaction, loaded *loadedTests, request *TestRequest) (*tester.Runner, *gathered, error) {
	schemas, found := schemaSet(request.Schemas)
	if found != nil {
		return nil, nil, refusal(found)
	}
	compiler := ast.NewCompiler().
		SetErrorLimit(request.MaxErrors).
		WithPathConflictsCheck(storage.NonEmpty(ctx, loaded.store, txn)).
		WithEnablePrintStatements(request.Bench == nil).
		WithCapabilities(cmp.Or(loaded.capabilities, ast.CapabilitiesForThisVersion())).
		WithSchemas(schemas).
		WithUseTypeCheckAnnotations(true).
		WithRewriteTestRules(request.VarValues)
	term, err := runtimeinfo.New()
	if err != nil {
		return nil, nil, err
	}
	kinds := make([]cover.Kind, 0, len(request.CoverageRuns))
	for _, kind := range request.CoverageRuns {
		kinds = append(kinds, cover.Kind(kind))
	}
	runner := tester.NewRunner().
		SetCompiler(compiler).
		SetStore(loaded.store).
		CapturePrintOutput(true).
		EnableTracing(request.Verbose || request.VarValues).
		StackTraces(true).
		SetCoverageRuns(kinds).
		SetRuntime(term).
		SetModules(loaded.modules).
		SetBundles(loaded.bundles).
		SetTimeout(time.Duration(request.TimeoutMs) * time.Millisecond).
		Filter(request.Run).
		SetParallel(1)
	gathered := &gathered{modules: loaded.modules}
	switch {
	case request.Coverage:
		gathered.coverage = cover.New()
		runner.SetCoverageQueryTracer(gathered.coverage)
	case request.Profile != nil:
		gathered.profiler = profiler.New()
		runner.SetCoverageQueryTracer(&yielding{with: gathered.profiler})
	case request.Bench == nil:
		runner.SetCoverageQueryTracer(&yielding{})
	}
	if refs, err := chosen(loaded, request); err != nil {
		return nil, nil, err
	} else if refs != nil {
		runner.SetPrefixMatchers(refs...)
	}
	return runner, gathered, nil
}

func runOnce(ctx context.Context, txn storage.Transaction, runner *tester.Runner, request *TestRequest) (*TestRun, error) {
	var results chan *tester.Result
	var err error
	if request.Bench != nil {
		testing.Init()
		results, err = runner.RunBenchmarks(ctx, txn, tester.BenchmarkOptions{ReportAllocations: request.Bench.Memory})
	} else {
		results, err = runner.RunTests(ctx, txn)
	}
	if err != nil {
		return nil, err
	}
	var finished []*tester.Result
	for result := range results {
		result.Trace = shownTrace(result.Trace, request)
		finished = append(finished, result)
	}
	// OPA's runner gives them in no order.
	slices.SortFunc(finished, func(a, b *tester.Result) int {
		return cmp.Or(
			strings.Compare(a.Location.File, b.Location.File),
			cmp.Compare(a.Location.Row, b.Location.Row),
			cmp.Compare(a.Location.Col, b.Location.Col),
			strings.Compare(a.Name, b.Name),
		)
	})
	run := &TestRun{Results: []TestResult{}}
	for _, result := range finished {
		described, err := describeResult(result, request)
		if err != nil {
			return nil, err
		}
		run.Results = append(run.Results, *described)
	}
	return run, nil
}

func (g *gathered) report(run *TestRun, request *TestRequest) error {
	if g.coverage != nil {
		report := g.coverage.Report(g.modules)
		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(report); err != nil {
			return err
		}
		run.Coverage = &Coverage{Report: report, JSON: text.String()}
	}
	if g.profiler == nil {
		return nil
	}
	for _, stats := range g.profiler.ReportTopNResults(request.Profile.Limit, request.Profile.Sort) {
		run.Profile = append(run.Profile, Expression{
			Time:       time.Duration(stats.ExprTimeNs).String(),
			TimeNs:     stats.ExprTimeNs,
			NumEval:    stats.NumEval,
			NumRedo:    stats.NumRedo,
			NumGenExpr: stats.NumGenExpr,
			Location:   stats.Location.String(),
		})
	}
	return nil
}
