# METADATA
# title: What a credential looks like
# description: >-
#   Tells credentials from ordinary values: by the shape that their issuer gives them, by a name that says what the value
#   is, and then by character classes and length, since Rego has no logarithm. Digests, commits, identifiers, paths and
#   names of secrets are none. Answers yes or no and never hands a value on.
# related_resources:
#   - ref: https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
package plangate.lib.credentials

import data.plangate.lib.credentials.shapes

# METADATA
# description: Whether a value under a name is a credential, or holds one.
entry(name, value) if named(name, value)

entry(_, value) if text(value)

# METADATA
# description: >-
#   Whether a text holds a credential: a token of a known shape, a password in a URL, or an assignment to a name that
#   says so (`export WANDB_API_KEY=…`, `"password": "…"`, `--api-key …`).
text(value) if {
	is_string(value)
	count(value) >= _shortest
	_in_text(value)
}

text(value) if {
	is_string(value)
	some part in _parts(value)
	_in_text(part)
}

# METADATA
# description: >-
#   Whether a name says that its value is a credential and the value is one. Placeholders, numbers, references and
#   pointers such as paths, ARNs and names of secrets are not.
named(name, value) if {
	is_string(value)
	_fits(name, trim_space(value))
	not placeholder(trim_space(value))
	not _pointer(trim_space(value))
	not contains(value, "EXAMPLE")
}

# Passwords and keys of some issuers are UUIDs. Under other names that is an identifier.
named(name, value) if {
	is_string(value)
	_uuid(trim_space(value))
	regex.match(_uuid_names, name)
}

# METADATA
# description: Whether a name says that its value is a credential, as `HF_TOKEN` does and `MAX_TOKENS` does not.
secret_name(name) if _password_name(name)

secret_name(name) if _token_name(name)

# METADATA
# description: Whether a value only stands in for one that comes later or is none, such as `changeme`, `unused`, `true`.
placeholder(value) if regex.match(_placeholders, value)

# METADATA
# description: The text behind base64. Undefined where it is none, or compressed, which no evaluator can open.
decoded(value) := base64.decode(packed) if {
	packed := replace(replace(trim_space(value), "\n", ""), "\r", "")
	packed != ""
	count(packed) % 4 == 0
	regex.match(`^[A-Za-z0-9+/]*={0,2}$`, packed)
	not compressed(packed)
}

# METADATA
# description: Whether a value is gzip in base64.
compressed(value) if startswith(value, "H4sI")

# METADATA
# description: Whether a text, such as a message of many parts, has a part that is gzip in base64.
compressed_within(text) if {
	_mentions_base64(text)
	some packed in regex.find_n(shapes.packed, text, -1)
	compressed(packed)
}

# METADATA
# description: >-
#   The paths inside a value, however deep, that hold a credential. The last key is the name of what it leads to, or the
#   `name` beside a `value`; what a name says to be base64 is opened.
paths(name, value) := {path |
	walk(value, [path, leaf])
	is_string(leaf)
	count(leaf) >= _shortest_named
	_leaf_carries(_leaf_name(name, value, path), leaf)
}

# METADATA
# description: >-
#   Whether Terraform marks the value at `path`, or something around it, as sensitive. Where the schema of the provider
#   does not, the mark came with the value, from a sensitive variable or attribute.
sensitive(r, path) if {
	some i in numbers.range(1, count(path))
	object.get(r.change.after_sensitive, array.slice(path, 0, i), false) == true
}

_shortest := 8

_shortest_named := 6

_leaf_carries(_, leaf) if text(leaf)

_leaf_carries(name, leaf) if {
	regex.match(shapes.name_hint, name)
	_name_tells(name, leaf)
}

_name_tells(name, leaf) if named(name, leaf)

_name_tells(name, leaf) if {
	regex.match(`(base64|user_data|custom_data|binary|on_create|on_start|_content)$`, name)
	text(decoded(leaf))
}

