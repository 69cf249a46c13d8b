import { readFileSync } from 'node:fs'
import { Command, CommanderError, Option } from 'commander'
import type { ErrorCode } from '@plangate/sdk'
import { survivePipes } from './terminal.ts'

/** What the exit code of the command says. */
export const exitCodes = {
  /** The plan may be applied: nothing fails. Warnings and what is undecided until apply do not stop it. */
  pass: 0,
  /** At least one finding fails. */
  findings: 1,
  /** The command was not meant as it was typed: flags, config, data or policies need mending; no plan was judged. */
  usage: 2,
  /** The gate could not decide: a plan or a bundle cannot be read, or its evaluation did not end. */
  undecidable: 3,
} as const

/** The codes of what the user typed or wrote, which end with 2; every other error ends with 3. */
const usageCodes: ReadonlySet<string> = new Set<ErrorCode>([
  'ERR_USAGE',
  'ERR_CONFIG_INVALID',
  'ERR_DATA_INVALID',
  'ERR_NAMESPACE_UNKNOWN',
  'ERR_POLICY_INVALID',
  'ERR_SOURCE_INVALID',
  'ERR_SOURCE_NOT_FOUND',
])

const environments = ['dev', 'stage', 'prod']
const severities = ['critical', 'high', 'medium', 'low']

/** How the command ends for an error with this code. */
export function exitCodeOf(code: string): number {
  return usageCodes.has(code) ? exitCodes.usage : exitCodes.undecidable
}

/** Collects the values of a flag that may be given several times; a comma separates values within one. */
function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), ...value.split(',').filter((part) => part !== '')]
}

function policyOption(help: string): Option {
  return new Option('-p, --policy <path>', help).argParser(collect).env('PLANGATE_POLICY')
}

function outputOption(): Option {
  return new Option('-o, --output <format>', 'how to print')
    .choices(['stdout', 'json'])
    .default('stdout')
    .env('PLANGATE_OUTPUT')
}

function configOptions(command: Command): Command {
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

function testCommand(): Command {
  const command = new Command('test')
    .summary('decide whether plans may be applied')
    .description(
      'Decides whether Terraform plans may be applied: plans as `terraform show -json` prints them, `-` for standard input.',
    )
    .argument('[plans...]', 'plan files, or `-`')
    .addOption(
      policyOption(
        'a folder or file of Rego, a bundle, or `builtin` for the library (repeatable; the library unless said)',
      ),
    )
    .addOption(
      new Option('-d, --data <path>', 'a JSON or YAML file, or a folder of them, for `data` (repeatable)')
        .argParser(collect)
        .env('PLANGATE_DATA'),
    )
    .addOption(
      new Option('-n, --namespace <name>', 'a package of your own policies to test (repeatable; main unless said)')
        .argParser(collect)
        .env('PLANGATE_NAMESPACE'),
    )
  return configOptions(command)
    .addOption(
      new Option('--fail-on <severity>', 'the lowest severity that fails; what lies below warns')
        .choices(severities)
        .env('PLANGATE_FAIL_ON'),
    )
    .addOption(
      new Option('--undecided <how>', 'what to do with what is known only after apply')
        .choices(['warn', 'fail', 'ignore'])
        .env('PLANGATE_UNDECIDED'),
    )
    .addOption(outputOption())
    .option('--no-color', 'print without colours, as does NO_COLOR')
    .addHelpText('after', testHelp)
    .action(async (plans: string[], options) => {
      const { test } = await import('./test.ts')
      process.exitCode = await test(plans, options)
    })
}

const testHelp = `
Each flag can also be set by an environment variable, PLANGATE_ENV for --env; a flag wins over it, and it over the config.

Exit codes: 0 pass, 1 something fails, 2 wrong use, 3 could not decide.

Examples:
  $ terraform plan -out tf.plan && terraform show -json tf.plan | plangate test -
  $ plangate test --env dev plan.json
  $ plangate test --policy builtin --policy ./policy plan.json
  $ plangate test --output json plan.json | jq .verdict`

function buildCommand(): Command {
  return new Command('build')
    .summary('compile Rego to a bundle')
    .description('Compiles folders and files of Rego, with their data, to an OPA bundle.')
    .argument('<sources...>', 'folders and files')
    .addOption(
      new Option('-o, --output <file>', 'the bundle to write').default('bundle.tar.gz').env('PLANGATE_OUTPUT_FILE'),
    )
    .addOption(
      new Option(
        '-e, --entrypoint <path>',
        'a rule to evaluate, as `main/deny`, beside those METADATA names (repeatable)',
      )
        .argParser(collect)
        .env('PLANGATE_ENTRYPOINT'),
    )
    .addOption(
      new Option(
        '-n, --namespace <name>',
        'a package whose deny, violation and warn rules are entrypoints (repeatable)',
      )
        .argParser(collect)
        .env('PLANGATE_NAMESPACE'),
    )
    .addOption(
      new Option('-r, --revision <text>', 'the revision of the bundle, a hash of its content unless said').env(
        'PLANGATE_REVISION',
      ),
    )
    .addHelpText('after', buildHelp)
    .action(async (sources: string[], options) => {
      const { build } = await import('./build.ts')
      process.exitCode = await build(sources, options)
    })
}

const buildHelp = `
Exit codes: 0 written, 2 wrong use or Rego that does not compile.

Examples:
  $ plangate build policies -o library.tar.gz
  $ plangate build ./policy --namespace main -o policy.tar.gz`

function listCommand(): Command {
  const command = new Command('list')
    .summary('list policies')
    .description('Lists the policies of the library, or of a bundle, and whether each is active with this config.')
    .addOption(policyOption('a bundle or a folder, or `builtin` for the library (repeatable; the library unless said)'))
  return configOptions(command)
    .addOption(outputOption())
    .option('--no-color', 'print without colours, as does NO_COLOR')
    .addHelpText('after', '\nExamples:\n  $ plangate list\n  $ plangate list --output json | jq -r .[].id')
    .action(async (options) => {
      const { list } = await import('./list.ts')
      process.exitCode = await list(options)
    })
}

function program(): Command {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : ''
  const root = new Command('plangate')
    .description('Decides whether a Terraform plan of AI infrastructure may be applied.')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', '\nExamples:\n  $ terraform show -json tf.plan | plangate test -\n  $ plangate list')
  for (const command of [testCommand(), buildCommand(), listCommand()]) root.addCommand(command)
  for (const command of [root, ...root.commands]) {
    command
      .exitOverride()
      .configureOutput({ outputError: () => {} })
      .showSuggestionAfterError()
  }
  return root
}

/**
 * Runs the command line `args`, without `node` and the name of the script, and leaves its outcome in the exit code of
 * the process. Never throws: an error is two lines on standard error, `error: <message> [CODE]` and `hint: <what to do>`.
 */
export async function main(args: readonly string[]): Promise<void> {
  survivePipes()
  process.exitCode = exitCodes.undecidable
  try {
    await program().parseAsync(args, { from: 'user' })
  } catch (error) {
    process.exitCode = await report(error)
  }
}

async function report(error: unknown): Promise<number> {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.pass
    const message = error.message.replace(/^error: /, '').replaceAll("'", '`')
    const [first = '', ...rest] = message.split('\n')
    const hint = rest
      .join(' ')
      .trim()
      .replace(/^\((.*)\)$/, '$1')
    process.stderr.write(`error: ${first.replace(/\.$/, '')} [ERR_USAGE]\nhint: ${hint || 'see `plangate --help`'}\n`)
    return exitCodes.usage
  }
  const { printError } = await import('./errors.ts')
  return exitCodeOf(printError(error))
}
