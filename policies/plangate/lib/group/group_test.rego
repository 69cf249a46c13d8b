package plangate.lib.group_test

import data.plangate.lib.group

test_groups_by_key if {
	pairs := [["b", 2], ["a", 1], ["b", 1], ["a", 1], [["a", "b"], {"x": 1}]]
	group.by_key(pairs) == {"a": [1, 1], "b": [1, 2], ["a", "b"]: [{"x": 1}]}
}

test_groups_nothing if group.by_key([]) == {}
