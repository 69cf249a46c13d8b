package main

import "fmt"

// maxDepth is how many brackets of a source may be open at once. OPA's parser goes on until the stack of WebAssembly is
// full, and how much fits there differs from run to run.
const maxDepth = 1000

// maxComprehensions is how many of them may be comprehensions. OPA's type checker takes twice as long for each level:
// a file of 300 bytes keeps it busy for hours.
const maxComprehensions = 12

// tooDeep is the error for the first Rego source that nests too deeply.
func tooDeep(files []source) error {
	for _, file := range files {
		if !isRego(file) {
			continue
		}
		brackets, comprehensions := depth(file.text)
		if brackets > maxDepth {
			return fmt.Errorf("a source has more than %d brackets open at once", maxDepth)
		}
		if comprehensions > maxComprehensions {
			return fmt.Errorf("a source has more than %d comprehensions inside each other", maxComprehensions)
		}
	}
	return nil
}

// depth is the largest number of open brackets, and of comprehensions among them, outside of texts and comments.
func depth(text []byte) (brackets, comprehensions int) {
	var open []bool // for each bracket, whether a comprehension's `|` stands in it
	inside := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '[', '(', '{':
			open = append(open, false)
			brackets = max(brackets, len(open))
		case ']', ')', '}':
			if last := len(open) - 1; last >= 0 {
				if open[last] {
					inside--
				}
				open = open[:last]
			}
		case '|':
			if last := len(open) - 1; last >= 0 && !open[last] {
				open[last] = true
				inside++
				comprehensions = max(comprehensions, inside)
			}
		case '#':
			i = skip(text, i, '\n')
		case '`':
			i = skip(text, i, '`')
		case '"':
			i = quoted(text, i)
		}
	}
	return brackets, comprehensions
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
