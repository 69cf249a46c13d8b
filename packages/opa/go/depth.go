package main

import "fmt"

// maxDepth is how many brackets of a source may be open at once. OPA's parser goes on until the stack of WebAssembly is
// full, and how much fits there differs from run to run.
const maxDepth = 1000

// tooDeep is the error for the first Rego source that nests too deeply.
func tooDeep(files []source) error {
	for _, file := range files {
		if isRego(file) && depth(file.text) > maxDepth {
			return fmt.Errorf("a source has more than %d brackets open at once", maxDepth)
		}
	}
	return nil
}

// depth is the largest number of open brackets outside of texts and comments.
func depth(text []byte) int {
	open, most := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '[', '(', '{':
			open++
			most = max(most, open)
		case ']', ')', '}':
			open = max(open-1, 0)
		case '#':
			i = skip(text, i, '\n')
		case '`':
			i = skip(text, i, '`')
		case '"':
			i = quoted(text, i)
		}
	}
	return most
}

// skip is where the next end after i stands, or the end of the text.
func skip(text []byte, i int, end byte) int {
	for i++; i < len(text) && text[i] != end; i++ {
	}
	return i
}

// quoted is where the text in quotes that begins at i ends. It does not go on to the next line.
func quoted(text []byte, i int) int {
	for i++; i < len(text) && text[i] != '"' && text[i] != '\n'; i++ {
		if text[i] == '\\' {
			i++
		}
	}
	return i
}
