import { Command, Option } from 'commander'
import { cacheOptions, policyOption } from './options.ts'

/** Declares `plangate report`. */
export function reportCommand(): Command {
  const command = new Command('report')
    .summary('report a decision by the controls of a framework')
    .description(
      'Says for each control of a framework which policies ask for it, and what a decision of `plangate test --output json` found.',
    )
    .argument('[decision]', 'a decision as JSON, or `-`; without one, what policies there are')
    .addOption(
      new Option(
        '--framework <name>',
        'nist_800_53, mitre_atlas, owasp_llm, cis_aws, nist_ai_rmf, iso_42001 or soc_2; a part that is no other’s will do',
      ).env('PLANGATE_FRAMEWORK'),
    )
    .addOption(
      policyOption('what the decision was made by: a bundle or a folder (repeatable; the library unless said)'),
    )
    .addOption(
      new Option('-o, --output <format>', 'how to print')
        .choices(['stdout', 'json', 'markdown', 'html'])
        .default('stdout')
        .env('PLANGATE_REPORT_OUTPUT'),
    )
  return cacheOptions(command)
    .option('--no-color', 'print without colours, as does NO_COLOR')
    .addHelpText('after', reportHelp)
    .action(async (decision: string | undefined, options) => {
      const { report } = await import('../report.ts')
      process.exitCode = await report(decision, options)
    })
}

const reportHelp = `
A policy passes where the plan has resources of its types and it found nothing; without them it is not applicable. A report
claims no compliance: which control a policy serves is the judgement of its authors.

Exit codes: 0 reported, whatever was found, 2 wrong use.

Examples:
  $ plangate test --output json plan.json | plangate report --framework owasp_llm -
  $ plangate report --framework nist_800_53 --output html decision.json > report.html
  $ plangate report --framework atlas`
