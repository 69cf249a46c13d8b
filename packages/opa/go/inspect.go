package main

import (
	"bytes"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	astjson "github.com/open-policy-agent/opa/v1/ast/json"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/loader"
	"github.com/open-policy-agent/opa/v1/loader/filter"
	"github.com/open-policy-agent/opa/v1/util"
)

// inspection has the keys of `opa inspect --format json`.
type inspection struct {
	Manifest    *bundle.Manifest        `json:"manifest,omitempty"`
	Signatures  bundle.SignaturesConfig `json:"signatures_config"`
	WasmModules []map[string]any        `json:"wasm_modules,omitempty"`
	Namespaces  map[string][]string     `json:"namespaces,omitempty"`
	Annotations []*ast.AnnotationsRef   `json:"annotations,omitempty"`
	Required    *ast.Capabilities       `json:"capabilities,omitempty"`
}

// inspect is what `opa inspect --format json` prints about a bundle, a folder or a file of Rego.
func inspect(files tree, request *InspectRequest) *Response {
	found, err := inspected(files, request)
	if err != nil {
		return &Response{Inspect: &InspectResponse{Diagnostics: located(err, "")}}
	}
	astjson.SetOptions(astjson.Options{MarshalOptions: astjson.MarshalOptions{
		IncludeLocation: astjson.NodeToggle{AnnotationsRef: request.Annotations},
	}})
	defer astjson.SetOptions(astjson.Defaults())
	text, err := indented(found)
	if err != nil {
		return failed("inspect_error", err)
	}
	return &Response{Inspect: &InspectResponse{Diagnostics: []Diagnostic{}, Text: text}}
}

func inspected(files tree, request *InspectRequest) (*inspection, error) {
	version := ast.DefaultRegoVersion
	switch {
	case request.V0Compatible:
		version = ast.RegoV0
	case request.V1Compatible:
		version = ast.RegoV1
	}
	if strings.HasSuffix(request.Path, bundle.RegoExt) {
		return inspectedFile(files, request, version)
	}
	return inspectedBundle(files, request, version)
}

func inspectedFile(files tree, request *InspectRequest, version ast.RegoVersion) (*inspection, error) {
	loaded, err := loader.NewFileLoader().WithFS(files).WithRegoVersion(version).WithProcessAnnotation(true).
		All([]string{request.Path})
	if err != nil {
		return nil, err
	}
	result := &inspection{Namespaces: map[string][]string{}}
	var modules []bundle.ModuleFile
	for _, file := range loaded.Modules {
		result.add(file.Parsed, file.Name)
		modules = append(modules, bundle.ModuleFile{URL: file.Name, Parsed: file.Parsed})
	}
	return result, result.analyse(modules, request.Annotations)
}

func inspectedBundle(files tree, request *InspectRequest, version ast.RegoVersion) (*inspection, error) {
	open, isFolder, err := opener(files, request.Path)
	if err != nil {
		return nil, err
	}
	reader := bundle.NewCustomReader(open()).WithRegoVersion(version).WithSkipBundleVerification(true).
		WithLazyLoadingMode(true).WithProcessAnnotations(true).WithBundleName(request.Path)
	if isFolder {
		reader = reader.WithBaseDir(request.Path)
	}
	read, err := reader.Read()
	if err != nil {
		return nil, fmt.Errorf("bundle %s: %w", request.Path, err)
	}
	result := &inspection{Manifest: &read.Manifest, Namespaces: map[string][]string{}, WasmModules: []map[string]any{}}
	for _, file := range read.Modules {
		result.add(file.Parsed, file.Path)
	}
	if err := result.addRest(open(), isFolder); err != nil {
		return nil, err
	}
	for _, module := range read.WasmModules {
		var entrypoints []string
		for _, entrypoint := range module.Entrypoints {
			entrypoints = append(entrypoints, entrypoint.String())
		}
		result.WasmModules = append(result.WasmModules, map[string]any{
			"url": module.URL, "path": module.Path, "entrypoints": entrypoints,
		})
	}
	return result, result.analyse(read.Modules, request.Annotations)
}

func (i *inspection) add(module *ast.Module, file string) {
	name := module.Package.Path.String()
	i.Namespaces[name] = append(i.Namespaces[name], path.Clean(file))
}

