package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Strings of Rego may hold bytes that are no UTF-8, such as what base64.decode finds. In value text such a byte is half of
// a surrogate pair, `\udc80` to `\udcff`, which is no character of a string.

var escapes = regexp.MustCompile(`\\(?:udc[89a-f][0-9a-f]|.)`)

func isByte(escape string) bool { return len(escape) == len(`\udc80`) }

// parseBytes reads value text with such bytes.
func parseBytes(text string) (*ast.Term, error) {
	if !strings.Contains(text, `\udc`) {
		return parseValue(text)
	}
	// OPA would read them as U+FFFD, so that they are marked until it has read the text.
	mark := '\ue000'
	for strings.ContainsRune(text, mark) || strings.Contains(strings.ToLower(text), fmt.Sprintf(`\u%04x`, mark)) {
		mark++
	}
	marked := escapes.ReplaceAllStringFunc(text, func(escape string) string {
		if isByte(escape) {
			return string(mark) + escape[len(escape)-2:]
		}
		return escape
	})
	term, err := parseValue(marked)
	if err != nil {
		return nil, err
	}
	return ast.NewTerm(restored(term.Value, string(mark))), nil
}

// restored returns a value with bytes in place of marks and two digits.
func restored(value ast.Value, mark string) ast.Value {
	term := func(inner *ast.Term) *ast.Term { return ast.NewTerm(restored(inner.Value, mark)) }
	switch value := value.(type) {
	case ast.String:
		parts := strings.Split(string(value), mark)
		for i, part := range parts[1:] {
			// Two digits were written behind each mark.
			octet, _ := strconv.ParseUint(part[:2], 16, 8)
			parts[i+1] = string([]byte{byte(octet)}) + part[2:]
		}
		return ast.String(strings.Join(parts, ""))
	case *ast.Array:
		items := make([]*ast.Term, value.Len())
		for i := range items {
			items[i] = term(value.Elem(i))
		}
		return ast.NewArray(items...)
	case ast.Object:
		entries := make([][2]*ast.Term, 0, value.Len())
		value.Foreach(func(key, item *ast.Term) { entries = append(entries, [2]*ast.Term{term(key), term(item)}) })
		return ast.NewObject(entries...)
	case ast.Set:
		members := make([]*ast.Term, 0, value.Len())
		value.Foreach(func(member *ast.Term) { members = append(members, term(member)) })
		return ast.NewSet(members...)
	default:
		return value
	}
}

// inQuotes returns the JSON of a string, with such bytes.
func inQuotes(text string) string {
	if utf8.ValidString(text) {
		return jsonOf(text)
	}
	var out strings.Builder
	out.WriteByte('"')
	for text != "" {
		char, size := utf8.DecodeRuneInString(text)
		if char == utf8.RuneError && size == 1 {
			fmt.Fprintf(&out, `\udc%02x`, text[0])
		} else {
			character := jsonOf(text[:size])
			out.WriteString(character[1 : len(character)-1])
		}
		text = text[size:]
	}
	out.WriteByte('"')
	return out.String()
}

func jsonOf(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(quoted)
}
