import { Command, Option } from 'commander'
import {
  capabilitiesOption,
  colorOption,
  flag,
  formatOption,
  limitOptions,
  versionOptions,
  watchOption,
} from './options.ts'

/** Declares `plangate fmt`. */
export function fmtCommand(): Command {
  const command = new Command('fmt')
    .summary('format Rego')
    .description('Formats Rego as `opa fmt` does: prints it, writes it, or says what would change.')
    .argument('[paths...]', 'folders and files; standard input where none is named')
    .addOption(flag('-w, --write', 'write each file instead of printing it', 'PLANGATE_WRITE'))
    .addOption(
      flag('-l, --list', 'print only the names of files that would change; then the exit code is 1', 'PLANGATE_LIST'),
    )
    .addOption(flag('-d, --diff', 'print only what would change, as opa does, in colours', 'PLANGATE_DIFF'))
    .addOption(flag('--fail', 'stop at the first file that would change, with exit code 1', 'PLANGATE_FAIL'))
    .addOption(
      new Option('--check-result [bool]', 'parse the result again')
        .choices(['true', 'false'])
        .default('true')
        .preset('true')
        .env('PLANGATE_CHECK_RESULT'),
    )
    .addOption(
      flag('--drop-v0-imports', 'drop imports that v1 does not need, as `rego.v1`', 'PLANGATE_DROP_V0_IMPORTS'),
    )
    .addOption(flag('--v0-v1', 'read Rego v0 and write what v0 and v1 both read', 'PLANGATE_V0_V1'))
    .addOption(new Option('--rego-v1', 'the same, by its old name').hideHelp())
  return limitOptions(versionOptions(command))
    .addOption(capabilitiesOption())
    .addOption(formatOption())
    .addOption(watchOption())
    .addOption(colorOption())
    .addHelpText('after', fmtHelp)
    .action(async (paths: string[], { checkResult, regoV1 = false, ...options }) => {
      const { fmt } = await import('../fmt.ts')
      const settled = { ...options, v0V1: options.v0V1 || regoV1, checkResult: checkResult === 'true' }
      const { repeatedly } = await import('../watch.ts')
      process.exitCode = await repeatedly(() => fmt(paths, settled), { watch: options.watch, paths })
    })
}

const fmtHelp = `
Exit codes: 0 formatted, 1 \`--list\` or \`--fail\` found a file that would change, 2 wrong use or not Rego,
3 a limit of time or memory.

Examples:
  $ plangate fmt --write policy
  $ plangate fmt --list policy
  $ plangate fmt --list --format github policy
  $ plangate fmt < policy.rego`
