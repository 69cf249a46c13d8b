package main

import (
	"reflect"
	"testing"
)

func TestBuiltin(t *testing.T) {
	value := func(text string) BuiltinResponse { return BuiltinResponse{Value: &text} }
	failure := func(code, message string) BuiltinResponse {
		return BuiltinResponse{Error: &Failure{Code: code, Message: message}}
	}
	tests := []struct {
		note string
		name string
		args []string
		want BuiltinResponse
	}{
		{"numbers keep their digits", "sprintf", []string{`"%d"`, `[123456789012345678901234567890]`}, value(`"123456789012345678901234567890"`)},
		{"a set inside an argument", "sprintf", []string{`"%v"`, `[{3, 1, 2}]`}, value(`"{1, 2, 3}"`)},
		{"a set comes back as a set", "union", []string{`{{1}, {2}, set()}`}, value(`{1,2}`)},
		{"an empty set", "intersection", []string{`{{1}, {2}}`}, value(`set()`)},
		{"a set inside an object", "json.patch", []string{`{"a": 1}`, `[{"op": "add", "path": "/b", "value": {1}}]`}, value(`{"a":1,"b":{1}}`)},
		{"control characters are quoted as JSON", "sprintf", []string{`"%s"`, `["\u0007\u0000\u200b"]`}, value(`"\u0007\u0000` + "\u200b" + `"`)},
		{"bytes that are no text", "crypto.sha256", []string{`"\udcff"`}, value(`"a8100ae6aa1940d0b663bb31cd466142ebbdbd5187131b92d93818987832eb89"`)},
		{"bytes that come back", "hex.decode", []string{`"c3a9fffe"`}, value(`"é\udcff\udcfe"`)},
		{"bytes beside what looks like them", "strings.reverse", []string{`"\\udcff\ue000\udc80"`}, value(`"\udc80` + "\ue000" + `ffcdu\\"`)},
		{"bytes inside an argument", "concat", []string{`""`, `["a\udcff", "\ue001"]`}, value(`"a\udcff` + "\ue001" + `"`)},
		{"half a pair that is no byte", "concat", []string{`""`, `["\ud800", "\udc7f"]`}, value(`"` + "\ufffd\ufffd" + `"`)},
		{"a call that is undefined", "time.parse_duration_ns", []string{`"x"`}, failure("eval_builtin_error", `time.parse_duration_ns: time: invalid duration "x"`)},
		{"the clock of the evaluation", "time.now_ns", nil, value(`1700000000000000000`)},
		{"a wrong type", "sprintf", []string{`1`, `[]`}, failure("eval_type_error", "sprintf: operand 1 must be string but got number")},
		{"a wrong value", "regex.match", []string{`"("`, `"a"`}, failure("eval_builtin_error", "regex.match: error parsing regexp: missing closing ): `(`")},
		{"too few arguments", "sprintf", nil, failure("argument_error", "`sprintf` takes 2 arguments, got 0")},
		{"an argument that is no value", "abs", []string{`input.x`}, failure("argument_error", "argument 1 of `abs`: expected a value, got ref")},
		{"a function that reaches out", "http.send", []string{`{}`}, failure("builtin_missing", "`http.send` cannot be called here")},
		{"a function that is not there", "nope", nil, failure("builtin_missing", "`nope` cannot be called here")},
		{"no environment", "opa.runtime", nil, value(`{}`)},
	}
	for _, tc := range tests {
		t.Run(tc.note, func(t *testing.T) {
			request := &BuiltinRequest{Name: tc.name, Args: tc.args, Evaluation: "1", NowNs: "1700000000000000000"}
			if got := builtin(request); !reflect.DeepEqual(*got, tc.want) {
				t.Errorf("got  %s\nwant %s", show(*got), show(tc.want))
			}
		})
	}
}

func TestEvaluationKeepsWhatMustNotChange(t *testing.T) {
	call := func(evaluation, nowNs, name string, args ...string) string {
		return show(*builtin(&BuiltinRequest{Name: name, Args: args, Evaluation: evaluation, NowNs: nowNs}))
	}
	first := call("a", "1", "uuid.rfc4122", `"k"`)
	if again := call("a", "1", "uuid.rfc4122", `"k"`); again != first {
		t.Errorf("the same key of the same evaluation gave %s and %s", first, again)
	}
	if other := call("a", "1", "uuid.rfc4122", `"l"`); other == first {
		t.Errorf("another key gave the same uuid")
	}
	if clock := call("a", "2", "time.now_ns"); clock != "1" {
		t.Errorf("the clock moved to %s within an evaluation", clock)
	}
	if clock := call("b", "2", "time.now_ns"); clock != "2" {
		t.Errorf("the clock is %s in a new evaluation", clock)
	}
	if other := call("b", "2", "uuid.rfc4122", `"k"`); other == first {
		t.Errorf("another evaluation gave the same uuid")
	}
}

func show(response BuiltinResponse) string {
	if response.Value != nil {
		return *response.Value
	}
	if response.Error != nil {
		return response.Error.Code + ": " + response.Error.Message
	}
	return "undefined"
}
