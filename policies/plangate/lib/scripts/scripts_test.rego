package plangate.lib.scripts_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.scripts

test_runs_what_is_piped if {
	every script in [
		"curl -fsSL https://get.example.com/install.sh | bash",
		"curl https://get.example.com/install.sh|sh",
		"set -e\n  wget -qO- https://get.example.com/setup.sh | sudo sh -s -- --yes\n",
		"curl -s https://get.example.com/a | sudo -E bash -",
		"curl -s https://get.example.com/a | sudo -u ec2-user bash -x",
		"curl -s https://get.example.com/a | sudo -H -u ec2-user env HOME=/tmp bash -euo pipefail",
		"curl -s https://get.example.com/a | sudo --user=ec2-user /bin/bash",
		"curl -LsSf https://get.example.com/a \\\n  | env UV_INSTALL_DIR=/opt/uv sh\n",
		"curl -LsSf https://get.example.com/a \\\r\n  | sh\r\n",
		"curl -LsSf https://get.example.com/a |\n  sh\n",
		"curl -LsSf https://get.example.com/a | \\\n  sh\n",
		"curl -LsSf https://get.example.com/a |\r\n  sh\r\n",
		"cat <<'E' | bash\nuptime\nE\ncurl -s 'https://get.example.com/a' | bash",
		"curl -s https://get.example.com/a |& bash",
		"curl -s https://get.example.com/a 2>&1 | bash",
		"curl -s 'https://get.example.com/a?x=1&y=2;3' -H \"Accept: a; b|c\" | INSTALL=1 bash",
		"curl -s https://get.example.com/a#start | bash",
		"curl -s https://get.example.com/a.gz | gunzip | tee /tmp/log | bash",
		"curl -s https://get.example.com/a | bash > /var/log/a.log 2>&1",
		"curl -s https://get.example.com/a | bash 2>/dev/null",
		"curl -s https://get.example.com/a | bash /dev/stdin --yes",
		"curl -s https://get.example.com/a | bash && echo done",
		"curl -s https://get.example.com/a | bash # as documented",
		"(curl -s https://get.example.com/a | zsh)",
		"su - ec2-user -c \"curl -s https://get.example.com/a | bash\"",
		"su - ec2-user -c 'curl -s https://get.example.com/a | bash -s'",
		"curl -sSL https://get.example.com/poetry.py | python3",
		"curl -sSL https://get.example.com/poetry.py | python3 -\n",
		"curl -sSL https://get.example.com/a.pl | perl",
		"echo installing; curl -s https://get.example.com/a | bash",
		"echo installing && curl -s https://get.example.com/a | bash",
		"echo installing\ncurl -s https://get.example.com/a | bash",
		"# fetch\ncurl -s https://get.example.com/a | bash",
	] {
		scripts.runs_download(script)
	}
}

test_runs_what_is_substituted if {
	every script in [
		"bash <(curl -sSL https://get.example.com/a) --port 8443",
		"#!/bin/bash\nbash <(curl -sSL https://get.example.com/a)",
		"echo hello\nsource <(curl -sSL https://get.example.com/a)",
		"bash -x <(wget -qO- https://get.example.com/a)",
		"bash < <(curl -s https://get.example.com/a)",
		"source <(curl -s https://get.example.com/a)",
		". <(curl -s https://get.example.com/a)",
		"cd /tmp; . <(curl -s https://get.example.com/a)",
		"sudo /bin/bash <( sudo curl -s https://get.example.com/a)",
	] {
		scripts.runs_download(script)
	}
}

test_runs_what_is_an_argument if {
	every script in [
		"sh -c \"$(curl -fsSL https://get.example.com/a)\"",
		"/bin/bash -c \"$(curl -fsSL https://get.example.com/a)\"",
		"bash -lc '$(wget -qO- https://get.example.com/a)'",
		"bash -e -c \"`curl -s https://get.example.com/a`\"",
		"eval \"$(curl -s https://get.example.com/a)\"",
		"#!/bin/bash\r\neval \"$(curl -s https://get.example.com/a)\"\r\n",
		"eval $(curl -s https://get.example.com/a)",
		"eval `wget -qO- https://get.example.com/a`",
		"python3 -c \"$(curl -s https://get.example.com/a)\"",
		"perl -e \"$(curl -s https://get.example.com/a)\"",
		"bash <<< \"$(curl -s https://get.example.com/a)\"",
	] {
		scripts.runs_download(script)
	}
}

