# METADATA
# title: Grouping
# description: >-
#   Groups in linear time in every evaluator, as long as equal keys stand together, which they do in what Terraform
#   prints. A partial rule would need no order, but OPA's interpreter copies its document with each entry; a
#   comprehension inside a comprehension takes the square, and so does `sort` in OPA's WASM, the last resort here.
# related_resources:
#   - ref: https://www.openpolicyagent.org/docs/policy-performance
package plangate.lib.group

# METADATA
# description: The values of `[key, value]` pairs by key; a pair that is there twice counts twice.
by_key(pairs) := {key: values |
	[ordered, starts] := _together(pairs)
	ends := array.concat(array.slice(starts, 1, count(starts)), [count(ordered)])
	some j, start in starts
	key := ordered[start][0]
	values := [pair[1] | some pair in array.slice(ordered, start, ends[j])]
}

_together(pairs) := [pairs, starts] if {
	starts := _starts(pairs)
	count({pairs[i][0] | some i in starts}) == count(starts)
} else := [sorted, _starts(sorted)] if {
	sorted := sort(pairs)
}

_starts(pairs) := [i |
	some i, pair in pairs
	not pairs[i - 1][0] == pair[0]
]
