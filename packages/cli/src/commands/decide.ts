import { type Command, Option } from 'commander'
import {
  cacheOptions,
  collect,
  configOptions,
  failOnOption,
  flag,
  listOption,
  policyOption,
  remoteOptions,
  switchOption,
} from './options.ts'
import { verificationOptions } from './signature.ts'

/** Adds the flags that say how plans are decided. */
export function decideOptions(command: Command): Command {
  command
    .addOption(
      policyOption(
        'a folder or file of Rego, a bundle or its `https://` or `oci://` address, or `builtin` for the library (repeatable; the library unless said)',
      ),
    )
    .addOption(
      new Option('-d, --data <path>', 'a JSON or YAML file, or a folder of them, for `data` (repeatable)')
        .argParser(collect)
        .env('PLANGATE_DATA'),
    )
    .addOption(
      new Option('-n, --namespace <name>', 'a package of your own policies to test (repeatable; main unless said)')
        .argParser(collect)
        .env('PLANGATE_NAMESPACE'),
    )
  return verificationOptions(remoteOptions(configOptions(cacheOptions(command))), { prefix: 'verification-' })
    .addOption(failOnOption())
    .addOption(
      new Option('--undecided <how>', 'what to do with what is known only after apply')
        .choices(['warn', 'fail', 'ignore'])
        .env('PLANGATE_UNDECIDED'),
    )
    .addOption(
      switchOption(
        '--strict-builtin-errors',
        'end with 3 where a built-in function fails, instead of taking it for undefined',
        'PLANGATE_STRICT_BUILTIN_ERRORS',
      ),
    )
    .addOption(
      new Option(
        '--time-limit <duration>',
        'end with 3 where compiling, or judging a plan, takes longer, as `30s` or `2m`',
      ).env('PLANGATE_TIME_LIMIT'),
    )
    .addOption(
      new Option('--memory-limit <size>', 'end with 3 where compiling or judging needs more memory, as `512MiB`').env(
        'PLANGATE_MEMORY_LIMIT',
      ),
    )
    .addOption(
      new Option(
        '--source <folder>',
        'the sources of the plan, to tell file and line; otherwise those beside it, `off` for none',
      ).env('PLANGATE_SOURCE'),
    )
    .addOption(
      new Option(
        '--terraform [command]',
        'read binary plans with `terraform show -json`, or that of another command; it runs the providers of the plan',
      ).env('PLANGATE_TERRAFORM'),
    )
    .addOption(
      new Option('--jobs <number>', 'judge so many plans at once, otherwise as many as there is room for').env(
        'PLANGATE_JOBS',
      ),
    )
    .addOption(listOption('--waivers <file>', 'a YAML file of accepted findings (repeatable)', 'PLANGATE_WAIVERS'))
    .addOption(new Option('--baseline <file>', 'what `plangate baseline` has accepted').env('PLANGATE_BASELINE'))
    .addOption(
      listOption(
        '--policy-id <name>',
        'ask only this policy: an id, an alias, a category, or a rule of your own as main/deny (repeatable)',
        'PLANGATE_POLICY_ID',
      ),
    )
    .addOption(
      listOption(
        '--severity <names>',
        'ask only policies of these severities in this environment, as `critical,high`',
        'PLANGATE_SEVERITY',
      ),
    )
    .addOption(
      listOption(
        '--framework <name[:id]>',
        'ask only policies that a framework asks for, as `atlas` or `nist_800_53:SC-*` (repeatable)',
        'PLANGATE_FRAMEWORK',
      ),
    )
    .addOption(flag('--only-changed', 'gate only what the plan changes', 'PLANGATE_ONLY_CHANGED'))
}
