package main

import (
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/util"
)

// parseValue reads OPA value text, which is what opa_value_dump writes: JSON, `{1, 2}` and `set()`. Numbers keep
// their digits.
func parseValue(text string) (*ast.Term, error) {
	var value any
	if err := util.UnmarshalJSON([]byte(text), &value); err == nil {
		parsed, err := ast.InterfaceToValue(value)
		return ast.NewTerm(parsed), err
	}
	term, err := ast.ParseTerm(text)
	if err != nil {
		return nil, err
	}
	if !ast.IsConstant(term.Value) {
		return nil, fmt.Errorf("expected a value, got %s", ast.ValueName(term.Value))
	}
	return term, nil
}

// writeValue writes what opa_value_parse reads. OPA's own String() quotes as Go does, which is not JSON: `\a`, `\x00`.
func writeValue(out *strings.Builder, value ast.Value) {
	switch value := value.(type) {
	case ast.String:
		out.WriteString(inQuotes(string(value)))
	case *ast.Array:
		out.WriteByte('[')
		for i := range value.Len() {
			separate(out, i)
			writeValue(out, value.Elem(i).Value)
		}
		out.WriteByte(']')
	case ast.Object:
		out.WriteByte('{')
		for i, key := range value.Keys() {
			separate(out, i)
			writeValue(out, key.Value)
			out.WriteByte(':')
			writeValue(out, value.Get(key).Value)
		}
		out.WriteByte('}')
	case ast.Set:
		if value.Len() == 0 {
			out.WriteString("set()")
			return
		}
		out.WriteByte('{')
		for i, element := range value.Slice() {
			separate(out, i)
			writeValue(out, element.Value)
		}
		out.WriteByte('}')
	default:
		out.WriteString(value.String())
	}
}

func separate(out *strings.Builder, index int) {
	if index > 0 {
		out.WriteByte(',')
	}
}
