package main

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/open-policy-agent/opa/v1/ast"
)

// diagnostics turns an error of OPA into data; file is where it happened when the error itself does not say.
func diagnostics(err error, file string) []Diagnostic {
	var many ast.Errors
	var one *ast.Error
	switch {
	case errors.As(err, &many):
		many.Sort()
		found := make([]Diagnostic, 0, len(many))
		for _, each := range many {
			found = append(found, diagnostic(each, file))
		}
		return found
	case errors.As(err, &one):
		return []Diagnostic{diagnostic(one, file)}
	case strings.Contains(err.Error(), "entrypoint"):
		return []Diagnostic{{Code: "entrypoint_error", Message: err.Error(), File: bare(file)}}
	case strings.HasPrefix(err.Error(), "manifest roots "), strings.HasPrefix(err.Error(), "manifest has overlapped roots"):
		return []Diagnostic{{Code: "roots_error", Message: err.Error(), File: bare(file)}}
	case strings.HasPrefix(err.Error(), "manifest "), strings.Contains(err.Error(), "multiple manifest files"),
		strings.Contains(err.Error(), "bundle rego-version"):
		return []Diagnostic{{Code: "manifest_error", Message: err.Error(), File: bare(file)}}
	case strings.HasPrefix(err.Error(), "failed to insert data file"):
		return []Diagnostic{{Code: "data_error", Message: err.Error(), File: bare(file)}}
	case strings.HasPrefix(err.Error(), "delta bundle"), strings.HasPrefix(err.Error(), "bundle load failed on patch decode"):
		return []Diagnostic{{Code: "source_error", Message: err.Error(), File: bare(file)}}
	case err.Error() == "verification key not provided":
		return []Diagnostic{{Code: "signature_error", Message: "the bundle is signed, and nothing here verifies it", File: bare(file)}}
	case strings.Contains(err.Error(), "ABI version not in capabilities"):
		return []Diagnostic{{Code: "capabilities_error", Message: err.Error(), File: bare(file)}}
	}
	return []Diagnostic{{Code: "build_error", Message: err.Error(), File: bare(file)}}
}

func diagnostic(err *ast.Error, file string) Diagnostic {
	result := Diagnostic{Code: err.Code, Message: err.Message, File: bare(file)}
	if err.Location != nil {
		result.Line, result.Column = err.Location.Row, err.Location.Col
		result.EndLine, result.EndColumn = end(err.Location)
		if err.Location.File != "" {
			result.File = bare(err.Location.File)
		}
	}
	if err.Details != nil {
		result.Details = err.Details.Lines()
	}
	return result
}

// end is the place after the text at a location, in which OPA counts columns by character.
func end(location *ast.Location) (line, column int) {
	text := strings.TrimRight(string(location.Text), " \t\r\n")
	last := strings.LastIndexByte(text, '\n')
	if last < 0 {
		return location.Row, location.Col + utf8.RuneCountInString(text)
	}
	return location.Row + strings.Count(text, "\n"), 1 + utf8.RuneCountInString(text[last+1:])
}

// bare is the path as the request has it: inside a bundle OPA's paths begin with a slash.
func bare(path string) string { return strings.TrimPrefix(path, "/") }
