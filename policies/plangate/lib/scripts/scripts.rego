# METADATA
# title: Shell scripts
# description: >-
#   Reads the scripts that a plan hands to machines, plain or in base64, as a shell would: comments run nothing, text that is
#   printed runs nothing, and a download runs when it becomes the input, the file or the argument of an interpreter.
# related_resources:
#   - ref: https://www.gnu.org/software/bash/manual/html_node/Shell-Commands.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html
package plangate.lib.scripts

import data.plangate.lib.credentials
import data.plangate.lib.plan

# METADATA
# description: The lifecycle scripts of notebooks and Studio as `{"resource", "path"}`, whether they are set or not.
lifecycle := [{"resource": r, "path": [name]} |
	some type, names in {
		"aws_sagemaker_notebook_instance_lifecycle_configuration": ["on_create", "on_start"],
		"aws_sagemaker_studio_lifecycle_config": ["studio_lifecycle_config_content"],
	}
	some r in plan.resources[type]
	some name in names
]

# METADATA
# description: The script at `path` in clear. Undefined where it is absent, unknown or compressed.
text(r, path) := script if {
	script := credentials.decoded(plan.known(r, path))
} else := value if {
	value := plan.known(r, path)
	not credentials.compressed(value)
}

# METADATA
# description: Whether only the apply, or who unpacks it, tells what the script at `path` holds.
closed(r, path) if plan.unknown(r, path)

closed(r, path) if credentials.compressed(plan.known(r, path))

# METADATA
# description: >-
#   Whether a script runs what it downloads in the same breath, unseen: `curl … | sh`, `bash <(curl …)`,
#   `sh -c "$(curl …)"`, `eval "$(wget …)"`. A download that is kept in a file first is not.
runs_download(script) if {
	some line in split(_joined(replace(script, "\r", "")), "\n")
	some tool in ["curl", "wget"]
	contains(line, tool)
	some match in regex.find_all_string_submatch_n(_runs, line, -1)
	match[1] == ""
}

# Commands that go on in the next line.
_joined(script) := replace(replace(script, "\\\n", " "), "|\n", "| ")

# What comes before decides: after `echo` or `#` nothing on the line runs, and the first group says so.
_runs := concat("", [`(`, _silent, `)?(?:`, concat("|", [_piped, _substituted, _argument]), `)`])

_silent := `\b(?:echo|printf)\s[^|;&]*|(?:^|\s)#.*`

# A pipeline from the download to an interpreter that reads its input, through any filters in between.
_piped := concat("", [
	`\b(?:curl|wget)\s`, _words, `(?:\|&?`, _words, `)*\|&?\s*`,
	_launcher, _folder, `(?:`, _shell, _reads, `|`, _interpreter, _bare, `)`,
])

# A download in place of the file that a shell reads.
_substituted := concat("", [_begin, `(?:`, _shell, `|source|\.)\s+(?:-\S+\s+)*(?:<\s*)?<\(\s*(?:sudo\s+)?(?:curl|wget)\b`])

# A download in place of the text that an interpreter runs.
_argument := concat("", [
	_begin, `(?:(?:`, _shell, `|`, _interpreter, `)\s+(?:-\S+\s+)*-[A-Za-z]*[ce]|eval|`, _shell, `\s*<<<)\s*["']?\s*`,
	`(?:\$\(|\x60)\s*(?:sudo\s+)?(?:curl|wget)\b`,
])

# Anything up to the end of a command, quotes as a whole.
_words := `(?:[^|;&"'#]|"[^"]*"|'[^']*'|>&|[^\s]#)*`

# Words before the interpreter that run it, with their options and with variables.
_launcher := concat("", [
	`(?:(?:(?:sudo|env|exec|nohup|command|nice|time|stdbuf)\b`,
	`(?:\s+(?:--?[A-Za-z-]+(?:[= ][^\s|]+)?|`, _variable, `))*|`, _variable, `)\s+)*`,
])

_variable := `[A-Za-z_]\w*=\S*`

_begin := `(?:^|[\s;&|("'\x60/])`

_folder := `(?:[\w./-]*/)?`

_shell := `(?:ba|z|da|k|a|fi)?sh\b`

_interpreter := `(?:python[0-9.]*|perl|ruby|node|php)\b`

# Options other than `-c`, an explicit standard input, or nothing more.
_reads := concat("", [`(?:\s+(?:--?[abd-zABD-Z]*(?:\s|$|["'\x60)])|/dev/stdin)|`, _end, `)`])

_bare := concat("", [`(?:\s+-)?`, _end])

_end := `\s*(?:$|[;&|)}"'\x60#]|[0-9]?>)`
