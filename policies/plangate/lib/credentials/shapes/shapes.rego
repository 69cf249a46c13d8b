# METADATA
# title: Shapes of credentials
# description: >-
#   Patterns for what issuers hand out, each bound to a prefix that means nothing else. All of them are RE2 without
#   overlapping repetition, so a search takes time in the length of the text.
# related_resources:
#   - ref: https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
#   - ref: https://docs.gitlab.com/security/tokens/#token-prefixes
#   - ref: https://cloud.google.com/docs/authentication/api-keys
package plangate.lib.credentials.shapes

# METADATA
# description: Tokens and keys of model providers, code hosts, clouds and the rest.
tokens := concat("|", array.concat(_bounded, _anchored))

# METADATA
# description: >-
#   A cheap sign that a JSON text may hold a credential, to look closer only then: prefixes of tokens, URLs with a
#   password, names that ask for a look at their value.
hint := concat("|", [
	`\b(hf_|api_org_|sk[-_]|rk_|gh[pousr]_|github_pat_|gl[a-z]{2,5}-|xox|xapp-|A(KIA|SIA)|ABSK|AIza|ya29|GOCSPX|dapi|nvapi-)`,
	`\b(gsk_|r8_|pplx-|xai-|tvly-|lsv2_|pcsk_|jina_|wandb_v1_|dckr_|hvs\.|npm_|pypi-|dop_v1_|glsa_|NRAK-|SG\.|eyJ)`,
	`PRIVATE KEY|(Account|SharedAccess)Key=|[?&]sig=|sig=|hooks\.slack\.com|atlasv1|://[^/"@]*:[^/"@]+@|(?i:bearer )`,
	`(?i:passwo?r?d|passphrase|token|secret|credential|key|pat|auth|dsn|pwd|user_data|custom_data|base64)[^":]{0,12}\\?"? ?[:=,] ?\\?"[^"]`,
])

# METADATA
# description: A URL with a password in its user part, which is the first group.
url_password := `[A-Za-z][A-Za-z0-9+.-]*://[^\s/?#"'<>@:]*:([^\s/?#"'<>@]+)@[^\s@]`

# METADATA
# description: Words in names of credentials. A text without one of them holds no assignment and no option.
words := `(?i:passwo?r?d|passphrase|pwd|token|secret|credential|key|pat|auth)`

# METADATA
# description: >-
#   A sign that a name may be one of a credential or of base64. The pattern is quick, and most names do not match it.
name_hint := `(?i)pass|pwd|token|secret|credential|pat|auth|dsn|key|base64|user_data|custom_data|binary|on_create|on_start|_content`

# METADATA
# description: >-
#   An assignment to a name that may mean a credential, in a script or a configuration file: name, value and what follows
#   directly, which tells a value from the begin of an expression.
assignment := concat("", [
	`([A-Za-z0-9_.-]*`, words, `[A-Za-z0-9_.-]*)`,
	`\\?["']?[ \t]*[=:][ \t]*\\?["']?`,
	_value,
])

# METADATA
# description: The same for an option of a command line.
option := concat("", [`(--?[A-Za-z0-9-]*`, words, `[A-Za-z0-9-]*)[ \t]+["']?`, _value])

# METADATA
# description: A token in an authorization header, which is the first group.
bearer := `(?i:bearer|authorization:\s*basic)\s+([A-Za-z0-9._~+/-]{20,})`

_value := `([^\s"'\\,;&|<>(){}\[\]$\x60]{6,})([({\[$]?)`

_bounded := [concat("", [`\b(`, concat("|", _prefixed), `)`])]

_prefixed := [
	# Models and their tools.
	`hf_[A-Za-z0-9]{30,}`, `api_org_[A-Za-z0-9]{30,}`,
	`sk-(proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,}`, `sk-[A-Za-z0-9]{32,}`,
	`sk-ant-[a-z0-9]+-[A-Za-z0-9_-]{20,}`, `sk-or-v1-[0-9a-f]{32,}`, `sk-lf-[0-9a-f-]{36}`,
	`gsk_[A-Za-z0-9]{40,}`, `r8_[A-Za-z0-9]{37}`, `pplx-[A-Za-z0-9]{40,}`, `xai-[A-Za-z0-9]{60,}`,
	`tvly-[A-Za-z0-9-]{20,}`, `lsv2_(pt|sk)_[0-9a-f_]{32,}`, `pcsk_[A-Za-z0-9_]{40,}`, `jina_[A-Za-z0-9_-]{40,}`,
	`wandb_v1_[A-Za-z0-9_]{30,}`, `nvapi-[A-Za-z0-9_-]{40,}`,
	# Code and package hosts.
	`gh[pousr]_[A-Za-z0-9]{36,}`, `github_pat_[A-Za-z0-9_]{22,}`,
	`gl(pat|dt|ptt|ft|soat|rt|cbt|agent|imt|oas)-[A-Za-z0-9_-]{20,}`,
	`dckr_(pat|oat)_[A-Za-z0-9_-]{20,}`, `npm_[A-Za-z0-9]{36}`, `pypi-AgE[A-Za-z0-9_-]{40,}`,
	# Clouds.
	`(AKIA|ASIA)[A-Z0-9]{16}\b`, `ABSK[A-Za-z0-9+/]{60,}`,
	`AIza[A-Za-z0-9_-]{35}`, `GOCSPX-[A-Za-z0-9_-]{28}`, `ya29\.[A-Za-z0-9_-]{40,}`,
	`dapi[0-9a-f]{32}`, `dop_v1_[0-9a-f]{64}`,
	# Everything else.
	`xox[abeoprs]-[A-Za-z0-9-]{20,}`, `xapp-[0-9]-[A-Za-z0-9-]{20,}`,
	`hooks\.slack\.com/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]{20,}`,
	`(sk|rk)_(live|test)_[A-Za-z0-9]{20,}`, `SG\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{40,}`,
	`hvs\.[A-Za-z0-9_-]{24,}`, `[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,}`,
	`glsa_[A-Za-z0-9]{32}`, `NRAK-[A-Z0-9]{27}`,
	`eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}`,
]

_anchored := [
	`-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----`,
	`(Account|SharedAccess)Key=[A-Za-z0-9+/]{40,}=`,
	`[?&]sig=[A-Za-z0-9%+/]{40,}`,
	`(?i)aws_?secret_?(access_?)?key["'\s:=]{1,6}[A-Za-z0-9/+]{40}\b`,
	`(?i)wandb[a-z_]{0,20}["'\s:=]{1,4}[0-9a-f]{40}\b`,
]
