import { Command, CommanderError } from 'commander'
import { baselineCommand } from './commands/baseline.ts'
import { buildCommand } from './commands/build.ts'
import { bundleCommand } from './commands/bundle.ts'
import { checkCommand } from './commands/check.ts'
import { capabilitiesCommand } from './commands/capabilities.ts'
import { depsCommand } from './commands/deps.ts'
import { explainCommand } from './commands/explain.ts'
import { fmtCommand } from './commands/fmt.ts'
import { initCommand } from './commands/init.ts'
import { inspectCommand } from './commands/inspect.ts'
import { listCommand } from './commands/list.ts'
import { reportCommand } from './commands/report.ts'
import { testCommand } from './commands/test.ts'
import { verifyCommand } from './commands/verify.ts'
import { exitCodeOf, exitCodes } from './exit.ts'
import { survivePipes } from './terminal.ts'
import { version } from './version.ts'

/** The commands by name, in the order of the help. */
const commands: Readonly<Record<string, () => Command>> = {
  test: testCommand,
  baseline: baselineCommand,
  init: initCommand,
  build: buildCommand,
  check: checkCommand,
  verify: verifyCommand,
  fmt: fmtCommand,
  deps: depsCommand,
  inspect: inspectCommand,
  capabilities: capabilitiesCommand,
  list: listCommand,
  explain: explainCommand,
  report: reportCommand,
  bundle: bundleCommand,
}

/** The command line, with all its commands, or with none but the one that the first argument names. */
function program([first]: readonly string[]): Command {
  const named = Object.entries(commands).filter(([name]) => name === first)
  const root = new Command('plangate')
    .description('Decides whether a Terraform plan of AI infrastructure may be applied.')
    .version(version(), '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    // `plangate capabilities --version` has a value, and is not the version of plangate
    .enablePositionalOptions()
    .addHelpText(
      'after',
      `
Nearly every flag can be set by an environment variable too, which the help of its command names.

Exit codes: 0 pass, 1 something fails, 2 wrong use, 3 could not decide.

Examples:
  $ terraform show -json tf.plan | plangate test -
  $ plangate explain SM-011
  $ plangate init
  $ plangate list`,
    )
  for (const [, declare] of named.length > 0 ? named : Object.entries(commands)) root.addCommand(declare())
  for (const command of [root, ...root.commands, ...root.commands.flatMap(({ commands: inner }) => inner)]) {
    command
      .exitOverride()
      .configureOutput({ outputError: () => {} })
      .showSuggestionAfterError()
  }
  return root
}

/**
 * Runs the command line `args`, without `node` and the name of the script, and leaves its outcome in the exit code of
 * the process. Never throws: an error is two lines on standard error, `error: <message> [CODE]` and `hint: <what to do>`.
 */
export async function main(args: readonly string[]): Promise<void> {
  survivePipes(exitCodes.undecidable)
  process.exitCode = exitCodes.undecidable
  try {
    const asked = helpOf(args)
    await program(asked).parseAsync(asked, { from: 'user' })
  } catch (error) {
    process.exitCode = await report(error, args)
  }
}

/** `help bundle sign` as `bundle sign --help`: the help command of commander looks no deeper, and ends as an error does. */
function helpOf(args: readonly string[]): readonly string[] {
  const at = args[0] === 'bundle' ? 1 : 0
  if (args[at] !== 'help') return args
  const names = args.filter((_, index) => index !== at)
  return names[0] === undefined || Object.hasOwn(commands, names[0]) ? [...names, '--help'] : names
}

/** The command that `args` begin with, as it is typed to see its help. */
function typed([first = '', second = '']: readonly string[]): string {
  const names = !Object.hasOwn(commands, first)
    ? []
    : ['sign', 'verify'].includes(second) && first === 'bundle'
      ? [first, second]
      : [first]
  return ['plangate', ...names, '--help'].join(' ')
}

async function report(error: unknown, args: readonly string[]): Promise<number> {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.pass
    // A command that only has commands of its own was called without one, and has printed its help.
    if (error.code === 'commander.help') return exitCodes.usage
    const message = error.message.replace(/^error: /, '').replaceAll("'", '`')
    // What follows an equals sign may be a key, and a flag that is not known is shown as it was typed.
    const [first = '', ...rest] = message.replace(/^(unknown option `[^`=]*)=[^`]*`/s, '$1`').split('\n')
    const hint = rest
      .join(' ')
      .trim()
      .replace(/^\((.*)\)$/, '$1')
    const { maskCredentials } = await import('@plangate/sdk')
    const shown = maskCredentials(first.replace(/\.$/, ''))
    process.stderr.write(`error: ${shown} [ERR_USAGE]\nhint: ${maskCredentials(hint) || `see \`${typed(args)}\``}\n`)
    return exitCodes.usage
  }
  const { printError } = await import('./errors.ts')
  return exitCodeOf(printError(error))
}
