import { Command, Option } from 'commander'
import { flag } from './options.ts'

/** Declares `plangate capabilities`. */
export function capabilitiesCommand(): Command {
  return new Command('capabilities')
    .summary('say what versions of OPA can do')
    .description(
      'Prints the versions of OPA whose capabilities are known, or what one of them can do. As `opa capabilities`.',
    )
    .addOption(flag('--current', 'what the OPA can do that plangate is made of', 'PLANGATE_CURRENT'))
    .addOption(
      new Option('--version <version>', 'what a version can do, as v0.32.1').env('PLANGATE_CAPABILITIES_VERSION'),
    )
    .addOption(new Option('--file <file>', 'what a file says').env('PLANGATE_CAPABILITIES_FILE'))
    .addOption(flag('--v0-compatible', 'with `--current`, what it can do for Rego v0', 'PLANGATE_V0_COMPATIBLE'))
    .addHelpText('after', capabilitiesHelp)
    .action(async (options) => {
      const { capabilities } = await import('../capabilities.ts')
      process.exitCode = await capabilities(options)
    })
}

const capabilitiesHelp = `
Exit codes: 0 printed, 2 wrong use.

Examples:
  $ plangate capabilities
  $ plangate capabilities --current | jq -r .builtins[].name`
