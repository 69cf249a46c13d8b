// This is the protocol between TypeScript and OPA's Go code. It is mirrored: packages/opa/go/protocol.go and
// packages/opa/src/protocol.ts say the same thing, and a change to one is a change to both.
//
// A message is a frame: the length of its JSON in 4 bytes, little-endian, the JSON itself, then bytes. A request's
// bytes are the contents of its `files`, one after the other; the bytes of the answer to `build` are the bundle.

package main

import (
	"encoding/json"

	"plangate/opa/reads"
	"plangate/opa/typeindex"
)

// Request asks for one operation. The field that `op` names is there, the others are not.
type Request struct {
	Op          string              `json:"op"`
	Files       []File              `json:"files,omitempty"`
	Build       *BuildRequest       `json:"build,omitempty"`
	Annotations *AnnotationsRequest `json:"annotations,omitempty"`
	Builtin     *BuiltinRequest     `json:"builtin,omitempty"`
	Builtins    []BuiltinRequest    `json:"builtins,omitempty"`
	Check       *CheckRequest       `json:"check,omitempty"`
	Test        *TestRequest        `json:"test,omitempty"`

	Format       *FormatRequest       `json:"format,omitempty"`
	Deps         *DepsRequest         `json:"deps,omitempty"`
	Inspect      *InspectRequest      `json:"inspect,omitempty"`
	Capabilities *CapabilitiesRequest `json:"capabilities,omitempty"`
	Reads        *ReadsRequest        `json:"reads,omitempty"`
}

// File is a source: its path, with `/`, and how many of the request's bytes are its contents. Files that were a bundle
// of their own share its number, from 1, and each has a path that no file of another bundle has; where that is not the
// one it has inside its bundle, Name is. Label is what messages call it, the path unless said.
type File struct {
	Path   string `json:"path"`
	Size   int    `json:"size"`
	Bundle int    `json:"bundle,omitempty"`
	Name   string `json:"name,omitempty"`
	Label  string `json:"label,omitempty"`
}

// Reading says how Rego is read. Capabilities are an object, a version of OPA such as `v1.0.0`, or all that OPA has.
type Reading struct {
	RegoVersion  int             `json:"regoVersion"`
	Capabilities json.RawMessage `json:"capabilities,omitempty"`
}

// Response holds the answer to the operation or an error. An error means that no answer could be made: what is
// wrong with the sources is in Diagnostics, and what a built-in refuses is in BuiltinResponse.
type Response struct {
	Info        *InfoResponse        `json:"info,omitempty"`
	Build       *BuildResponse       `json:"build,omitempty"`
	Annotations *AnnotationsResponse `json:"annotations,omitempty"`
	Builtin     *BuiltinResponse     `json:"builtin,omitempty"`
	Builtins    []*BuiltinResponse   `json:"builtins,omitempty"`
	Check       *CheckResponse       `json:"check,omitempty"`
	TestBundle  *TestBundleResponse  `json:"testBundle,omitempty"`
	Test        *TestResponse        `json:"test,omitempty"`
	Reads       *ReadsResponse       `json:"reads,omitempty"`
	Error       *Failure             `json:"error,omitempty"`

	Format       *FormatResponse       `json:"format,omitempty"`
	Deps         *DepsResponse         `json:"deps,omitempty"`
	Inspect      *InspectResponse      `json:"inspect,omitempty"`
	Capabilities *CapabilitiesResponse `json:"capabilities,omitempty"`

	bytes []byte
}

// Failure is why an operation or a built-in gave no answer. Halt: an evaluation must stop, whatever the policy says.
type Failure struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Halt    bool   `json:"halt,omitempty"`
}

// Diagnostic is something wrong with a source. Line and column count from 1, and are 0 where there is no place; the
// end is the place after the last character that it is about. An error unless it is a warning.
type Diagnostic struct {
	Code      string   `json:"code"`
	Message   string   `json:"message"`
	File      string   `json:"file"`
	Line      int      `json:"line"`
	Column    int      `json:"column"`
	EndLine   int      `json:"endLine"`
	EndColumn int      `json:"endColumn"`
	Details   []string `json:"details,omitempty"`
	Hint      string   `json:"hint,omitempty"`
	Warning   bool     `json:"warning,omitempty"`
}

