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
#   A cheap sign that a text may hold a token: what tokens begin with. It asks for no length, so it is small, and most texts
#   have none of them.
sign := concat("|", array.concat([_begins], _marks))

# METADATA
# description: >-
#   A cheap sign that a JSON text may hold a credential, to look closer only then: a token, a URL with a password, a name
#   that asks for a look at its value, base64.
hint := concat("|", array.concat([_begins], array.concat(_marks, [
	`://[^/"@]*:[^/"@]+@|(?i:bearer|basic) [A-Za-z0-9]|login \\S+ password`,
	`(?i:passwo?r?d|passphrase|token|secret|credential|key|pat|auth|dsn|pwd|user_data|custom_data|base64|binary|on_create|on_start)[^":]{0,12}\\*"? ?[:=,] ?\\*"[^"]`,
	`(?i:passwo?r?d|passphrase|token|secret|credential|key|auth|pwd)[A-Za-z0-9_.-]{0,12}(?: ?= ?|: )\\*['"]?[^\s"',=:\\{\[(]`,
	`--[A-Za-z0-9-]{0,20}(?i:pass|pwd|token|secret|key|auth)|"Secret"`,
])))

# After an escaped line break in JSON there is no boundary of a word.
_begins := concat("", [
	`(?:\b|\\[nrt])(?:hf_|api_org_|sk[-_]|rk_|gsk_|r8_|pplx-|xai-|fw_|tvly-|lsv2_|ls__|pcsk_|jina_|wandb_v1_|nvapi-|tgp_v1_|pa-|csk-|rpa_|nk-|dapi`,
	`|gh[pousr]_|github_pat_|gl[a-z]{2,5}-|AT(?:BB|ATT)|dckr_|npm_|pypi-|rubygems_|AKCp|sq[apu]_|bkua_`,
	`|A(?:KI|SI|BI|CC)A|ABSK|AIza|GOCSPX|ya29|dop_v1_|HRKU-|xox|xapp-|whsec_|SK[0-9a-f]|SG\.|key-[0-9a-f]|NRAK-|gl(?:sa|c)_|sntrys_|ph[xs]_`,
	`|sbp_|pscale_|napi_|dp\.|hv[sbr]\.|pul-|AGE-|ops_eyJ|ntn_|pat-|PMAK-|shp|lin_api_|tskey-|eyJ)`,
])

_marks := [`PRIVATE KEY|PuTTY-User|(?:Account|SharedAccess)Key=|sig=|hooks\.slack\.com|/api/webhooks/|\.?atlasv1|Q~|:AA[A-Za-z0-9_-]|pat[A-Za-z0-9]{14}\.|(?i:aws_?secret|wandb)`]

# METADATA
# description: A URL with a password in its user part, which is the first group.
url_password := `[A-Za-z][A-Za-z0-9+.-]*://[^\s/?#"'<>@:]*:([^\s/?#"'<>@]+)@[^\s@]`

# METADATA
# description: A password as `.netrc` has it, which is the first group.
netrc := `\blogin\s+\S+\s+password\s+(\S{6,})`