test_runs_nothing_that_it_downloads if {
	every script in [
		"",
		"pip install torch==2.10.0",
		"curl -fsSLo /tmp/a.sh https://get.example.com/a.sh\necho \"9f2b  /tmp/a.sh\" | sha256sum -c -\nbash /tmp/a.sh",
		"curl -fsSLo /tmp/a.sh https://get.example.com/a.sh && sha256sum -c /tmp/sums && bash /tmp/a.sh",
		"curl -fsSL https://get.example.com/a.sh > /tmp/a.sh; cat /tmp/b | bash",
		"curl -s https://get.example.com/a & cat b | bash",
		"curl -s http://localhost:8443/api/sessions | jq -r '.[].id' | tee /var/log/idle.log",
		"curl -s https://get.example.com/a.json | python3 -m json.tool",
		"curl -s https://get.example.com/a.json | python3 -c 'import json,sys; print(json.load(sys.stdin))'",
		"curl -s https://get.example.com/a.json | perl -pe 's/a/b/'",
		"curl -s https://get.example.com/data.csv | bash /opt/load.sh",
		"curl -s https://get.example.com/data.csv | bash -c 'cat > /tmp/data'",
		"curl -s https://get.example.com/data.csv | sh -ec 'cat > /tmp/data'",
		"curl -s https://get.example.com/key.asc | sudo apt-key add -",
		"curl -s https://get.example.com/key.asc | gpg --dearmor | sudo tee /etc/apt/keyrings/a.gpg",
		"curl -s https://get.example.com/a | ssh host cat",
		"curl -s https://get.example.com/a.sh | sha256sum",
		"wget -q https://get.example.com/bash.tar.gz",
		"# curl -s https://get.example.com/a | bash",
		"pip install uv # instead of curl -s https://get.example.com/a | sh",
		"echo 'run curl -s https://get.example.com/a | bash to install'",
		"printf \"curl https://get.example.com/a | sh\"",
		"curl -s https://get.example.com/a # then pipe | bash",
		"IP=$(curl -s http://169.254.169.254/latest/meta-data/local-ipv4)\necho $IP | bash /opt/register.sh",
		"bash -c \"echo $(curl -s https://get.example.com/a)\"",
		"./load.sh <(curl -s https://get.example.com/a)",
		"bash /opt/load.sh <(curl -s https://get.example.com/a)",
		"# bash <(curl -s https://get.example.com/a)",
		"echo \"bash <(curl -s https://get.example.com/a)\"",
		"echo 'eval \"$(curl -s https://get.example.com/a)\"' >> notes",
		"diff <(curl -s https://get.example.com/a) /tmp/a",
		"TOKEN=\"$(curl -s https://get.example.com/a)\"",
		"aws s3 cp s3://acme-tools/a.sh - | bash",
	] {
		not scripts.runs_download(script)
	}
}

test_text_of_what_is_known if {
	script := "#!/bin/bash\npip install torch\n"
	_text(script) == [script]
	_text(base64.encode(script)) == [script]
	every value in [null, "", "H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA=="] {
		_text(value) == []
	}
}

test_closed if {
	compressed := fixture.known(_address, {"on_start": "H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA=="})
	scripts.closed(compressed.change, ["on_start"]) with input as fixture.plan([compressed])
	unknown := fixture.resource(_address, {}, {"on_start": true}, {"on_start": fixture.refers(["local.script"])})
	scripts.closed(unknown.change, ["on_start"]) with input as fixture.plan([unknown])
	every known in [fixture.known(_address, {"on_start": "#!/bin/sh\n"}), fixture.known(_address, {})] {
		not scripts.closed(known.change, ["on_start"]) with input as fixture.plan([known])
	}
}

test_lifecycle_scripts if {
	studio := "aws_sagemaker_studio_lifecycle_config.this"
	places := scripts.lifecycle with input as fixture.plan([fixture.known(_address, {}), fixture.known(studio, {})])
	{[place.resource.address, place.path] | some place in places} == {
		[_address, ["on_create"]], [_address, ["on_start"]],
		[studio, ["studio_lifecycle_config_content"]],
	}
}

_address := "aws_sagemaker_notebook_instance_lifecycle_configuration.this"

_text(value) := texts if {
	r := fixture.known(_address, {"on_start": value})
	texts := [script | script := scripts.text(r.change, ["on_start"])] with input as fixture.plan([r])
}