// BuildRequest asks for a bundle. Roots are of the files that are no bundle; without roots they own what they contain.
// The fallback is the revision where none is asked for and none is kept. Metadata is added to what the sources have. With
// policies, what these and the entrypoints read becomes `plangate.reads` of the metadata. With a type index, so do the
// walks that look into it, as `plangate.typeIndex`.
type BuildRequest struct {
	Reading
	Target           string              `json:"target"`
	Entrypoints      []string            `json:"entrypoints"`
	Roots            []string            `json:"roots,omitempty"`
	Revision         *string             `json:"revision,omitempty"`
	Fallback         string              `json:"fallback"`
	Metadata         map[string]any      `json:"metadata,omitempty"`
	Optimize         int                 `json:"optimize,omitempty"`
	PartialNamespace string              `json:"partialNamespace,omitempty"`
	PruneUnused      bool                `json:"pruneUnused,omitempty"`
	IncludePrint     bool                `json:"includePrint,omitempty"`
	StripSource      bool                `json:"stripSource,omitempty"`
	PlanFormat       string              `json:"planFormat,omitempty"`
	PlanAddons       []string            `json:"planAddons,omitempty"`
	Policies         map[string][]string `json:"policies,omitempty"`
	TypeIndex        bool                `json:"typeIndex,omitempty"`
}

// BuildResponse goes with the bytes of the bundle, unless diagnostics say why there are none.
type BuildResponse struct {
	Diagnostics []Diagnostic  `json:"diagnostics"`
	Entrypoints []string      `json:"entrypoints"`
	Roots       []string      `json:"roots"`
	Reads       *reads.Report `json:"reads,omitempty"`

	TypeIndex []typeindex.Rewriting `json:"typeIndex,omitempty"`
}

// ReadsRequest asks what entrypoints read, beside those that METADATA names, and what policies read: documents, by name.
type ReadsRequest struct {
	Reading
	Entrypoints []string            `json:"entrypoints"`
	Policies    map[string][]string `json:"policies"`
}

// ReadsResponse says what is read, unless diagnostics say why that cannot be known.
type ReadsResponse struct {
	Diagnostics []Diagnostic  `json:"diagnostics"`
	Reads       *reads.Report `json:"reads,omitempty"`
}

// AnnotationsRequest asks what the sources say about themselves.
type AnnotationsRequest struct {
	Reading
}

// AnnotationsResponse lists the modules and all METADATA blocks, each sorted by path.
type AnnotationsResponse struct {
	Diagnostics []Diagnostic `json:"diagnostics"`
	Modules     []Module     `json:"modules"`
	Annotations []Annotation `json:"annotations"`
}

// Module is one Rego file: the path of its package below `data`, where that is said, and the rules in it.
type Module struct {
	File    string   `json:"file"`
	Line    int      `json:"line"`
	Package []string `json:"package"`
	Rules   []string `json:"rules"`
}

// Annotation is one METADATA block: what it is about, below `data`, where it stands, and OPA's JSON of it.
type Annotation struct {
	Path       []string `json:"path"`
	Scope      string   `json:"scope"`
	File       string   `json:"file"`
	Line       int      `json:"line"`
	Annotation any      `json:"annotation"`
}

// BuiltinRequest calls a built-in function with arguments as OPA value text: JSON, and `{1, 2}` or `set()`.
// Calls with the same evaluation share a clock and what must not change between two calls, such as uuid.rfc4122.
type BuiltinRequest struct {
	Name       string   `json:"name"`
	Args       []string `json:"args"`
	Evaluation string   `json:"evaluation"`
	NowNs      string   `json:"nowNs"`
}

// BuiltinResponse holds the value as OPA value text, or why there is none; with neither, the call is undefined.
type BuiltinResponse struct {
	Value *string  `json:"value,omitempty"`
	Error *Failure `json:"error,omitempty"`
}

