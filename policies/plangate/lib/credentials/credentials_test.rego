package plangate.lib.credentials_test

import data.plangate.lib.credentials

# Put together from parts, so that no whole token stands in the sources.
_letters := "qtVRavvfhfqfhGaqDSpQDYiDMfilYCHQzD"

_mixed := "zB8ZUvsTERzaLGtxvyHoxOoiO71Ug4S7Sj0aHVtfdupv48SkfKNbxQEirsETapmZ0cQ04nT3BlbkFJgHarss"

_hex := "03e32e843ac8722e1a13214d5efe5e0ac8583fc8"

_secret_key := "wOko1Lq41GPigDpzjgidRxztfrs8Qnd7/150tYeg"

test_text_holds_a_token_of_a_known_shape if {
	every text in [
		concat("", ["hf_", _letters]),
		concat("", ["--max-model-len 8192 --hf-token hf_", _letters]),
		concat("", ["sk-proj-", _mixed]),
		concat("", ["sk-ant-api03-", _mixed]),
		concat("", ["{\"provider\":\"anthropic\",\"api_key\":\"sk-ant-api03-", _mixed, "\"}"]),
		concat("", ["sk-", substring(_mixed, 0, 48)]),
		concat("", ["gsk_", substring(_mixed, 0, 52)]),
		concat("", ["pcsk_", _mixed]),
		concat("", ["nvapi-", _mixed]),
		concat("", ["https://ghp_", substring(_mixed, 0, 36), "@github.com/acme/finetune.git"]),
		concat("", ["docker login -u ci -p glpat-", substring(_mixed, 0, 20), " registry.acme.example"]),
		concat("", ["xoxb-222233334444-9974505582607-", substring(_mixed, 0, 24)]),
		concat("", ["dapi", substring(_hex, 0, 32)]),
		concat("", ["AIza", substring(_mixed, 0, 35)]),
		concat("", ["AKIA", "545PISNK3265SEUI"]),
		concat("", ["aws_secret_access_key = ", _secret_key]),
		concat("", ["DefaultEndpointsProtocol=https;AccountKey=", _mixed, "=="]),
		concat("", ["export WANDB_API_KEY=", _hex]),
		concat("", ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.", _letters]),
		concat("", ["cat <<E\n-----BEGIN ", "OPENSSH PRIVATE KEY-----\nb3BlbnNz"]),
		concat("", ["Authorization: Bearer ", _mixed]),
	] {
		credentials.text(text)
	}
}

test_text_holds_what_is_packed_inside if {
	script := base64.encode(concat("", ["#!/bin/sh\nexport HF_TOKEN=hf_", _letters, "\n"]))
	every text in [
		concat("", ["#cloud-config\nwrite_files:\n- encoding: b64\n  content: ", script]),
		concat("", ["Content-Transfer-Encoding: base64\r\n\r\n", substring(script, 0, 40), "\r\n", substring(script, 40, -1), "\r\n"]),
	] {
		credentials.text(text)
		not credentials.compressed_within(text)
	}
	not credentials.text(concat("", ["content: ", script]))
	not credentials.text(concat("", ["encoding: b64 ", base64.encode("#!/bin/sh\nsystemctl start triton-server")]))
	credentials.compressed_within(concat("", ["encoding: gz+b64 H4sIAAAAAAAA", _letters]))
	not credentials.compressed_within(concat("", ["H4sIAAAAAAAA", _letters]))
}

test_text_of_words_that_begin_as_tokens_do_is_none if {
	every text in [
		"sk-proj-northwind-platform-production",
		"glpat-rotation-of-the-platform-team",
		"pa-northwind-platform-production-model-endpnt",
		"hvs.northwind-platform-production-eu",
	] {
		not credentials.text(text)
	}
}

test_text_holds_a_password if {
	every text in [
		"postgresql://rag_reader:k7lmqyNURNNVRJat@pgvector.internal.acme.example:5432/rag",
		"redis://:k7lmqyNURNNVRJat@cache.acme.example:6379/0",
		"export PGPASSWORD='k7lmqyNURNN'\n/opt/rag/index.sh",
		"mysql --user rag --password k7lmqyNURNN! rag",
		`{"username":"rag","password":"k7lmqyNURNN"}`,
		`{\"password\": \"k7lmqyNURNN\"}`,
		"spring.datasource.password: k7lmqyNURNN",
		"machine api.wandb.ai login user password k7lmqyNURNN",
		"Server=tcp:db.acme.example,1433;User ID=rag;Password=k7lmqyNURNN;Encrypt=True;",
	] {
		credentials.text(text)
	}
}

test_text_without_a_credential if {
	every text in [
		"",
		"mock",
		"#!/bin/bash\nsystemctl start triton",
		"HF_TOKEN=$(aws secretsmanager get-secret-value --secret-id ai/huggingface/read --query SecretString --output text)",
		`export HF_TOKEN OPENAI_API_KEY="${OPENAI_API_KEY:?not set}"`,
		"docker run ghcr.io/acme/vllm@sha256:3419300aed2e779eda314554f625b65a91d1cbb5371bd6a2ba11015b11f5c953",
		"git checkout 6cd334b459e42220d8c947e0dedc8b137913993e",
		"HF_TOKEN_FILE=/run/secrets/hf_token",
		"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMM36udPETgtUzD6PZOWZQFl+qVRdjIZzs/Sev3A9GG+ gpu-admin@acme.example",
		"postgresql://rag@pgvector.internal.acme.example:5432/rag",
		"postgresql://rag:${DB_PASSWORD}@pgvector.internal.acme.example:5432/rag",
		"postgresql://user:pass@pgvector.internal.acme.example:5432/rag",
		"postgresql://rag:changeme@pgvector.internal.acme.example:5432/rag",
		"arn:aws:secretsmanager:eu-west-1:777788889999:secret:ml/prod/hub-token-x7Qp2L",
		"AKIAIOSFODNN7EXAMPLE",
		"password = self.password2()",
		"password: required",
		"token = os.environ['HF_TOKEN']",
		"a token has at least 32 characters",
		"cf820f2fde23fde8a8022e2790b5940cf911a277fcfcab36e19cbabc235c89f4",
		"7d0c1f5e-3b64-4a8f-9a51-6e20c7b8d913",
		"meta-llama/Llama-3.1-8B-Instruct",
		"aws secretsmanager get-secret-value --secret-id northwind/llm/pinecone/production/apikey/current",
		"-----BEGIN CERTIFICATE-----\nMIIB",
	] {
		not credentials.text(text)
	}
}

test_name_says_that_the_value_is_a_credential if {
	every pair in [
		["FEATURE_DB_PASSWORD", "IDsIypO!kZB4zpwb0iY-"],
		["PGPASSWORD", "postgres"],
		["tracking_password", "Sup3rS3cret!"],
		["WANDB_API_KEY", _hex],
		["AWS_SECRET_ACCESS_KEY", _secret_key],
		["secret_key", _secret_key],
		["apiKey", substring(_mixed, 0, 24)],
		["HF_TOKEN", _letters],
		["token_prod", substring(_mixed, 0, 32)],
	] {
		credentials.named(pair[0], pair[1])
	}
}

test_paths_by_name if {
	every name in [
		"password", "DB_PASSWORD", "passphrase", "pwd", "master.pwd", "token", "HF_TOKEN_PROD", "secret", "Credentials", "auth",
		"x-pat", "DSN_1", "apiKey", "api_keys", "access_key", "client-secret", "openai_key2",
	] {
		credentials.paths("a", {"b": {name: ["", "k7lmqyNURNN!x9"]}}) == {["b", name, 1]}
		credentials.paths("a", [{"name": name, "value": "k7lmqyNURNN!x9"}]) == {[0, "value"]}
		credentials.paths(name, "k7lmqyNURNN!x9") == {[]}
	}
}

test_paths_by_what_stands_beside if {
	credentials.paths("a", [{"key": "api_token", "value": "k7lmqyNURNN!x9"}]) == {[0, "value"]}
	credentials.paths("a", [{"name": "api_token", "value": ["on", "k7lmqyNURNN!x9"]}]) == {[0, "value", 1]}
	credentials.paths("a", [{"name": "api_token", "values": ["on", "k7lmqyNURNN!x9"]}]) == set()
	credentials.paths("a", ["run", "--api-token", "k7lmqyNURNN!x9"]) == {[2]}
	credentials.paths("a", ["run", "api-token", "k7lmqyNURNN!x9"]) == set()
	credentials.paths("a", {"args": ["--region", "k7lmqyNURNN!x9", "--api-token"]}) == set()
}

test_uuids_are_keys_of_some_issuers if {
	every name in ["PINECONE_API_KEY", "password", "DB_PASSWORD", "passphrase"] {
		credentials.named(name, "7d0c1f5e-3b64-4a8f-9a51-6e20c7b8d913")
	}
	every name in ["HUB_TOKEN", "KMS_KEY_ID", "API_KEY_ID", "secret"] {
		not credentials.named(name, "7d0c1f5e-3b64-4a8f-9a51-6e20c7b8d913")
	}
}

test_paths_by_name_of_base64 if {
	packed := base64.encode(concat("", ["export HF_TOKEN=hf_", _letters]))
	every name in ["base64", "content_base64", "user_data", "custom_data", "secret_binary", "on_create", "on_start", "file_content"] {
		credentials.paths("a", {name: packed}) == {[name]}
		credentials.paths("a", {"b": {"name": name, "value": packed}}) == {["b", "value"]}
	}
	credentials.paths("a", {"description": packed}) == set()
}

test_name_or_value_say_that_it_is_none if {
	every pair in [
		["MAX_TOTAL_TOKENS", "8192"],
		["TOKENIZERS_PARALLELISM", "false"],
		["TOKENIZER_PATH", "/opt/ml/model/tokenizer.json"],
		["PAD_TOKEN", "<pad>"],
		["EOS_TOKEN", "<|end_of_text|>"],
		["PARTITION_KEY", "tenant_id"],
		["MODEL_SHA256", "e57515920517d674582cc6ec69fb920e285acc6b4fca6eb604cf3186a699e4cb"],
		["HF_MODEL_REVISION", "9f2c1be07d64a83b5d1e90c37fa4526be8d07134"],
		["RUN_ID", "5d0c7b0e-6a7b-4a57-9a3c-2f1e0c9b84d2"],
		["KMS_KEY_ID", "7d0c1f5e-3b64-4a8f-9a51-6e20c7b8d913"],
		["encryption_key", "arn:aws:kms:eu-west-1:111122223333:key/7d0c1f5e-3b64-4a8f-9a51-6e20c7b8d913"],
		["HF_TOKEN_SECRET_ARN", "arn:aws:secretsmanager:eu-west-1:777788889999:secret:ml/prod/hub-token-x7Qp2L"],
		["DB_PASSWORD", "/ml/prod/feature-db/password"],
		["DB_PASSWORD_PARAM", "/ml/prod/feature-db/password"],
		["API_KEY_FILE", "/run/secrets/judge_api_key"],
		["HF_TOKEN_SECRET_ID", "ml/prod/hub-token"],
		["openai_secret", "northwind/llm/openai-api-key"],
		["HF_TOKEN", ""],
		["HF_TOKEN", "$HF_TOKEN"],
		["HF_TOKEN", "{{ .Values.token }}"],
		["access_key", "mock"],
		["secret_key", "mock"],
		["registry_token", "unused"],
		["DB_PASSWORD", "changeme-before-use"],
		["DB_PASSWORD", "********"],
		["DB_PASSWORD", "((db-password))"],
		["DB_PASSWORD", "__DB_PASSWORD__"],
		["DB_PASSWORD", "#{db.password}#"],
		["AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"],
		["DB_PASSWORD", 12345678],
		["DB_PASSWORD", null],
	] {
		not credentials.named(pair[0], pair[1])
	}
}

test_pointers_and_names_are_no_credentials_under_any_name if {
	every value in [
		"7d0c1f5e-3b64-4a8f-9a51-6e20c7b8d913",
		"Northwind-LLM-Hub2/token-7",
		"vault:secret/data/Hub#Token9",
		"sha256:e57515920517d674582cc6ec69fb920e285acc6b4fca6eb604cf3186a699e4cb",
		"acme.registry.example/Team-A/Key9.v2-final",
		"kebab-case-name-without-digits-that-is-long",
	] {
		not credentials.named("HUB_TOKEN", value)
	}
}

test_random_values_under_a_name_are if {
	every value in [
		_hex,
		"9f2c1be07d64a83b5d1e90c37fa4526b",
		_letters,
		"kq3mz81xw0plv72hd5tb9s4r",
		"aB3$kk9!Qz#1",
	] {
		credentials.named("HUB_TOKEN", value)
	}
	credentials.text("export HUB_TOKEN=aB3_kk9!Qz#1")
}

test_decoded_opens_base64_and_nothing_else if {
	credentials.decoded(base64.encode("#!/bin/bash\n")) == "#!/bin/bash\n"
	every value in ["", "#!/bin/bash", "abc", "H4sIAAAAAAAA"] {
		not credentials.decoded(value)
	}
}

test_sensitive_above_and_at_the_path if {
	r := {"change": {"after_sensitive": {"user_data": true, "tags": {"a": true, "b": false}}}}
	credentials.sensitive(r, ["user_data"])
	credentials.sensitive(r, ["user_data", 0])
	credentials.sensitive(r, ["tags", "a"])
	not credentials.sensitive(r, ["tags", "b"])
	not credentials.sensitive(r, ["tags"])
	not credentials.sensitive(r, ["name"])
}
