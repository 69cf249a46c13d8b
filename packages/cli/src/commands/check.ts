import { Command, Option } from 'commander'
import { collect, colorOption, flag, formatOption, limitOptions, switchOption, watchOption } from './options.ts'

/** Declares `plangate check`. */
export function checkCommand(): Command {
  const command = new Command('check')
    .summary('say what is wrong with Rego')
    .description('Checks folders and files of Rego, tests included, and prints nothing when all is well.')
    .argument('<sources...>', 'folders and files')
    .addOption(switchOption('-S, --strict', "OPA's strict mode: no unused imports and variables", 'PLANGATE_STRICT'))
    .addOption(
      flag(
        '-b, --bundle',
        'take each source as a bundle, a folder or `*.tar.gz`, with its data',
        'PLANGATE_BUNDLE_MODE',
      ),
    )
    .addOption(
      new Option('-s, --schema <path>', 'a JSON Schema of `input`, a folder of them, or `terraform` (repeatable)')
        .argParser(collect)
        .env('PLANGATE_SCHEMA'),
    )
    .addOption(
      new Option(
        '--provider-schema <file>',
        'what `terraform providers schema -json` prints: misspelt attributes are then errors (repeatable)',
      )
        .argParser(collect)
        .env('PLANGATE_PROVIDER_SCHEMA'),
    )
    .addOption(
      new Option('--capabilities <name>', 'a capabilities file, or a version of OPA, to compile for').env(
        'PLANGATE_CAPABILITIES',
      ),
    )
    .addOption(
      new Option('--ignore <glob>', 'names of files and folders to leave out (repeatable)')
        .argParser(collect)
        .env('PLANGATE_IGNORE'),
    )
    .addOption(
      new Option('-m, --max-errors <number>', 'stop after this many errors, 0 for never')
        .argParser(Number)
        .default(10)
        .env('PLANGATE_MAX_ERRORS'),
    )
    .addOption(switchOption('--v0-compatible', 'the policies are Rego v0', 'PLANGATE_V0_COMPATIBLE'))
    .addOption(
      switchOption('--v0-v1', 'the policies must compile as Rego v0 and as v1', 'PLANGATE_V0_V1').conflicts(
        'v0Compatible',
      ),
    )
    .addOption(new Option('--rego-v1').implies({ v0V1: true }).hideHelp())
    .addOption(switchOption('--fail-on-warnings', 'end with 1 when there are warnings', 'PLANGATE_FAIL_ON_WARNINGS'))
  return limitOptions(command)
    .addOption(formatOption())
    .addOption(watchOption())
    .addOption(colorOption())
    .addHelpText('after', checkHelp)
    .action(async (sources: string[], options) => {
      const { check } = await import('../check.ts')
      const { repeatedly } = await import('../watch.ts')
      process.exitCode = await repeatedly(() => check(sources, options), { watch: options.watch, paths: sources })
    })
}

const checkHelp = `
Exit codes: 0 no errors, 1 warnings with --fail-on-warnings, 2 wrong use or Rego that does not compile,
3 a limit of time or memory.

Examples:
  $ plangate check policies
  $ plangate check --watch policies
  $ plangate check -b policies.tar.gz
  $ plangate check --strict --schema terraform policies
  $ terraform providers schema -json > schema.json && plangate check --provider-schema schema.json policies
  $ plangate check policies --format github`