_leaf_name(name, value, path) := sibling if {
	at := _value_at(path)
	some key in ["name", "key"]
	sibling := object.get({"in": value}, array.concat(["in"], array.concat(array.slice(path, 0, at), [key])), null)
	is_string(sibling)
} else := option if {
	last := path[count(path) - 1]
	is_number(last)
	option := object.get({"in": value}, array.concat(["in"], array.concat(array.slice(path, 0, count(path) - 1), [last - 1])), null)
	startswith(option, "-")
} else := key if {
	keys := [key | some key in path; is_string(key)]
	key := keys[count(keys) - 1]
} else := name

# Where a path has `value`, alone or before the index of a list.
_value_at(path) := count(path) - 1 if {
	path[count(path) - 1] == "value"
} else := count(path) - 2 if {
	path[count(path) - 2] == "value"
	is_number(path[count(path) - 1])
}

# What is packed in base64 inside a text that says so: parts of a message, files of a cloud-config.
_parts(value) := [part |
	_mentions_base64(value)
	some packed in regex.find_n(shapes.packed, value, -1)
	part := decoded(packed)
]

_mentions_base64(value) if contains(value, "base64")

_mentions_base64(value) if contains(value, "b64")

# Longer texts are searched for tokens only, not for assignments.
_longest := 262144

_in_text(value) if {
	regex.match(shapes.sign, value)
	some match in regex.find_all_string_submatch_n(shapes.tokens, value, -1)
	not _example(match[0])
	not _words(match[0])
}

_in_text(value) if {
	contains(value, "://")
	some match in regex.find_all_string_submatch_n(shapes.url_password, value, -1)
	not placeholder(match[1])
	not regex.match(`^[$%{<*]|^\.+$`, match[1])
	count(match[1]) >= 4
}

_in_text(value) if {
	contains(value, "login")
	some match in regex.find_all_string_submatch_n(shapes.netrc, value, -1)
	named("password", match[1])
}

_in_text(value) if {
	count(value) <= _longest
	regex.match(shapes.words, value)
	some pattern in _assignments(value)
	some match in regex.find_all_string_submatch_n(pattern, value, -1)
	[_, name, assigned, next] := match
	next == ""
	not regex.match(_code, assigned)
	named(name, assigned)
	_strong_in_text(name, assigned)
}

_in_text(value) if {
	_spaced(value)
	some match in regex.find_all_string_submatch_n(shapes.bearer, value, -1)
	_random(match[1])
}

# The patterns that may match a text, by characters that each of them asks for: a pattern that is never searched for is
# never compiled either.
_assignments(value) := array.concat(
	[shapes.assignment | _signed(value)],
	[shapes.option | contains(value, "-"); _spaced(value)],
)

_signed(value) if contains(value, "=")

_signed(value) if contains(value, ":")

_spaced(value) if {
	some space in [" ", "\t", "\n", "\r", "\f"]
	contains(value, space)
}

# Prose and code put words behind `password:`; a password in a script has to show more than one kind of character.
_strong_in_text(name, value) if {
	_password_name(name)
	count(value) >= 8
	_classes(value) >= 2
}

_strong_in_text(name, _) if {
	not _password_name(name)
	_token_name(name)
}

# Attributes of objects, as in `os.environ` and `self.password2`.
_code := `^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)+$`

_example(token) if regex.match(`(?i)example|x{6}|0{8}|1234567890|changeme|placeholder|redacted|your`, token)

_fits(name, value) if {
	_password_name(name)
	count(value) >= 6
}

_fits(name, value) if {
	_token_name(name)
	_random(value)
}

_password_name(name) if regex.match(_password_names, name)

_token_name(name) if {
	regex.match(_token_names, name)
	not regex.match(_no_token_names, name)
}

# Words in small letters joined by hyphens: the name of something that begins as a token does.
_words(token) if regex.match(`^[a-z]+[0-9]{0,3}([-_.]([a-z]+[0-9]{0,3}|[0-9]{1,4}[a-z]?))*$`, token)

_uuid_names := concat("", [`(?i)(api[_.-]?key|passwo?r?d|passphrase)`, _suffix])

