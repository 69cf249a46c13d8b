import { Command } from 'commander'
import { cacheOptions, configOptions, outputOption, policyOption } from './options.ts'

/** Declares `plangate explain`. */
export function explainCommand(): Command {
  const command = new Command('explain')
    .summary('explain a policy')
    .description(
      'Prints the page of a policy: what is wrong, why it matters, what to write instead, what it does not see.',
    )
    .argument('<names...>', 'ids, aliases and ids of other tools; `*` stands for any text')
    .addOption(policyOption('a bundle or a folder, or `builtin` for the library (repeatable; the library unless said)'))
  return configOptions(cacheOptions(command))
    .addOption(outputOption('PLANGATE_EXPLAIN_OUTPUT'))
    .option('--no-color', 'print without colours, as does NO_COLOR')
    .addHelpText('after', explainHelp)
    .action(async (names: string[], options) => {
      const { explain } = await import('../explain.ts')
      process.exitCode = await explain(names, options)
    })
}

const explainHelp = `
An id of another tool may be several policies, and each is printed.

Exit codes: 0 explained, 2 wrong use.

Examples:
  $ plangate explain model_endpoints/image_digest
  $ plangate explain SM-013 CKV_AWS_22
  $ plangate explain sagemaker_models_network_isolation_enabled`