# METADATA
# description: A run of base64 inside a text, over the lines that mail breaks it into.
packed := `[A-Za-z0-9+/]{32,}(?:\r?\n[A-Za-z0-9+/]+)*={0,2}`

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
	`sk-(proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,}`, `sk-[A-Za-z0-9]{32,}`, `sk_[0-9a-f]{48}`,
	`sk-ant-[a-z0-9]+-[A-Za-z0-9_-]{20,}`, `sk-or-v1-[0-9a-f]{32,}`, `sk-lf-[0-9a-f-]{36}`, `sk-helicone-[a-z0-9-]{20,}`,
	`gsk_[A-Za-z0-9]{40,}`, `r8_[A-Za-z0-9]{37}`, `pplx-[A-Za-z0-9]{40,}`, `xai-[A-Za-z0-9]{60,}`, `fw_[A-Za-z0-9]{24}\b`,
	`tvly-[A-Za-z0-9-]{20,}`, `lsv2_(pt|sk)_[0-9a-f_]{32,}`, `ls__[0-9a-f]{32}`, `pcsk_[A-Za-z0-9_]{40,}`,
	`jina_[A-Za-z0-9_-]{40,}`, `tgp_v1_[A-Za-z0-9_-]{40,}`, `(pa|nk)-[A-Za-z0-9_-]{43}`, `csk-[a-z0-9]{40,}`,
	`wandb_v1_[A-Za-z0-9_]{30,}`, `nvapi-[A-Za-z0-9_-]{40,}`, `rpa_[A-Z0-9]{30}`,
	# Code and package hosts.
	`gh[pousr]_[A-Za-z0-9]{36,}`, `github_pat_[A-Za-z0-9_]{22,}`,
	`gl(pat|dt|ptt|ft|soat|rt|cbt|agent|imt|oas)-[A-Za-z0-9_-]{20,}`, `ATBB[A-Za-z0-9]{32}`, `ATATT3[A-Za-z0-9_=-]{60,}`,
	`dckr_(pat|oat)_[A-Za-z0-9_-]{20,}`, `npm_[A-Za-z0-9]{36}`, `pypi-AgE[A-Za-z0-9_-]{40,}`, `rubygems_[0-9a-f]{40}`,
	`AKCp[A-Za-z0-9]{60,}`, `(sq[apu]|bkua)_[0-9a-f]{40}`,
	# Clouds.
	`(AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b`, `ABSK[A-Za-z0-9+/]{60,}`,
	`AIza[A-Za-z0-9_-]{35}`, `GOCSPX-[A-Za-z0-9_-]{28}`, `ya29\.[A-Za-z0-9_-]{40,}`,
	`dapi[0-9a-f]{32}`, `dop_v1_[0-9a-f]{64}`, `HRKU-[A-Za-z0-9_-]{36,}`, `[A-Za-z0-9_.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31}`,
	# Everything else.
	`xox[abeoprs]-[A-Za-z0-9-]{20,}`, `xapp-[0-9]-[A-Za-z0-9-]{20,}`,
	`hooks\.slack\.com/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]{20,}`,
	`discord(app)?\.com/api/webhooks/[0-9]+/[A-Za-z0-9_-]{60}`, `[0-9]{8,10}:AA[A-Za-z0-9_-]{33}`,
	`(sk|rk)_(live|test)_[A-Za-z0-9]{20,}`, `whsec_[A-Za-z0-9+/]{32}`, `(SK|key-)[0-9a-f]{32}\b`,
	`SG\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{40,}`,
	`hv[sbr]\.[A-Za-z0-9_-]{24,}`, `[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,}`,
	`glsa_[A-Za-z0-9]{32}`, `(glc|sntrys|ops)_eyJ[A-Za-z0-9+/=_]{40,}`, `NRAK-[A-Z0-9]{27}`, `ph[xs]_[A-Za-z0-9]{40}`, `sbp_[0-9a-f]{40}`,
	`pscale_(tkn|pw|oauth)_[A-Za-z0-9_.-]{32,}`, `napi_[a-z0-9]{50,}`, `dp\.(pt|st|ct|sa)\.[A-Za-z0-9._-]{40,}`, `pul-[0-9a-f]{40}`,
	`AGE-SECRET-KEY-1[0-9A-Z]{58}`, `ntn_[0-9]{11}[A-Za-z0-9]{35}`, `pat[A-Za-z0-9]{14}\.[0-9a-f]{64}`,
	`pat-(na|eu)[0-9]-[0-9a-f-]{36}`, `PMAK-[0-9a-f]{24}-[0-9a-f]{34}`, `shp(at|ca|pa|ss)_[0-9a-f]{32}`, `lin_api_[A-Za-z0-9]{40}`,
	`tskey-[a-z]+-[A-Za-z0-9]+-[A-Za-z0-9]{30,}`,
	`eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}`,
]

_anchored := [
	`-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----`,
	`PuTTY-User-Key-File-[0-9]:`,
	`(Account|SharedAccess)Key=[A-Za-z0-9+/]{40,}=`,
	`[?&]sig=[A-Za-z0-9%+/]{40,}`,
	`(?i)aws_?secret_?(access_?)?key["'\s:=]{1,6}[A-Za-z0-9/+]{40}\b`,
	`(?i)wandb[a-z_]{0,20}["'\s:=]{1,4}[0-9a-f]{40}\b`,
]
