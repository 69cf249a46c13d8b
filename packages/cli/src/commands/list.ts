import { Command } from 'commander'
import { cacheOptions, configOptions, outputOption, policyOption } from './options.ts'

/** Declares `plangate list`. */
export function listCommand(): Command {
  const command = new Command('list')
    .summary('list policies')
    .description('Lists the policies of the library, or of a bundle, and whether each is active with this config.')
    .addOption(policyOption('a bundle or a folder, or `builtin` for the library (repeatable; the library unless said)'))
  return configOptions(cacheOptions(command))
    .addOption(outputOption())
    .option('--no-color', 'print without colours, as does NO_COLOR')
    .addHelpText('after', '\nExamples:\n  $ plangate list\n  $ plangate list --output json | jq -r .[].id')
    .action(async (options) => {
      const { list } = await import('../list.ts')
      process.exitCode = await list(options)
    })
}
