// This is the part of the protocol that is about tests. It is mirrored: packages/opa/go/testprotocol.go and
// packages/opa/src/testprotocol.ts say the same thing, and a change to one is a change to both.

package main

// TestRequest runs the tests of the sources at Paths, which are loaded as `opa test` loads them: as bundles, or with
// every JSON and YAML file as data. Paths name files of the request or folders of them, as the caller wrote them.
type TestRequest struct {
	Reading
	Paths   []string `json:"paths"`
	Bundle  bool     `json:"bundle"`
	Ignore  []string `json:"ignore,omitempty"`
	Schemas []Schema `json:"schemas,omitempty"`
	// Run is a regular expression for names, as `data.a.test_b`; Only are names themselves. Without both, all run.
	Run  string   `json:"run,omitempty"`
	Only []string `json:"only,omitempty"`
	// Shard splits the packages with tests into Of parts, of which part number Index, from 0, is run.
	Shard     *Shard `json:"shard,omitempty"`
	TimeoutMs int64  `json:"timeoutMs"`
	Count     int    `json:"count"`
	MaxErrors int    `json:"maxErrors"`
	Verbose   bool   `json:"verbose"`
	VarValues bool   `json:"varValues"`
	Explain   string `json:"explain,omitempty"`
	// Coverage asks for it. CoverageRuns are OPA's supplementary passes, `index_excluded` and `early_exit`.
	Coverage     bool            `json:"coverage"`
	CoverageRuns []string        `json:"coverageRuns,omitempty"`
	Bench        *BenchRequest   `json:"bench,omitempty"`
	Profile      *ProfileRequest `json:"profile,omitempty"`
	// JSON asks for the JSON of each result, Pretty for its text.
	JSON   bool `json:"json"`
	Pretty bool `json:"pretty"`
}

// Shard is one part of several.
type Shard struct {
	Index int `json:"index"`
	Of    int `json:"of"`
}

// BenchRequest runs each test many times.
type BenchRequest struct {
	Memory  bool `json:"memory"`
	GoBench bool `json:"goBench"`
}

// ProfileRequest asks what the expressions of all tests cost, sorted by Sort; Limit 0 is all of them.
type ProfileRequest struct {
	Sort  []string `json:"sort"`
	Limit int      `json:"limit"`
}

// TestResponse has one Run for each time that the tests were run; after one that failed there is no other. Error is
// what `opa test` prints when it cannot load or compile the sources, and Diagnostics say the same as data.
type TestResponse struct {
	Error       string       `json:"error,omitempty"`
	Diagnostics []Diagnostic `json:"diagnostics"`
	Runs        []TestRun    `json:"runs"`
}

// TestRun holds the results by file and line.
type TestRun struct {
	Results  []TestResult `json:"results"`
	Coverage *Coverage    `json:"coverage,omitempty"`
	Profile  []Expression `json:"profile,omitempty"`
}

// Coverage is OPA's report, and the JSON of it as `opa test` prints it.
type Coverage struct {
	Report any    `json:"report"`
	JSON   string `json:"json"`
}

// Expression is what one place cost.
type Expression struct {
	Time       string `json:"time"`
	TimeNs     int64  `json:"timeNs"`
	NumEval    int    `json:"numEval"`
	NumRedo    int    `json:"numRedo"`
	NumGenExpr int    `json:"numGenExpr"`
	Location   string `json:"location"`
}

// TestResult is the outcome of one test: `pass`, `fail`, `skip` or `error`. JSON, Shown and Failure are OPA's own words
// for it: an element of the array that `--format json` prints, the lines that stand in the list, and those below
// FAILURES.
type TestResult struct {
	File       string     `json:"file"`
	Line       int        `json:"line"`
	Column     int        `json:"column"`
	Package    string     `json:"package"`
	Name       string     `json:"name"`
	Outcome    string     `json:"outcome"`
	DurationNs int64      `json:"durationNs"`
	Output     string     `json:"output,omitempty"`
	Error      *TestError `json:"error,omitempty"`
	Cases      []TestCase `json:"cases,omitempty"`
	JSON       string     `json:"json,omitempty"`
	Shown      string     `json:"shown,omitempty"`
	Failure    string     `json:"failure,omitempty"`
}

// TestError is why a test has no outcome: OPA's code, if it has one, what happened, and what was being evaluated.
type TestError struct {
	Code    string   `json:"code,omitempty"`
	Message string   `json:"message"`
	Stack   []string `json:"stack,omitempty"`
}

// TestCase is one case of a test that has several: its name inside those of the cases around it.
type TestCase struct {
	Name []string `json:"name"`
	Fail bool     `json:"fail"`
	Leaf bool     `json:"leaf"`
}

// TestBundleResponse goes with the bytes of a bundle, whose WebAssembly has each test as an entrypoint. It answers the
// operation `testBundle`, which has a TestRequest too.
type TestBundleResponse struct {
	Diagnostics []Diagnostic   `json:"diagnostics"`
	Tests       []CompiledTest `json:"tests"`
}

// CompiledTest is a test by its place, and why it cannot be compiled, if it cannot.
type CompiledTest struct {
	Entrypoint string `json:"entrypoint"`
	File       string `json:"file"`
	Line       int    `json:"line"`
	Column     int    `json:"column"`
	Reason     string `json:"reason,omitempty"`
}