_suffix := `([_.-]?([0-9]+|value|default|prod|production|dev|stage|staging))?$`

_password_names := concat("", [`(?i)(passwo?r?d|passphrase|passwort|(^|[_.-])pwd)`, _suffix])

_token_names := concat("", [
	`(?i)(token|secret|credentials?|(^|[_.-])(pat|auth|dsn)|api[_.-]?keys?`,
	`|(access|secret|private|auth|account|signing|encryption|master|client|admin|service|license|subscription|deploy|ssh|ngc`,
	`|kaggle|comet|openai|anthropic|gemini|cohere|mistral|groq|wandb|huggingface|hf|pinecone|nvidia|azure|search|storage|shared)[_.-]?key)`,
	_suffix,
])

# Fingerprints of secrets, and tokens that only tell requests or pages apart.
_no_token_names := `(?i)checksum|hash|sha[0-9]|digest|fingerprint|(request|client|idempotency|next|page|continuation)[_-]?token$`

_placeholders := concat("", [
	`(?i)^(|change[-_ ]?(me|it|this)\b.*|replace[-_ ]?(me|this)?\b.*|to[-_ ]?do\b.*|tbd|dummy.*|placeholder.*|example.*|sample.*`,
	`|mock.*|fake.*|test|testing|test-?only|unused|not[-_ ]?used|unset|not[-_ ]?set|none|null|nil|n/?a|empty|default|true|false`,
	`|yes|no|on|off|pass|passw|pwd?|enabled|disabled|required|optional|redacted|hidden|masked|secret|password|passwd|token|key|api[-_]?key`,
	`|insert[-_ ].*|your[-_ ].*|my[-_ ]?(secret|password|token|api[-_]?key)|overridden.*|managed[-_ ].*`,
	`|[-+]?[0-9]+([.,:][0-9]+)*[a-z%]{0,2}|x+|\*+|\.+|-+|_+|#+)$`,
])

# References, paths, URLs and addresses of secrets.
_pointer(value) if {
	regex.match(
		concat("", [
			`(?i)^([$%<{@]|\[\[|\(\(|__|#\{|!(ref|sub|getatt)\b|arn:|urn:|/|\.{1,2}/|~/|[a-z]:\\|[a-z][a-z0-9+.-]*://`,
			`|(vault|ssm|secretsmanager|secret|env|file|ref|resolve|keyvault|gcp|aws|akv|awssm):`,
			`|projects/|alias/|sha(1|256|512)[:-]|ssh-(rsa|ed25519)|ecdsa-)`,
		]),
		value,
	)
}

_pointer(value) if _uuid(value)

# Words joined by hyphens, slashes and the like, such as the name of a secret or of a model.
_pointer(value) if {
	regex.match(`^[A-Za-z]+[0-9]{0,3}([-_./: ]([A-Za-z]+[0-9]{0,3}|[0-9]{1,4}[A-Za-z]?))+$`, value)
}

_uuid(value) if regex.match(`(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`, value)

_random(value) if regex.match(`^[0-9a-fA-F]{32,}$`, value)

_random(value) if {
	count(value) >= 12
	not regex.match(`\s`, value)
	not _path(value)
	_classes(value) >= 3
}

_random(value) if {
	count(value) >= 20
	regex.match(`^[A-Za-z0-9]+$`, value)
	regex.match(`[A-Za-z]`, value)
	regex.match(`[0-9]`, value)
}

_random(value) if {
	count(value) >= 24
	regex.match(`^[A-Za-z]+$`, value)
	_classes(value) == 2
}

# Slashes are part of base64, and of names such as `meta-llama/Llama-3.1-8B`.
_path(value) if {
	contains(value, "/")
	not regex.match(`^[A-Za-z0-9+/]{24,}={0,2}$`, value)
}

_classes(value) := count([pattern |
	some pattern in [`[a-z]`, `[A-Z]`, `[0-9]`, `[^A-Za-z0-9_./:-]`]
	regex.match(pattern, value)
])