// FormatRequest asks for the one file of the request as `opa fmt` prints it. Name is what errors call it. Diff: the
// difference instead. FailFast: only whether there is one. RegoV1: a v0 source that v1 reads as well.
type FormatRequest struct {
	Name          string          `json:"name"`
	RegoV1        bool            `json:"regoV1,omitempty"`
	V0Compatible  bool            `json:"v0Compatible,omitempty"`
	V1Compatible  bool            `json:"v1Compatible,omitempty"`
	DropV0Imports bool            `json:"dropV0Imports,omitempty"`
	CheckResult   bool            `json:"checkResult,omitempty"`
	Diff          bool            `json:"diff,omitempty"`
	FailFast      bool            `json:"failFast,omitempty"`
	Capabilities  json.RawMessage `json:"capabilities,omitempty"`
}

// FormatResponse goes with the bytes of the result, unless diagnostics say why there is none.
type FormatResponse struct {
	Diagnostics []Diagnostic `json:"diagnostics"`
	Changed     bool         `json:"changed"`
}

// DepsRequest asks for what `opa deps` prints. Data and bundles are paths as OPA takes them, below which the files of the
// request lie; a file whose path ends with a slash is an empty folder.
type DepsRequest struct {
	Query        string   `json:"query"`
	Data         []string `json:"data,omitempty"`
	Bundles      []string `json:"bundles,omitempty"`
	Ignore       []string `json:"ignore,omitempty"`
	JSON         bool     `json:"json,omitempty"`
	V0Compatible bool     `json:"v0Compatible,omitempty"`
	V1Compatible bool     `json:"v1Compatible,omitempty"`
}

// DepsResponse holds the text, unless diagnostics say why there is none.
type DepsResponse struct {
	Diagnostics []Diagnostic `json:"diagnostics"`
	Text        string       `json:"text"`
}

// InspectRequest asks for what `opa inspect --format json` prints about the bundle, folder or file of Rego at a path,
// below which the files of the request lie.
type InspectRequest struct {
	Path         string `json:"path"`
	Annotations  bool   `json:"annotations,omitempty"`
	V0Compatible bool   `json:"v0Compatible,omitempty"`
	V1Compatible bool   `json:"v1Compatible,omitempty"`
}

// InspectResponse holds the JSON as text, unless diagnostics say why there is none.
type InspectResponse struct {
	Diagnostics []Diagnostic `json:"diagnostics"`
	Text        string       `json:"text"`
}

// CapabilitiesRequest asks for what `opa capabilities` prints: those of a version, of a file, of this OPA, or the names of
// all versions.
type CapabilitiesRequest struct {
	Version      string          `json:"version,omitempty"`
	File         json.RawMessage `json:"file,omitempty"`
	Current      bool            `json:"current,omitempty"`
	V0Compatible bool            `json:"v0Compatible,omitempty"`
}

// CapabilitiesResponse holds the text, or says why there is none.
type CapabilitiesResponse struct {
	Text    string `json:"text"`
	Problem string `json:"problem,omitempty"`
}

// InfoResponse is about OPA itself.
type InfoResponse struct {
	Version  string        `json:"version"`
	Builtins []BuiltinInfo `json:"builtins"`
}

// BuiltinInfo is a function that OPA declares. Native: OPA's WebAssembly holds it. Callable: Go answers it here.
type BuiltinInfo struct {
	Name     string `json:"name"`
	Native   bool   `json:"native"`
	Callable bool   `json:"callable"`
}

// CheckRequest asks whether the sources compile, as `opa check` does: as bundles, where they have numbers of bundles.
// Both asks for Rego that is v0 and v1. MaxErrors 0 is no limit. Resources are the attributes of resources by their
// type, as the schemas of providers have them.
type CheckRequest struct {
	Reading
	Both      bool              `json:"both,omitempty"`
	Strict    bool              `json:"strict,omitempty"`
	MaxErrors int               `json:"maxErrors"`
	Schemas   []Schema          `json:"schemas,omitempty"`
	Resources map[string]*Shape `json:"resources,omitempty"`
}

// Schema is a JSON Schema, as JSON or YAML, and its path below `schema`; without a path it is that of `input`.
type Schema struct {
	Path []string `json:"path"`
	File string   `json:"file"`
	Text string   `json:"text"`
}

// CheckResponse says what is wrong with the sources, in OPA's order.
type CheckResponse struct {
	Diagnostics []Diagnostic `json:"diagnostics"`
}
