import { Command, Option } from 'commander'
import { decideOptions } from './decide.ts'

/** Declares `plangate baseline`. */
export function baselineCommand(): Command {
  return decideOptions(
    new Command('baseline')
      .summary('accept what plans have wrong today')
      .description(
        'Writes what fails or warns in plans today to a file, for `plangate test --baseline`: from then on only what is new counts.',
      )
      .argument('[plans...]', 'plan files, or `-`'),
  )
    .addOption(
      new Option('-o, --output <file>', 'where to write it')
        .default('plangate.baseline.json')
        .env('PLANGATE_BASELINE_OUTPUT'),
    )
    .option('--no-color', 'print without colours, as does NO_COLOR')
    .addHelpText('after', help)
    .action(async (plans: string[], options) => {
      const { baseline } = await import('../baseline.ts')
      process.exitCode = await baseline(plans, options)
    })
}

const help = `
A finding is accepted by its policy, its address and its path. What is undecided is not accepted. Write the file again to take
out what is gone.

Exit codes: 0 written, 2 wrong use, 3 could not decide.

Examples:
  $ plangate baseline plan.json
  $ plangate test --baseline plangate.baseline.json plan.json`
