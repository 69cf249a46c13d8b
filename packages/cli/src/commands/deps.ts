import { Command, Option } from 'commander'
import { append, collect, colorOption, limitOptions, versionOptions } from './options.ts'

/** Declares `plangate deps`. */
export function depsCommand(): Command {
  const command = new Command('deps')
    .summary('say what a query depends on')
    .description('Prints which documents a query reads: of input and data, and those that rules make. As `opa deps`.')
    .argument('<query>', 'a query, such as data.main.deny')
    .addOption(
      new Option('-d, --data <path>', 'a file or folder of Rego and data (repeatable)')
        .argParser(append)
        .env('PLANGATE_DATA'),
    )
    .addOption(
      new Option('-b, --bundle <path>', 'a bundle, packed or as a folder, in the place of data (repeatable)')
        .argParser(append)
        .env('PLANGATE_DEPS_BUNDLE'),
    )
    .addOption(
      new Option('--ignore <glob>', 'names of files and folders to leave out, as `.*` (repeatable)')
        .argParser(collect)
        .env('PLANGATE_IGNORE'),
    )
    .addOption(
      new Option('-f, --format <format>', 'how to print')
        .choices(['pretty', 'json'])
        .default('pretty')
        .env('PLANGATE_DEPS_FORMAT'),
    )
  return limitOptions(versionOptions(command))
    .addOption(colorOption())
    .addHelpText('after', depsHelp)
    .action(async (query: string, options) => {
      const { deps } = await import('../deps.ts')
      process.exitCode = await deps(query, options)
    })
}

const depsHelp = `
Exit codes: 0 printed, 2 wrong use or Rego that does not compile, 3 a limit of time or memory.

Examples:
  $ plangate deps --data policy data.main.deny
  $ plangate deps --bundle bundle.tar.gz --format json data.main.deny`
