import { Command, Option } from 'commander'
import { cacheOptions, collect, configOptions, outputOption, policyOption } from './options.ts'

/** Declares `plangate list`. */
export function listCommand(): Command {
  const command = new Command('list')
    .summary('list policies')
    .description('Lists the policies of the library, or of a bundle, and whether each is active with this config.')
    .argument('[names...]', 'ids, aliases (those of other tools too) or categories to list; `*` stands for any text')
    .addOption(policyOption('a bundle or a folder, or `builtin` for the library (repeatable; the library unless said)'))
    .addOption(
      new Option('--severity <names>', 'those with one of these severities in this environment, as `critical,high`')
        .argParser(collect)
        .env('PLANGATE_SEVERITY'),
    )
    .addOption(
      new Option(
        '--framework <name[:id]>',
        'those that a framework asks for, as `atlas` or `nist_800_53:SC-*` (repeatable)',
      )
        .argParser(collect)
        .env('PLANGATE_FRAMEWORK'),
    )
    .addOption(
      new Option(
        '--service <name>',
        'those that judge a service or resource type, as `sagemaker` or `aws_s3_*` (repeatable)',
      )
        .argParser(collect)
        .env('PLANGATE_SERVICE'),
    )
  return configOptions(cacheOptions(command))
    .addOption(outputOption('PLANGATE_LIST_OUTPUT'))
    .option('--no-color', 'print without colours, as does NO_COLOR')
    .addHelpText('after', listHelp)
    .action(async (names: string[], options) => {
      const { list } = await import('../list.ts')
      process.exitCode = await list(names, options)
    })
}

const listHelp = `
A terminal shows them by category; a pipe gets a line for each. The severity is that of the environment.

Exit codes: 0 listed, 2 wrong use.

Examples:
  $ plangate list
  $ plangate list secrets 'CKV_*' --severity critical,high
  $ plangate list --framework owasp_llm:LLM02:2025 --service bedrock
  $ plangate list --output json | jq -r .[].id`
