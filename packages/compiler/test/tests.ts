/** Policies with tests of every kind: those in `authz` have every outcome, those in `good` pass. */
export const tests: Readonly<Record<string, string>> = {
  'authz/authz.rego': `package authz

default allow := false

allow if input.user == "bob"

allow if {
	input.role == "admin"
	print("admin", input.user)
}

never if input.x == 1
`,
  'authz/users/data.json': '{"admins": ["eve"]}',
  'authz/more.yaml': 'level: 3\n',
  'authz/authz_test.rego': `package authz_test

import data.authz

test_bob if authz.allow with input as {"user": "bob"}

test_admin if authz.allow with input as {"user": "eve", "role": "admin"}

test_data if {
	data.users.admins == ["eve"]
	data.level == 3
}

test_fails if {
	x := 3
	print("x is", x)
	authz.allow with input as {"user": "x"}
	x == 4
}

todo_test_later if false

test_cases[note] if {
	some note, tc in {"a": {"x": 1, "y": 1}, "b": {"x": 1, "y": 2}, "c": {"x": 2, "y": 2}}
	tc.x == tc.y
}

test_nested[group][note] if {
	some group, cases in {"one": {"a": 1, "b": 2}, "two": {"c": 1}}
	some note, n in cases
	n == 1
}

test_error if {
	f(1) == 2
}

f(x) := y if some y in [x, x + 1]

test_mocked_builtin if {
	time.now_ns() == 7 with time.now_ns as 7
}

test_mocked_data if data.users.admins == [] with data.users.admins as []
`,
  'authz/other_test.rego': `package other_test

test_again if 1 == 1

test_again if 2 == 2

test_every if every x in [1, 2, 3] { x < 3 }
`,
  'good/limits.rego': `package limits

small if input.n < 10

large if input.n > 100

large if {
	input.forced
	input.n > 0
}
`,
  'good/limits_test.rego': `package limits_test

import data.limits

test_small if limits.small with input as {"n": 1}

test_large if limits.large with input as {"n": 1000}
`,
  'packed/.manifest': '{"roots": ["packed"]}',
  'packed/data.json': '{"packed": {"n": 1}}',
  'packed/ignored.json': '{"packed": {"m": 1}}',
  'packed/packed_test.rego': `package packed.packed_test

test_data if data.packed.n == 1

test_only_data_json if not data.packed.m
`,
}