// addRest adds data, signatures and the entrypoints of the WebAssembly, in the order in which OPA lists them.
func (i *inspection) addRest(files bundle.DirectoryLoader, isFolder bool) error {
	for {
		file, err := files.NextFile()
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("bundle read failed: %w", err)
		}
		at := path.Clean(file.Path())
		if bundle.IsSignaturesFile(file.Path()) {
			var text bytes.Buffer
			if _, err := file.Read(&text, bundle.DefaultSizeLimitBytes+1); err != nil && err != io.EOF {
				return err
			}
			if err := util.NewJSONDecoder(&text).Decode(&i.Signatures); err != nil {
				return fmt.Errorf("bundle load failed on signatures decode: %w", err)
			}
		}
		if path.Base(at) != "data.json" && !bundle.IsYAMLDataFile(file.Path()) {
			continue
		}
		name := dotted(path.Dir(at))
		if isFolder {
			at = path.Clean(file.URL())
		}
		i.Namespaces[name] = append(i.Namespaces[name], at)
	}
	for _, resolver := range i.Manifest.WasmResolvers {
		name := dotted(resolver.Entrypoint)
		i.Namespaces[name] = append(i.Namespaces[name], resolver.Module)
	}
	return nil
}

// dotted is a path below data as Rego writes it.
func dotted(at string) string {
	parts := strings.Split(strings.TrimPrefix(at, "/"), "/")
	if parts[0] == "" || parts[0] == "." {
		return ast.DefaultRootDocument.String()
	}
	return ast.DefaultRootDocument.String() + "." + strings.Join(parts, ".")
}

// analyse adds METADATA, if it is wanted, and what the modules need of an OPA.
func (i *inspection) analyse(modules []bundle.ModuleFile, annotations bool) error {
	parsed := make([]*ast.Module, 0, len(modules))
	named := map[string]*ast.Module{}
	for _, module := range modules {
		parsed = append(parsed, module.Parsed)
		named[module.URL] = module.Parsed
	}
	if annotations {
		set, errs := ast.BuildAnnotationSet(parsed)
		if len(errs) > 0 {
			return errs
		}
		i.Annotations = set.Flatten()
		if err := i.addEntrypoints(); err != nil {
			return err
		}
	}
	compiler := ast.NewCompiler().WithAllowUndefinedFunctionCalls(true)
	if compiler.Compile(named); compiler.Failed() {
		return compiler.Errors
	}
	i.Required = compiler.Required
	return nil
}

// addEntrypoints adds the METADATA that the manifest keeps of rules that are WebAssembly now.
func (i *inspection) addEntrypoints() error {
	if i.Manifest == nil {
		return nil
	}
	flat := ast.FlatAnnotationsRefSet(i.Annotations)
	for _, resolver := range i.Manifest.WasmResolvers {
		if len(resolver.Annotations) == 0 {
			continue
		}
		at, err := ast.PtrRef(ast.DefaultRootDocument, resolver.Entrypoint)
		if err != nil {
			return fmt.Errorf("failed to parse Wasm entrypoint in manifest: %s", err)
		}
		for _, annotations := range resolver.Annotations {
			ref := ast.NewAnnotationsRef(annotations)
			ref.Path = at
			ref.Location = ast.NewLocation(nil, resolver.Module, 0, 0)
			flat = flat.Insert(ref)
		}
	}
	i.Annotations = flat
	return nil
}

// opener returns what opens a bundle, and can do so again: OPA reads its files twice.
func opener(files tree, at string) (func() bundle.DirectoryLoader, bool, error) {
	found, err := files.find("stat", at)
	if err != nil {
		return nil, false, fmt.Errorf("error reading %q: %w", at, err)
	}
	if !found.isFolder {
		return func() bundle.DirectoryLoader {
			return bundle.NewTarballLoaderWithBaseURL(bytes.NewReader(found.text), at)
		}, false, nil
	}
	root := path.Clean(at)
	inside := found.inside("")
	return func() bundle.DirectoryLoader { return &folder{root: root, files: inside} }, true, nil
}

type member struct {
	path string
	text []byte
}

func (n *node) inside(prefix string) []member {
	var found []member
	for _, child := range n.children {
		child, ok := child.(*node)
		switch {
		case !ok:
		case child.isFolder:
			found = slices.Concat(found, child.inside(prefix+"/"+child.name))
		default:
			found = append(found, member{path: prefix + "/" + child.name, text: child.text})
		}
	}
	return found
}

// folder hands out a bundle's files as OPA's loader of folders does: a path from the root, a URL with the root.
type folder struct {
	root  string
	files []member
	next  int
}

func (f *folder) NextFile() (*bundle.Descriptor, error) {
	if f.next == len(f.files) {
		return nil, io.EOF
	}
	file := f.files[f.next]
	f.next++
	return bundle.NewDescriptor(path.Join(f.root, file.path), file.path, bytes.NewReader(file.text)), nil
}

func (f *folder) WithFilter(filter.LoaderFilter) bundle.DirectoryLoader   { return f }
func (f *folder) WithPathFormat(bundle.PathFormat) bundle.DirectoryLoader { return f }
func (f *folder) WithSizeLimitBytes(int64) bundle.DirectoryLoader         { return f }
func (f *folder) WithFollowSymlinks(bool) bundle.DirectoryLoader          { return f }
