/**
 * A kind of credential with a made-up value.
 *
 * `name` is what a variable that holds one is usually called. A `bare` value is told by its shape alone; any other only by
 * its name. `text` says that the value is a text with the credential in it, which is what no output may show.
 */
export interface PlantedKind {
  readonly id: string
  readonly name: string
  readonly value: string
  readonly secret: string
  readonly bare: boolean
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
const DIGITS = '0123456789'
const ALNUM = LOWER + UPPER + DIGITS
const URLSAFE = `${ALNUM}_-`
const HEX = '0123456789abcdef'
const BASE64 = `${ALNUM}+/`

/** Characters of an alphabet, the same ones for the same seed. A token is put together when it is asked for: none stands in the sources. */
function random(seed: string, alphabet: string, length: number): string {
  let state = 2166136261
  for (const char of seed) state = Math.imul(state ^ char.charCodeAt(0), 16777619) >>> 0
  let text = ''
  while (text.length < length) {
    state ^= state << 13
    state ^= state >>> 17
    state = (state ^ (state << 5)) >>> 0
    text += alphabet[state % alphabet.length]
  }
  return text
}

const alnum = (length: number) => (seed: string) => random(seed, ALNUM, length)
const hex = (length: number) => (seed: string) => random(seed, HEX, length)
const safe = (length: number) => (seed: string) => `${random(seed, URLSAFE, length - 1)}k`
const base64 = (length: number) => (seed: string) => random(seed, BASE64, length)
const upper = (length: number) => (seed: string) => random(seed, `${UPPER}234567`, length)
const digits = (length: number) => (seed: string) => random(`${seed}#`, DIGITS.slice(1), length)
const uuid = (seed: string) => [8, 4, 4, 4, 12].map((length, at) => random(seed + at, HEX, length)).join('-')

type Part = string | ((seed: string) => string)
const made = (id: string, parts: readonly Part[]): string =>
  parts.map((part, at) => (typeof part === 'string' ? part : part(`${id} ${at}`))).join('')

/** A kind whose value is the credential. */
const bare = (id: string, name: string, ...parts: readonly Part[]): PlantedKind => {
  const value = made(id, parts)
  return { id, name, value, secret: value, bare: true }
}

/** A kind that only its name tells from an identifier or a digest. */
const named = (id: string, name: string, ...parts: readonly Part[]): PlantedKind => ({
  ...bare(id, name, ...parts),
  bare: false,
})

/** A kind whose value is a text around the credential. */
const within = (id: string, name: string, before: string, secret: readonly Part[], after = ''): PlantedKind => {
  const inner = made(id, secret)
  return { id, name, value: `${before}${inner}${after}`, secret: inner, bare: true }
}

const lines = (seed: string) => [0, 1, 2].map((line) => random(seed + line, BASE64, 64)).join('\n')
const pem = (id: string, label: string): PlantedKind =>
  within(id, 'TLS_PRIVATE_KEY', `-----BEGIN ${label}-----\n`, [lines], `\n-----END ${label}-----\n`)

const password = (seed: string) => `${random(seed, ALNUM, 15)}7`

/** Tokens and keys of model providers and of the tools around models. */
const models = (): PlantedKind[] => [
  bare('hugging face', 'HF_TOKEN', 'hf', '_', (seed) => random(seed, LOWER + UPPER, 34)),
  bare('hugging face organisation', 'HF_TOKEN', 'api', '_org_', (seed) => random(seed, LOWER + UPPER, 34)),
  bare('openai', 'OPENAI_API_KEY', 'sk', '-', alnum(20), 'T3Blbk', 'FJ', alnum(20)),
  bare('openai project', 'OPENAI_API_KEY', 'sk', '-proj-', safe(124)),
  bare('openai service account', 'OPENAI_API_KEY', 'sk', '-svcacct-', safe(124)),
  bare('openai admin', 'OPENAI_ADMIN_KEY', 'sk', '-admin-', safe(124)),
  bare('anthropic', 'ANTHROPIC_API_KEY', 'sk', '-ant-api03-', safe(93), 'AA'),
  bare('openrouter', 'OPENROUTER_API_KEY', 'sk', '-or-v1-', hex(64)),
  bare('deepseek', 'DEEPSEEK_API_KEY', 'sk', '-', hex(32)),
  named('weights and biases', 'WANDB_API_KEY', hex(40)),
  bare('weights and biases 1', 'WANDB_API_KEY', 'wandb', '_v1_', alnum(72)),
  bare('nvidia', 'NVIDIA_API_KEY', 'nvapi', '-', safe(64)),
  named('nvidia ngc', 'NGC_API_KEY', alnum(84)),
  bare('databricks', 'DATABRICKS_TOKEN', 'dapi', hex(32)),
  bare('databricks on azure', 'DATABRICKS_TOKEN', 'dapi', hex(32), '-2'),
  named('cohere', 'COHERE_API_KEY', alnum(40)),
  named('mistral', 'MISTRAL_API_KEY', alnum(32)),
  bare('groq', 'GROQ_API_KEY', 'gsk', '_', alnum(52)),
  bare('replicate', 'REPLICATE_API_TOKEN', 'r8', '_', alnum(37)),
  bare('pinecone', 'PINECONE_API_KEY', 'pcsk', '_', alnum(6), '_', alnum(63)),
  named('pinecone before 2024', 'PINECONE_API_KEY', uuid),
  bare('langsmith', 'LANGSMITH_API_KEY', 'lsv2', '_pt_', hex(32), '_', hex(10)),
  bare('langsmith service', 'LANGSMITH_API_KEY', 'lsv2', '_sk_', hex(32), '_', hex(10)),
  bare('langsmith before 2024', 'LANGCHAIN_API_KEY', 'ls', '__', hex(32)),
  bare('together', 'TOGETHER_API_KEY', 'tgp', '_v1_', safe(43)),
  named('together before 2025', 'TOGETHER_API_KEY', hex(64)),
  bare('voyage', 'VOYAGE_API_KEY', 'pa', '-', (seed) => `${random(seed, URLSAFE, 42)}7`),
  named('weaviate', 'WEAVIATE_API_KEY', alnum(36)),
  named('qdrant', 'QDRANT_API_KEY', safe(43)),
  bare('perplexity', 'PERPLEXITY_API_KEY', 'pplx', '-', alnum(48)),
  bare('xai', 'XAI_API_KEY', 'xai', '-', alnum(80)),
  bare('fireworks', 'FIREWORKS_API_KEY', 'fw', '_', alnum(24)),
  bare('tavily', 'TAVILY_API_KEY', 'tvly', '-dev-', alnum(32)),
  bare('jina', 'JINA_API_KEY', 'jina', '_', alnum(60)),
  bare('cerebras', 'CEREBRAS_API_KEY', 'csk', '-', (seed) => random(seed, LOWER + DIGITS, 48)),
  bare('elevenlabs', 'ELEVENLABS_API_KEY', 'sk', '_', hex(48)),
  bare('langfuse', 'LANGFUSE_SECRET_KEY', 'sk', '-lf-', uuid),
  bare('runpod', 'RUNPOD_API_KEY', 'rpa', '_', (seed) => random(seed, UPPER + DIGITS, 38), alnum(6)),
  bare('nomic', 'NOMIC_API_KEY', 'nk', '-', (seed) => `${random(seed, URLSAFE, 42)}7`),
  bare(
    'helicone',
    'HELICONE_API_KEY',
    'sk',
    '-helicone-',
    (seed) => random(seed, LOWER + DIGITS, 7),
    '-',
    (seed) => random(seed, LOWER + DIGITS, 7),
    '-',
    (seed) => random(seed, LOWER + DIGITS, 7),
    '-',
    (seed) => random(seed, LOWER + DIGITS, 7),
  ),
  named('deepgram', 'DEEPGRAM_API_KEY', hex(40)),
  named('kaggle', 'KAGGLE_KEY', hex(32)),
  named('comet', 'COMET_API_KEY', alnum(25)),
]

/** Keys of clouds and of their services. */
const clouds = (): PlantedKind[] => [
  bare('google api key', 'GEMINI_API_KEY', 'AI', 'za', safe(35)),
  bare('google oauth', 'GOOGLE_CLIENT_SECRET', 'GOC', 'SPX-', safe(28)),
  bare('google access token', 'GOOGLE_OAUTH_ACCESS_TOKEN', 'ya', '29.', safe(120)),
  within(
    'google service account',
    'GOOGLE_CREDENTIALS',
    `{"type": "service_account", "private_key_id": "${hex(40)('key id')}", "private_key": "-----BEGIN PRIVATE KEY-----\\n`,
    [base64(64)],
    '\\n-----END PRIVATE KEY-----\\n"}',
  ),
  bare('aws access key', 'AWS_ACCESS_KEY_ID', 'AK', 'IA', upper(16)),
  bare('aws temporary access key', 'AWS_ACCESS_KEY_ID', 'AS', 'IA', upper(16)),
  named('aws secret key', 'AWS_SECRET_ACCESS_KEY', base64(40)),
  named('aws session token', 'AWS_SESSION_TOKEN', 'IQoJb3JpZ2luX2VjE', base64(300), '='),
  bare('aws bedrock', 'AWS_BEARER_TOKEN_BEDROCK', 'AB', 'SK', base64(104), 'a+b='),
  within(
    'azure storage',
    'AZURE_STORAGE_CONNECTION_STRING',
    'DefaultEndpointsProtocol=https;AccountName=models;AccountKey=',
    [base64(86), '=='],
    ';EndpointSuffix=core.windows.net',
  ),
  named('azure storage key', 'AZURE_STORAGE_KEY', base64(86), '=='),
  within(
    'azure service bus',
    'EVENTS',
    'Endpoint=sb://models.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=',
    [base64(43), '='],
  ),
  within('azure shared access', 'BLOB', 'https://models.blob.core.windows.net/llm?sv=2024-11-04&sr=c&sp=rl&sig=', [
    base64(43),
    '%3D',
  ]),
  bare('azure client secret', 'ARM_CLIENT_SECRET', alnum(3), '8Q', '~', safe(34)),
  named('azure openai', 'AZURE_OPENAI_API_KEY', hex(32)),
  named('azure openai of 84 characters', 'AZURE_OPENAI_API_KEY', alnum(84)),
  named('azure search', 'AZURE_SEARCH_KEY', alnum(52)),
  bare('digitalocean', 'DIGITALOCEAN_TOKEN', 'dop', '_v1_', hex(64)),
  named('cloudflare', 'CLOUDFLARE_API_TOKEN', safe(40)),
  bare('heroku', 'HEROKU_API_KEY', 'HRKU', '-AA', safe(58)),
]

/** Tokens of hosts of code, packages and images. */
const hosts = (): PlantedKind[] => [
  ...['p', 'o', 'u', 's', 'r'].map((letter) =>
    bare(`github gh${letter}`, 'GITHUB_TOKEN', `gh${letter}`, '_', alnum(36)),
  ),
  bare('github fine-grained', 'GITHUB_TOKEN', 'github', '_pat_', alnum(22), '_', alnum(59)),
  ...['pat', 'dt', 'rt', 'ptt', 'ft', 'agent'].map((word) =>
    bare(`gitlab gl${word}`, 'GITLAB_TOKEN', `gl${word}`, '-', safe(20)),
  ),
  bare('bitbucket', 'BITBUCKET_TOKEN', 'AT', 'BB', alnum(32)),
  bare('atlassian', 'JIRA_API_TOKEN', 'ATA', 'TT3xFfGF0', safe(180), '=', upper(8)),
  bare('npm', 'NPM_TOKEN', 'npm', '_', alnum(36)),
  bare('pypi', 'PYPI_TOKEN', 'pypi', '-AgEIcHlwaS5vcmc', safe(140)),
  bare('docker hub', 'DOCKER_TOKEN', 'dckr', '_pat_', safe(27)),
  bare('rubygems', 'GEM_HOST_API_KEY', 'ruby', 'gems_', hex(48)),
  bare('jfrog', 'ARTIFACTORY_API_KEY', 'AK', 'Cp8', alnum(69)),
  bare('sonarqube', 'SONAR_TOKEN', 'squ', '_', hex(40)),
  bare('buildkite', 'BUILDKITE_TOKEN', 'bkua', '_', hex(40)),
]

/** Tokens of the services that a platform uses besides. */
const services = (): PlantedKind[] => [
  ...['b', 'p', 'a', 'e'].map((letter) =>
    bare(`slack xox${letter}`, 'SLACK_TOKEN', `xox${letter}`, '-', digits(12), '-', digits(13), '-', alnum(24)),
  ),
  bare('slack app', 'SLACK_APP_TOKEN', 'xapp', '-1-A', upper(10), '-', digits(13), '-', hex(64)),
  bare(
    'slack webhook',
    'SLACK_WEBHOOK',
    'https://hooks.',
    'slack.com/services/T',
    upper(9),
    '/B',
    upper(9),
    '/',
    alnum(24),
  ),
  bare('discord webhook', 'DISCORD_WEBHOOK', 'https://discord.', 'com/api/webhooks/', digits(18), '/', safe(68)),
  bare('stripe', 'STRIPE_SECRET_KEY', 'sk', '_live_', alnum(24)),
  bare('stripe restricted', 'STRIPE_SECRET_KEY', 'rk', '_live_', alnum(24)),
  bare('stripe webhook', 'STRIPE_WEBHOOK_SECRET', 'wh', 'sec_', alnum(32)),
  bare('twilio', 'TWILIO_API_KEY', 'S', 'K', hex(32)),
  named('twilio auth token', 'TWILIO_AUTH_TOKEN', hex(32)),
  bare('sendgrid', 'SENDGRID_API_KEY', 'S', 'G.', safe(22), '.', safe(43)),
  bare('mailgun', 'MAILGUN_API_KEY', 'key', '-', hex(32)),
  bare('telegram', 'TELEGRAM_TOKEN', digits(10), ':AA', safe(33)),
  named('datadog', 'DD_API_KEY', hex(32)),
  bare('new relic', 'NEW_RELIC_API_KEY', 'NR', 'AK-', (seed) => random(seed, UPPER + DIGITS, 27)),
  bare('grafana', 'GRAFANA_TOKEN', 'gl', 'sa_', alnum(32), '_', hex(8)),
  bare('grafana cloud', 'GRAFANA_TOKEN', 'gl', 'c_eyJ', base64(80), '='),
  bare('sentry', 'SENTRY_AUTH_TOKEN', 'snt', 'rys_eyJ', base64(100), '=_', base64(43)),
  bare('posthog', 'POSTHOG_API_KEY', 'ph', 'x_', alnum(43)),
  bare('supabase', 'SUPABASE_ACCESS_TOKEN', 'sb', 'p_', hex(40)),
  bare('planetscale', 'PLANETSCALE_TOKEN', 'pscale', '_tkn_', safe(43)),
  bare('neon', 'NEON_API_KEY', 'na', 'pi_', (seed) => random(seed, LOWER + DIGITS, 64)),
  bare('doppler', 'DOPPLER_TOKEN', 'dp', '.pt.', alnum(43)),
  bare('vault', 'VAULT_TOKEN', 'h', 'vs.', safe(90)),
  bare('vault batch', 'VAULT_TOKEN', 'h', 'vb.', safe(140)),
  bare('hcp terraform', 'TFE_TOKEN', alnum(14), '.atlas', 'v1.', safe(67)),
  bare('pulumi', 'PULUMI_ACCESS_TOKEN', 'pul', '-', hex(40)),
  bare('age', 'SOPS_AGE_KEY', 'AGE-SECRET', '-KEY-1', (seed) => random(seed, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58)),
  bare('1password', 'OP_SERVICE_ACCOUNT_TOKEN', 'ops', '_eyJ', base64(300)),
  bare('notion', 'NOTION_TOKEN', 'nt', 'n_', digits(11), alnum(35)),
  bare('airtable', 'AIRTABLE_API_KEY', 'pa', 't', alnum(14), '.', hex(64)),
  bare('postman', 'POSTMAN_API_KEY', 'PM', 'AK-', hex(24), '-', hex(34)),
  bare('shopify', 'SHOPIFY_TOKEN', 'shp', 'at_', hex(32)),
  bare('linear', 'LINEAR_API_KEY', 'lin', '_api_', alnum(40)),
  bare('tailscale', 'TS_AUTHKEY', 'ts', 'key-auth-', alnum(12), 'CNTRL-', alnum(32)),
  bare('hubspot', 'HUBSPOT_TOKEN', 'pat', '-na1-', uuid),
  named('elastic', 'ELASTIC_API_KEY', base64(59), '='),
]

/** What is not bound to an issuer. */
const generic = (): PlantedKind[] => [
  bare('jwt', 'SERVICE_JWT', 'ey', 'JhbGciOiJIUzI1NiJ9.ey', 'J', safe(60), '.', safe(43)),
  pem('private key pkcs 1', 'RSA PRIVATE KEY'),
  pem('private key pkcs 8', 'PRIVATE KEY'),
  pem('private key encrypted', 'ENCRYPTED PRIVATE KEY'),
  pem('private key ec', 'EC PRIVATE KEY'),
  pem('private key openssh', 'OPENSSH PRIVATE KEY'),
  pem('private key pgp', 'PGP PRIVATE KEY BLOCK'),
  within(
    'private key putty',
    'SSH_KEY',
    'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\n',
    [base64(48)],
    '\n',
  ),
  within('url https', 'PIP_INDEX_URL', 'https://ci:', [password], '@pypi.acme.example/simple'),
  within('url postgres', 'DATABASE_URL', 'postgres://rag:', [password], '@db.acme.example:5432/rag'),
  within('url mysql', 'DATABASE_URL', 'mysql+pymysql://rag:', [password], '@db.acme.example/rag'),
  within(
    'url mongodb',
    'MONGODB_URI',
    'mongodb+srv://rag:',
    [password],
    '@cluster0.ab1cd.mongodb.net/?retryWrites=true',
  ),
  within('url redis', 'REDIS_URL', 'rediss://:', [password], '@cache.acme.example:6379/0'),
  within('url amqp', 'BROKER', 'amqps://worker:', [password], '@mq.acme.example:5671/'),
  within('url s3', 'MIRROR', 's3://', ['AK', 'IA', upper(16)], ':x@models'),
  within('jdbc', 'JDBC_URL', 'jdbc:postgresql://db.acme.example:5432/rag?user=rag&password=', [password]),
  within(
    'jdbc sql server',
    'JDBC_URL',
    'jdbc:sqlserver://db.acme.example:1433;databaseName=rag;user=rag;password=',
    [password],
    ';encrypt=true',
  ),
  within(
    'ado.net',
    'SQL_CONNECTION',
    'Server=tcp:db.acme.example,1433;Database=rag;User ID=rag;Password=',
    [password],
    ';Encrypt=True;',
  ),
  within(
    'odbc',
    'ODBC_CONNECTION',
    'Driver={ODBC Driver 18 for SQL Server};Server=db.acme.example;Uid=rag;Pwd=',
    [password],
    ';',
  ),
  within('libpq', 'PG_CONNECTION', 'host=db.acme.example port=5432 user=rag password=', [password], ' sslmode=require'),
  within(
    'kafka',
    'KAFKA_JAAS',
    'org.apache.kafka.common.security.plain.PlainLoginModule required username="ml" password="',
    [password],
    '";',
  ),
  within('bearer', 'HEADERS', 'Authorization: Bearer ', [alnum(48)]),
  within('basic', 'HEADERS', 'Authorization: Basic ', [base64(36)]),
  within('netrc', 'NETRC', 'machine api.wandb.ai login user password ', [hex(40)]),
  within(
    'docker config',
    'DOCKER_AUTH_CONFIG',
    '{"auths":{"registry.acme.example":{"auth":"',
    [base64(47), '='],
    '"}}}',
  ),
  within('json', 'SETTINGS', '{"username":"rag","password":"', [password], '"}'),
  named('password', 'DB_PASSWORD', password),
  named('password with signs', 'DB_PASSWORD', alnum(6), '!', alnum(4), '#', alnum(4)),
  named('password, short', 'DB_PASSWORD', alnum(8)),
  named('token', 'SERVICE_TOKEN', alnum(32)),
  named('token, hexadecimal', 'SESSION_SECRET', hex(64)),
  named('token, base64', 'ENCRYPTION_KEY', base64(43), '='),
  named('key, url-safe', 'APP_API_KEY', safe(40)),
]

/** Every kind of credential that the library is measured with. */
export function plantedKinds(): PlantedKind[] {
  return [...models(), ...clouds(), ...hosts(), ...services(), ...generic()]
}
