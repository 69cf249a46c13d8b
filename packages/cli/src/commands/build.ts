import { Command, InvalidArgumentError, Option } from 'commander'
import {
  cacheOptions,
  colorOption,
  formatOption,
  limitOptions,
  listOption,
  switchOption,
  watchOption,
} from './options.ts'
import { keyHelp, signingOptions, verificationOptions } from './signature.ts'

/** Declares `plangate build`. */
export function buildCommand(): Command {
  const command = new Command('build')
    .summary('compile Rego to a bundle')
    .description('Compiles folders and files of Rego, with their data, and bundles to an OPA bundle.')
    .argument('<sources...>', 'folders, files, and bundles as `.tar.gz` or as folders with a `.manifest`')
    .addOption(
      new Option('-o, --output <file>', 'the bundle to write').default('bundle.tar.gz').env('PLANGATE_OUTPUT_FILE'),
    )
    .addOption(
      new Option('-t, --target <name>', 'what the bundle holds beside Rego and data: WebAssembly, nothing or a plan')
        .choices(['wasm', 'rego', 'plan'])
        .default('wasm')
        .env('PLANGATE_TARGET'),
    )
    .addOption(
      listOption(
        '-e, --entrypoint <path>',
        'a rule or package to evaluate, as `main/deny`, beside those METADATA names (repeatable)',
        'PLANGATE_ENTRYPOINT',
      ),
    )
    .addOption(
      listOption(
        '-n, --namespace <name>',
        'a package whose deny, violation and warn rules are entrypoints (repeatable)',
        'PLANGATE_NAMESPACE',
      ),
    )
    .addOption(
      new Option('-r, --revision <text>', 'the revision of the bundle, a hash of its content unless said').env(
        'PLANGATE_REVISION',
      ),
    )
    .addOption(
      listOption(
        '--root <path>',
        'a path below `data` that the bundle owns, what it contains unless said (repeatable)',
        'PLANGATE_ROOT',
      ),
    )
    .addOption(
      switchOption('-b, --bundle', 'take every source as a bundle, as `opa build -b` does', 'PLANGATE_BUNDLE_MODE'),
    )
    .addOption(listOption('--ignore <glob>', 'names of files and folders to leave out (repeatable)', 'PLANGATE_IGNORE'))
    .addOption(switchOption('--follow-symlinks', 'follow links out of a folder', 'PLANGATE_FOLLOW_SYMLINKS'))
    .addOption(
      new Option(
        '--capabilities <name>',
        'a capabilities file, or a version of OPA such as v1.0.0, to compile for',
      ).env('PLANGATE_CAPABILITIES'),
    )
    .addOption(switchOption('--v0-compatible', 'the policies are Rego v0', 'PLANGATE_V0_COMPATIBLE'))
    .addOption(
      switchOption('--v1-compatible', 'the policies are Rego v1, which is the default', 'PLANGATE_V1_COMPATIBLE'),
    )
    .addOption(
      new Option('-O, --optimize <level>', 'how much OPA evaluates beforehand, 0 to 2; above 0 for Rego and plans only')
        .argParser(level)
        .default('0')
        .env('PLANGATE_OPTIMIZE'),
    )
    .addOption(
      new Option('--partial-namespace <name>', 'the package of optimized rules, partial unless said').env(
        'PLANGATE_PARTIAL_NAMESPACE',
      ),
    )
    .addOption(
      switchOption('--prune-unused', 'leave out rules that refer to entrypoints and are none', 'PLANGATE_PRUNE_UNUSED'),
    )
    .addOption(switchOption('--strip-source', 'leave the Rego out of the bundle', 'PLANGATE_STRIP_SOURCE'))
    .addOption(switchOption('--wasm-include-print', 'keep `print` in the WebAssembly', 'PLANGATE_WASM_INCLUDE_PRINT'))
    .addOption(
      switchOption(
        '--no-type-index',
        'compile walks of `input.resource_changes` as they are written, without an index by type',
        'PLANGATE_NO_TYPE_INDEX',
      ),
    )
    .addOption(
      new Option('--plan-format <format>', 'how a plan is written, json unless said')
        .choices(['json', 'proto'])
        .env('PLANGATE_PLAN_FORMAT'),
    )
    .addOption(
      listOption('--plan-addons <name>', 'what a plan holds besides: `unplanned_rules`', 'PLANGATE_PLAN_ADDONS'),
    )
  signingOptions(command, 'signing-')
  verificationOptions(command, { prefix: 'verification-', variables: 'PLANGATE_SOURCE_VERIFICATION_' })
  return limitOptions(cacheOptions(command))
    .addOption(formatOption())
    .addOption(watchOption())
    .addOption(colorOption())
    .addHelpText('after', buildHelp)
    .action(async (sources: string[], options) => {
      const { build } = await import('../build.ts')
      const { repeatedly } = await import('../watch.ts')
      process.exitCode = await repeatedly(() => build(sources, options), { watch: options.watch, paths: sources })
    })
}

/** The level of `-O 1`, `-O1`, and `-O=1` as well, which is how OPA's documentation writes it. */
function level(value: string): string {
  const digit = value.replace(/^=/, '')
  if (/^[012]$/.test(digit)) return digit
  throw new InvalidArgumentError('it is 0, 1 or 2')
}

const buildHelp = `
With a key to sign with, the bundle that is written is signed. With one to verify with, every source has to be a bundle
whose signature holds.
${keyHelp}

Exit codes: 0 written, 2 wrong use or Rego that does not compile, 3 a bundle among the sources that cannot be
read, or a limit of time or memory.

Examples:
  $ plangate build policies -o library.tar.gz
  $ plangate build ./policy --namespace main -o policy.tar.gz
  $ plangate build --target rego --optimize 2 --entrypoint main/deny policies
  $ plangate build team-a.tar.gz team-b.tar.gz --revision "$(git rev-parse HEAD)"
  $ plangate build policies --signing-key private.pem -o signed.tar.gz
  $ plangate build policies --format sarif > build.sarif`
