import { Command, Option } from 'commander'
import { cacheOptions, collect, colorOption, formatOption } from './options.ts'

/** Declares `plangate build`. */
export function buildCommand(): Command {
  const command = new Command('build')
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
  return cacheOptions(command)
    .addOption(formatOption())
    .addOption(colorOption())
    .addHelpText('after', buildHelp)
    .action(async (sources: string[], options) => {
      const { build } = await import('../build.ts')
      process.exitCode = await build(sources, options)
    })
}

const buildHelp = `
Exit codes: 0 written, 2 wrong use or Rego that does not compile.

Examples:
  $ plangate build policies -o library.tar.gz
  $ plangate build ./policy --namespace main -o policy.tar.gz
  $ plangate build policies --format sarif > build.sarif`
