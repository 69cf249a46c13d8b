package plangate.lib.instances_test

import data.plangate.lib.instances

test_gpu_families if {
	types := {
		"p2.xlarge", "p3dn.24xlarge", "p4de.24xlarge", "p5.48xlarge", "p5en.48xlarge", "p6-b200.48xlarge",
		"p6e-gb200.36xlarge", "g4dn.xlarge", "g4ad.4xlarge", "g5.2xlarge", "g5g.metal", "g6e.12xlarge", "gr6.4xlarge",
		"g6f.large", "trn1n.32xlarge", "trn2.48xlarge", "inf2.xlarge", "dl1.24xlarge", "ml.g5.2xlarge",
		"ml.p4d.24xlarge", "p5", "g5.*", "G5.xlarge",
	}
	{type | some type in types; instances.gpu(type)} == types
}

test_other_families_have_no_gpu if {
	types := {
		"m7g.large", "c7gn.xlarge", "t4g.small", "i4g.large", "im4gn.large", "r6gd.large", "hpc7g.4xlarge", "x2gd.medium",
		"t3.medium", "ml.m5.large", "f1.2xlarge", "vt1.3xlarge", "optimal", "", "gpu.large", null, 5, ["p5.48xlarge"],
	}
	{type | some type in types; instances.gpu(type)} == set()
}

test_families_with_local_storage if {
	types := {
		"ml.g4dn.xlarge", "ml.g4ad.xlarge", "ml.g5.2xlarge", "ml.g6.xlarge", "ml.g6e.xlarge", "ml.gr6.4xlarge",
		"ml.p3dn.24xlarge", "ml.p4d.24xlarge", "ml.p4de.24xlarge", "ml.p5.48xlarge", "ml.p5e.48xlarge",
		"ml.p5en.48xlarge", "ml.p6-b200.48xlarge", "ml.p6e-gb200.36xlarge", "ml.trn1.2xlarge", "ml.trn1n.32xlarge",
		"ml.trn2.48xlarge", "ml.dl1.24xlarge", "ml.m5d.large", "ml.m5dn.large", "ml.c5d.large", "ml.r5d.large",
		"ml.m6id.large", "ml.c6gd.large", "ml.m6gd.large", "ml.r7gd.large", "ml.i3en.large", "z1d.large",
		"x2idn.16xlarge", "x1e.xlarge", "i4i.large", "is4gen.large", "d3en.xlarge",
	}
	{type | some type in types; instances.local_storage(type)} == types
}

test_families_without_local_storage if {
	types := {
		"ml.m5.large", "ml.c5.xlarge", "ml.c5n.xlarge", "ml.r5.large", "ml.t3.medium", "ml.m6i.large", "ml.m7g.large",
		"ml.p2.xlarge", "ml.p3.2xlarge", "ml.g5g.xlarge", "g3s.xlarge", "ml.inf1.xlarge", "ml.inf2.xlarge",
		"dl2q.24xlarge", "x8g.large", "x2iezn.2xlarge", "", null, {},
	}
	{type | some type in types; instances.local_storage(type)} == set()
}

test_family if {
	[instances.family(type) | some type in ["ml.p4d.24xlarge", "p6-b200.48xlarge", "p5"]] == ["p4d", "p6-b200", "p5"]
}
