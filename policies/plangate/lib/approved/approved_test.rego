package plangate.lib.approved_test

import data.plangate.lib.approved
import data.plangate.lib.fixture_test as fixture

test_fits_entries_and_globs if {
	approved.fits("ml.g5.xlarge", ["ml.p5.*", "ml.g5.*"])
	approved.fits("eu", ["eu"])
	approved.fits("a.b/c:d", ["*/c:*"])
}

test_fits_nothing_else if {
	not approved.fits("ml.g5.xlarge", ["ml.g5", "g5.*", "*.g5.large"])
	not approved.fits("eu", [])
}

test_foreign_is_known_and_no_entry if {
	approved.foreign(_resource("us"), ["region"], ["eu"])
	approved.foreign(_resource("us"), ["region"], [])
	not approved.foreign(_resource("eu"), ["region"], ["e*"])
}

test_absent_and_unknown_are_not_foreign if {
	not approved.foreign(_resource(null), ["region"], [])
	not approved.foreign(_resource(""), ["region"], [])
	unknown := fixture.resource("x.y", {}, {"region": true}, {"region": fixture.refers(["a.b.c"])})
	not approved.foreign(unknown.change, ["region"], [])
}

_resource(region) := fixture.known("x.y", {"region": region}).change
