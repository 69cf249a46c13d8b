// Command opa is OPA's compiler and built-in functions as a WebAssembly reactor. main_wasm.go has its exports.
package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
)

func main() {}

// answer takes a frame and returns a frame. A panic below it becomes an error in the response.
func answer(frame []byte) []byte {
	request, contents, err := decode(frame)
	if err != nil {
		return encode(failed("protocol_error", err))
	}
	return encode(handle(request, contents))
}

func handle(request *Request, contents []byte) (response *Response) {
	defer func() {
		if r := recover(); r != nil {
			response = failed("panic", fmt.Errorf("%v", r))
		}
	}()
	files, err := split(request.Files, contents)
	if err != nil {
		return failed("protocol_error", err)
	}
	if err := tooDeep(files); err != nil {
		return failed("too_deep", err)
	}
	switch {
	case request.Op == "info":
		return &Response{Info: info()}
	case request.Op == "build" && request.Build != nil:
		return build(files, request.Build)
	case request.Op == "annotations" && request.Annotations != nil:
		return &Response{Annotations: annotations(files, request.Annotations)}
	case request.Op == "testBundle" && request.Test != nil:
		return testBundle(files, request.Test)
	case request.Op == "test" && request.Test != nil:
		return &Response{Test: test(files, request.Test)}
	case request.Op == "reads" && request.Reads != nil:
		return &Response{Reads: readsOf(files, request.Reads)}
	case request.Op == "builtin" && request.Builtin != nil:
		return &Response{Builtin: builtin(request.Builtin)}
	case request.Op == "builtins":
		return &Response{Builtins: answers(request.Builtins)}
	case request.Op == "check" && request.Check != nil:
		return &Response{Check: check(files, request.Check)}
	case request.Op == "format" && request.Format != nil && len(files) == 1:
		return formatted(files[0].text, request.Format)
	case request.Op == "deps" && request.Deps != nil:
		return deps(treeOf(request.Files, contents), request.Deps)
	case request.Op == "inspect" && request.Inspect != nil:
		return inspect(treeOf(request.Files, contents), request.Inspect)
	case request.Op == "capabilities" && request.Capabilities != nil:
		return &Response{Capabilities: capabilitiesOf(request.Capabilities)}
	}
	return failed("protocol_error", fmt.Errorf("unknown operation `%s`", request.Op))
}

func failed(code string, err error) *Response {
	return &Response{Error: &Failure{Code: code, Message: err.Error()}}
}

func decode(frame []byte) (*Request, []byte, error) {
	if len(frame) < 4 {
		return nil, nil, errors.New("the frame is too short")
	}
	size := uint64(binary.LittleEndian.Uint32(frame))
	rest := frame[4:]
	if size > uint64(len(rest)) {
		return nil, nil, errors.New("the frame is shorter than it says")
	}
	decoder := json.NewDecoder(bytes.NewReader(rest[:size]))
	decoder.UseNumber()
	var request Request
	if err := decoder.Decode(&request); err != nil {
		return nil, nil, err
	}
	return &request, rest[size:], nil
}

func encode(response *Response) []byte {
	text, err := json.Marshal(response)
	if err != nil {
		text, _ = json.Marshal(failed("protocol_error", err))
	}
	frame := make([]byte, 4, 4+len(text)+len(response.bytes))
	binary.LittleEndian.PutUint32(frame, uint32(len(text)))
	frame = append(frame, text...)
	return append(frame, response.bytes...)
}
