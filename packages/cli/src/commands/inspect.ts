import { Command, Option } from 'commander'
import { colorOption, flag, limitOptions, versionOptions } from './options.ts'

/** Declares `plangate inspect`. */
export function inspectCommand(): Command {
  const command = new Command('inspect')
    .summary('say what is in a bundle')
    .description(
      'Prints what is in a bundle, a folder or a file of Rego: what `opa inspect` says, and policies, entrypoints, built-in functions, input, sizes and signature.',
    )
    .argument('<path>', 'a bundle, a folder, or a file of Rego')
    .addOption(flag('-a, --annotations', 'METADATA as well', 'PLANGATE_ANNOTATIONS'))
    .addOption(
      flag('--explain', 'each walk of resources that was compiled to look into an index by type', 'PLANGATE_EXPLAIN'),
    )
    .addOption(
      new Option('-f, --format <format>', 'how to print: json is that of opa, with one key more, `plangate`')
        .choices(['pretty', 'json'])
        .default('pretty')
        .env('PLANGATE_INSPECT_FORMAT'),
    )
  return limitOptions(versionOptions(command))
    .addOption(colorOption())
    .addHelpText('after', inspectHelp)
    .action(async (path: string, options) => {
      const { inspect } = await import('../inspect.ts')
      process.exitCode = await inspect(path, options)
    })
}

const inspectHelp = `
Nothing is verified: what is printed, the signature included, is what the bundle says about itself.

Exit codes: 0 printed, 2 wrong use or Rego that does not compile, 3 a bundle that cannot be read, or a limit of time
or memory.

Examples:
  $ plangate inspect bundle.tar.gz
  $ plangate inspect --annotations policies
  $ plangate inspect --explain bundle.tar.gz
  $ plangate inspect --format json bundle.tar.gz | jq .plangate.entrypoints`
