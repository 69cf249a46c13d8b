import { Command, Option } from 'commander'
import { cacheOptions, listOption, policyOption } from './options.ts'

/** Declares `plangate report`. */
export function reportCommand(): Command {
  const command = new Command('report')
    .summary('report decisions once more, or by the controls of a framework')
    .description(
      'Turns decisions of `plangate test --output json` into reports of another format. With a framework, says for each of its controls which policies ask for it, and what a decision found.',
    )
    .argument('[decision]', 'decisions as JSON, or `-`; without one, what policies there are')
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
      listOption(
        '-o, --output <format[=file]>',
        'how to print, as `plangate test` does (repeatable; stdout unless said); of a framework stdout, json, markdown or html',
        'PLANGATE_REPORT_OUTPUT',
      ),
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
  $ plangate report decision.json --output markdown --output sarif=report.sarif
  $ plangate test --output json plan.json | plangate report --framework owasp_llm -
  $ plangate report --framework nist_800_53 --output html decision.json > report.html
  $ plangate report --framework atlas`
