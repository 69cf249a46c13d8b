import { type Command, Option } from 'commander'

const environments = ['dev', 'stage', 'prod']
const severities = ['critical', 'high', 'medium', 'low']

/** Collects the values of a flag that may be given several times; a comma separates values within one. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), ...value.split(',').filter((part) => part !== '')]
}

/** A flag that may be given several times. */
export function listOption(flags: string, help: string, variable: string): Option {
  return new Option(flags, help).argParser(collect).env(variable)
}

/** A flag without a value. Its environment variable switches it on, unless it is empty, `0` or `false`. */
export function switchOption(flags: string, help: string, variable: string): Option {
  const value = process.env[variable]
  const isOff = value !== undefined && ['', '0', 'false'].includes(value.toLowerCase())
  return isOff ? new Option(flags, `${help} (env: ${variable})`) : new Option(flags, help).env(variable)
}

/** Collects the values of a flag that may be given several times, each as it stands. */
export function append(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value]
}

/** As {@link switchOption}, and false where it is not given. */
export function flag(flags: string, help: string, variable: string): Option {
  return switchOption(flags, help, variable).default(false)
}

/** Adds the flags that say for which version of Rego. */
export function versionOptions(command: Command): Command {
  return command
    .addOption(flag('--v0-compatible', 'Rego as it was before OPA 1.0', 'PLANGATE_V0_COMPATIBLE'))
    .addOption(flag('--v1-compatible', 'Rego as of OPA 1.0', 'PLANGATE_V1_COMPATIBLE').hideHelp())
}

/** `--capabilities`, what policies may use. */
export function capabilitiesOption(): Option {
  return new Option('--capabilities <version|file>', 'what policies may use: a version of OPA, or a file').env(
    'PLANGATE_CAPABILITIES',
  )
}

/** `--policy`, which may be given several times. */
export function policyOption(help: string): Option {
  return new Option('-p, --policy <path>', help).argParser(collect).env('PLANGATE_POLICY')
}

/** `--output`, which says how to print; of each command with a variable of its own, since their formats differ. */
export function outputOption(variable: string): Option {
  return new Option('-o, --output <format>', 'how to print').choices(['stdout', 'json']).default('stdout').env(variable)
}

/** `--format`, which says how diagnostics are printed. */
export function formatOption(): Option {
  return new Option('--format <format>', 'how to print what is wrong with the Rego')
    .choices(['text', 'json', 'sarif', 'github'])
    .default('text')
    .env('PLANGATE_FORMAT')
}

/** `--watch`. */
export function watchOption(): Option {
  return flag('--watch', 'do it again whenever a file changes, until interrupted', 'PLANGATE_WATCH')
}

/** `--no-color`. */
export function colorOption(): Option {
  return new Option('--no-color', 'print without colours, as does NO_COLOR')
}

/** `--fail-on`, the lowest severity that fails. */
export function failOnOption(): Option {
  return new Option('--fail-on <severity>', 'the lowest severity that fails; what lies below warns')
    .choices(severities)
    .env('PLANGATE_FAIL_ON')
}

/** Adds the flags that say how much time and memory a command may take. */
export function limitOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--time-limit <duration>', 'end with 3 after this time, as `30s` or `2m`').env('PLANGATE_TIME_LIMIT'),
    )
    .addOption(memoryOption())
}

/** `--memory-limit`. */
export function memoryOption(): Option {
  return new Option(
    '--memory-limit <size>',
    'end with 3 where OPA needs more memory, as `512MiB`; 2GiB unless said',
  ).env('PLANGATE_MEMORY_LIMIT')
}

/** Adds `--cache` and `--no-cache`, which say where compiled Rego is kept. */
export function cacheOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--cache <folder>',
        "where compiled Rego is kept, otherwise the user's cache folder; `off` is nowhere",
      ).env('PLANGATE_CACHE'),
    )
    .addOption(new Option('--no-cache', 'compile even what has been compiled before'))
}

/** Adds the flags that say where the config is and what it does not. */
export function configOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--env <name>', 'the environment that is planned, prod unless said')
        .choices(environments)
        .env('PLANGATE_ENV'),
    )
    .addOption(
      new Option('--config <file>', 'the config, otherwise the nearest plangate.yaml here or above').env(
        'PLANGATE_CONFIG',
      ),
    )
}

/** Adds the flags that say how bundles are got from the network. */
export function remoteOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--digest <sha256:…>', 'what a bundle from the network has to be, as `#sha256:…` in its address').env(
        'PLANGATE_DIGEST',
      ),
    )
    .addOption(
      flag('--unverified', 'take a bundle from the network without a digest or a signature', 'PLANGATE_UNVERIFIED'),
    )
    .addOption(flag('--insecure', 'get bundles over plain HTTP', 'PLANGATE_INSECURE'))
    .addOption(
      new Option('--last-good <folder>', 'where to keep bundles from the network, for when a server is away').env(
        'PLANGATE_LAST_GOOD',
      ),
    )
}
