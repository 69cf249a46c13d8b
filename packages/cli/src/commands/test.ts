import { Command, Option } from 'commander'
import { decideOptions } from './decide.ts'
import { collect } from './options.ts'
import { FORMATS } from '@plangate/sdk'

/** Declares `plangate test`. */
export function testCommand(): Command {
  return decideOptions(
    new Command('test')
      .summary('decide whether plans may be applied')
      .description(
        'Decides whether Terraform plans may be applied: plans as `terraform show -json` prints them, `-` for standard input.',
      )
      .argument('[plans...]', 'plan files, or `-`'),
  )
    .addOption(
      new Option(
        '-o, --output <format[=file]>',
        `how to print: ${FORMATS.join(', ')}; with a file, there, and text besides (repeatable; stdout unless said)`,
      )
        .argParser(collect)
        .env('PLANGATE_OUTPUT'),
    )
    .option('--no-color', 'print without colours, as does NO_COLOR')
    .addHelpText('after', testHelp)
    .action(async (plans: string[], options) => {
      const { test } = await import('../test.ts')
      process.exitCode = await test(plans, options)
    })
}

const testHelp = `
Each flag can also be set by an environment variable, PLANGATE_ENV for --env; a flag wins over it, and it over the config.

With a key, a bundle whose signature does not hold judges nothing; \`plangate bundle sign\` makes one.

A bundle from the network needs a digest or a key. The server is told who asks by PLANGATE_BUNDLE_TOKEN,
or by PLANGATE_BUNDLE_USER and PLANGATE_BUNDLE_PASSWORD. HTTPS_PROXY, HTTP_PROXY and NO_PROXY hold, as for opa.

With a limit, plans are judged in a thread of their own, which the limit can end; the next plan gets another.
The limits hold for the start of a bundle as well. Several large plans are judged at once, as far as the memory goes.

A comment in the sources waives a finding of its block: # plangate:ignore=<id> reason="…" until=YYYY-MM-DD

What Rego prints with "print" is shown on standard error, masked; a bundle is built for it with --wasm-include-print.

Exit codes: 0 pass, 1 something fails, 2 wrong use, 3 could not decide.

Examples:
  $ terraform plan -out tf.plan && terraform show -json tf.plan | plangate test -
  $ plangate test --env dev plan.json
  $ plangate test --policy builtin --policy ./policy plan.json
  $ plangate test --policy policy.tar.gz --verification-key public.pem plan.json
  $ plangate test --policy oci://registry.example/policies:v1 --verification-key public.pem plan.json
  $ plangate test --policy policy.tar.gz --time-limit 30s --memory-limit 1GiB plan.json
  $ plangate test --waivers waivers.yaml --baseline plangate.baseline.json --only-changed plan.json
  $ plangate test --output json plan.json | jq .verdict
  $ plangate test --output sarif=report.sarif --output junit=report.xml plan.json`
