import { Command, Option } from 'commander'
import { flag } from './options.ts'

/** Declares `plangate init`. */
export function initCommand(): Command {
  return new Command('init')
    .summary('set a repository up')
    .description(
      'Shows a config, a file of waivers and a pipeline for this repository, and writes those that are not there.',
    )
    .argument('[folder]', 'the repository', '.')
    .addOption(
      new Option('--ci <name>', 'the pipeline to write; otherwise the one that the repository has')
        .choices(['github', 'gitlab', 'azure', 'none'])
        .env('PLANGATE_CI'),
    )
    .addOption(flag('-y, --yes', 'write without a question', 'PLANGATE_YES'))
    .option('--no-color', 'print without colours, as does NO_COLOR')
    .addHelpText('after', help)
    .action(async (folder: string, options) => {
      const { init } = await import('../init.ts')
      process.exitCode = await init(folder, options)
    })
}

const help = `
A file that is there already stays as it is.

Exit codes: 0 written, or nothing to write, 2 wrong use.

Examples:
  $ plangate init
  $ plangate init --ci gitlab --yes`
