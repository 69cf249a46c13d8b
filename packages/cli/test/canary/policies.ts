import type { Canaries } from './canaries.ts'

/** Policies that say all that they can reach, in all the ways in which Rego writes a text. */
export const talkative = `package main

texts contains text if {
	walk(input, [_, text])
	is_string(text)
}

texts contains key if {
	walk(input, [path, _])
	some key in path
	is_string(key)
}

texts contains text if {
	walk(data.given, [_, text])
	is_string(text)
}

written(text) := {
	text,
	trim_space(text),
	sprintf("%q", [text]),
	sprintf("%v", [[text]]),
	json.marshal({text: text}),
	json.marshal(json.marshal(text)),
	yaml.marshal({"a": text}),
	urlquery.encode(text),
	base64.encode(text),
	base64.encode(sprintf(" %s", [text])),
	base64.encode(sprintf("a %s", [text])),
	base64url.encode(text),
	base64url.encode_no_pad(sprintf(" %s b", [text])),
	hex.encode(text),
	upper(hex.encode(text)),
	sprintf("%x", [text]),
}

deny contains {"msg": form, "title": form, "remediation": form, "address": form, "path": [form, 0], "severity": "critical"} if {
	some text in texts
	some form in written(text)
}

deny contains line if {
	some text in texts
	some line in split(text, "\\n")
}

violation contains {"msg": base64.decode(text)} if {
	some text in texts
	base64.is_valid(text)
}

warn contains sprintf("%v", [input])

warn contains json.marshal(input)

warn contains yaml.marshal(input)

warn contains base64.encode(json.marshal(input))

deny contains {"msg": sprintf("%s %s", [change.address, key]), "title": sprintf("%s %s", [change.address, key]), "address": change.address, "path": [key]} if {
	some change in input.resource_changes
	some key, _ in change.change.after
}

deny contains {"msg": address, "title": address, "address": address, "path": [key]} if {
	some address, key in {"variable.given": "default", "provider.pg": "password", "module.m": "secret"}
}

deny contains "printed" if {
	print(input)
	some text in texts
	print("text", text, written(text))
}
`

/** Policies that stop with a value in hand. */
export const failing: Readonly<Record<string, string>> = {
  'a complete rule': 'package main\n\ndeny := input.resource_changes\n',
  'a message that is none': 'package main\n\ndeny contains change if some change in input.resource_changes\n',
  'two values of a rule': 'package main\n\nvalue := input.resource_changes[i].address\n\ndeny contains value\n',
  'two values of a key':
    'package main\n\ndeny contains msg if {\n\tmsg := json.marshal({"a": change.change | some change in input.resource_changes})\n}\n',
  'a built-in function that fails':
    'package main\n\ndeny contains msg if {\n\tsome change in input.resource_changes\n\tmsg := sprintf("%d", [to_number(change.change.after.password)])\n}\n',
  'JSON that is none':
    'package main\n\ndeny contains msg if {\n\tsome change in input.resource_changes\n\tmsg := json.unmarshal(change.change.after.password)\n}\n',
}

/** Policies and tests whose own text holds credentials. */
export function spoken(canaries: Canaries): Readonly<Record<string, string>> {
  const credential = canaries.credential.bind(canaries)
  return {
    'own/main.rego': `# METADATA
# title: ${credential('the title of a policy')}
# description: ${credential('the description of a policy')}
# related_resources:
# - https://example.com/${credential('the source of a policy')}
# custom:
#   severity: high
#   remediation: ${credential('the remediation of a policy')}
package main

# METADATA
# title: ${credential('the title of a rule')}
deny contains msg if {
	input.a == "${credential('a literal of a policy')}"
	print("at", "${credential('a literal that is printed')}")
	msg := "${credential('a literal of a message')}"
}
`,
    'own/main_test.rego': `package main_test

import data.main

token := "${credential('a literal of a test')}"

test_fails if {
	print("the token is", token, base64.encode(token))
	value := {"${credential('a key of a value of a test')}": token}
	value == main.deny with input as {"a": token}
}

test_passes if {
	print(token)
	true
}
`,
    'broken/main.rego': `package main

deny contains msg if {
	nope("${credential('a literal beside a mistake')}")
	msg := unknown["${credential('a literal beside another mistake')}"
}
`,
    'unsafe/main.rego': `package main

deny contains msg if {
	nope("${credential('an argument of an unknown function')}")
	msg := "x" + count("${credential('an operand of the wrong type')}")
	${'hf'}_${'unknown'} == msg
}
`,
  }
}
