package plangate.lib.credentials.shapes_test

import data.plangate.lib.credentials
import data.plangate.lib.credentials.shapes

# Put together from parts, so that no whole token stands in the sources.
_letters := "qtVRavvfhfqfhGaqDSpQDYiDMfilYCHQzD"

_mixed := "zB8ZUvsTERzaLGtxvyHoxOoiO71Ug4S7Sj0aHVtfdupv48SkfKNbxQEirsETapmZ0cQ04nT3BlbkFJgHarss"

_hex := "03e32e843ac8722e1a13214d5efe5e0ac8583fc8"

_password := "k7lmqyNURNN!x9"

# Whatever holds a credential has to leave a trace, wherever it stands.
test_trace_sees_tokens if {
	every text in _tokens {
		_traced({"a": {"c": [{"d": ["", concat(text, ["x\n", "\n"])]}]}})
	}
}

test_trace_sees_tokens_behind_escapes if {
	every around in [["", ""], ["x\t", " "], ["<", ">"], ["&", "&"], ["\"", "\""], ["x\\", "\\"], ["'", "'"]] {
		_traced({"a": concat(_tokens[0], around)})
	}
}

test_trace_sees_options if {
	every text in _options {
		_traced({"a": concat(text, ["x ", "\n"])})
	}
}

test_trace_sees_assignments if {
	every text in _assigned {
		_traced({"a": concat(text, ["x\n", "\n"])})
	}
}

_traced(document) if {
	count(credentials.paths("", document)) > 0
	regex.match(shapes.trace, json.marshal(document))
}

_tokens := [concat("", text) |
	some text in [
		["hf_", _letters], ["api_org_", _letters], ["sk-proj-", _mixed], ["sk-", substring(_mixed, 0, 48)],
		["sk-ant-api03-", _mixed], ["sk-or-v1-", _hex], ["sk-lf-7d0c1f5e-3b64-4a8f-9a51-6e20c7b8d913"], ["gsk_", _mixed],
		["r8_", substring(_mixed, 0, 37)], ["pplx-", _mixed], ["xai-", _mixed], ["tvly-", _mixed], ["lsv2_pt_", _hex],
		["pcsk_", _mixed], ["jina_", _mixed], ["wandb_v1_", _mixed], ["nvapi-", _mixed], ["ghp_", _mixed],
		["github_pat_", _mixed], ["glpat-", _mixed], ["dckr_pat_", _mixed], ["npm_", substring(_mixed, 0, 36)],
		["pypi-AgE", _mixed], ["AKIA", "545PISNK3265SEUI"], ["ABSK", _mixed], ["AIza", substring(_mixed, 0, 35)],
		["GOCSPX-", substring(_mixed, 0, 28)], ["ya29.", _mixed], ["dapi", substring(_hex, 0, 32)], ["dop_v1_", _hex, "24byteslongerthanthehexx"],
		["xoxb-222233334444-", _mixed], ["xapp-1-", _mixed], ["sk_live_", _mixed],
		["hooks.slack.com/services/T0ABC/B0ABC/", substring(_mixed, 0, 24)], ["SG.", substring(_mixed, 0, 22), ".", _mixed],
		["hvs.", _mixed], ["abcdefghij0123.atlasv1.", _mixed], ["glsa_", substring(_mixed, 0, 32)],
		["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.", _letters], ["-----BEGIN ", "RSA PRIVATE KEY-----"],
		["DefaultEndpointsProtocol=https;AccountKey=", _mixed, "=="], ["https://acme.example/?sig=", _mixed],
		["aws_secret_access_key = ", _hex], ["aws_secret_key\n", _hex], ["wandb login: ", "x", " wandb_key\t", _hex],
		["postgres://rag:", _password, "@db.acme.example/rag"], ["redis://:", _password, "@cache.acme.example"],
		["curl -H 'Authorization: Bearer ", _mixed, "'"], ["authorization:\n basic ", _mixed],
	]
	_holds(concat("", text))
]

_assigned := [text |
	some name in ["PGPASSWORD", "db.password", "passphrase", "PWD", "db_pwd", "HF_TOKEN", "token_prod", "X_AUTH", "auth", "PAT", "dsn", "API-KEY", "openai_key2", "secret.value", "Credentials"]
	some sign in ["=", ": ", " = ", "\t:\t", "=\"", "='", "\": \"", "\\\": \\\"", "':'"]
	text := concat("", [name, sign, _password])
	_holds(text)
]

_options := [text |
	some option in ["--password", "-pwd", "--hub-token", "--auth", "-pat", "--api-key"]
	some space in [" ", "\t", " '", " \""]
	text := concat("", [option, space, _password])
	_holds(text)
]

_holds(text) if credentials.text(text)

test_texts_are_many if count(array.concat(_tokens, array.concat(_assigned, _options))) == 198

test_trace_sees_names if {
	every name in ["password", "DB_PASSWORD", "pwd", "master.pwd", "token", "HF_TOKEN_PROD", "auth", "x-pat", "DSN_1", "apiKey", "access_key", "client-secret"] {
		every document in [
			{name: _password},
			{name: [_password]},
			{name: ["", [null, _password]]},
			{"a": {"b": [{name: _password}]}},
			{"env": [{"name": name, "value": _password}]},
			{"env": [{"name": name, "type": "plain", "value": _password}]},
		] {
			_traced(document)
		}
	}
}

test_trace_sees_base64 if {
	packed := base64.encode(concat("", ["export HF_TOKEN=hf_", _letters]))
	every name in ["base64", "content_base64", "user_data", "custom_data", "secret_binary", "on_create", "on_start", "file_content"] {
		every document in [{name: packed}, {name: ["", packed]}, {"b": {"name": name, "value": packed}}] {
			_traced(document)
		}
	}
}

test_trace_passes_over_ordinary_resources if {
	every document in [
		{"path": "/", "name": "ml-inference", "assume_role_policy": "{\"Statement\":[{\"Principal\":{\"Service\":\"sagemaker.amazonaws.com\"}}]}"},
		{"kms_key_id": "arn:aws:kms:eu-west-1:111122223333:key/7d0c1f5e", "key": "models", "key_spec": "SYMMETRIC_DEFAULT"},
		{"password": null, "token": "", "secret": [], "manage_master_user_password": true},
		{"access_config": [{"authentication_mode": "API"}], "enabled_cluster_log_types": ["authenticator", "controllerManager"]},
		{"http_tokens": "required", "auth_mode": "IAM", "partition_key": "tenant_id"},
	] {
		not regex.match(shapes.trace, json.marshal(document))
	}
}
