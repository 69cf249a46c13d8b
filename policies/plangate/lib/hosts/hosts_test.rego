package plangate.lib.hosts_test

import data.plangate.lib.hosts

test_host if {
	every text in [
		"docs.example.com", "https://docs.example.com", "https://docs.example.com/a/b", "HTTPS://Docs.Example.com:8443/",
		"docs.example.com:443", "https://docs.example.com?x=@evil.example", "https://docs.example.com#@evil.example",
		"https://user@docs.example.com/", "https://evil.example:x@docs.example.com/", `https://docs.example.com\@evil.example/`,
		"mongodb+srv://docs.example.com/",
	] {
		hosts.of(text) == "docs.example.com"
	}
}

test_no_host if {
	every text in ["", "/path", "https://", "https:///x"] {
		not hosts.of(text)
	}
}

test_fits_hosts_and_hosts_of_urls if {
	every entry in ["docs.example.com", "*.example.com", "https://docs.example.com/handbook/", "Docs.example.com"] {
		hosts.fits("https://docs.example.com/handbook/", ["x.example", entry])
	}
}

test_fits_no_host_that_looks_alike if {
	every text in [
		"https://docs.example.com.evil.example/", "https://docs.example.com@evil.example/", "https://evil.example/docs.example.com",
		"https://docsxexample.com/", "https://docs.example.co", "",
	] {
		not hosts.fits(text, ["docs.example.com", "*.example.com"])
	}
	not hosts.fits("https://docs.example.com", [])
}
