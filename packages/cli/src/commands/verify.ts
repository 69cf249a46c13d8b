import { Command, Option } from 'commander'
import { collect, colorOption, flag, memoryOption, switchOption, watchOption } from './options.ts'

/** Declares `plangate verify`. */
export function verifyCommand(): Command {
  return new Command('verify')
    .summary('run the tests of Rego')
    .description('Runs Rego tests with the runner of `opa test`: rules whose names begin with `test_`.')
    .argument('<sources...>', 'folders and files, with `-b` also bundles')
    .addOption(flag('-b, --bundle', 'take each source as a bundle', 'PLANGATE_BUNDLE_MODE'))
    .addOption(option('-r, --run <regex>', 'only tests with such a name, as `data.a.test_b`', 'RUN'))
    .addOption(
      option('--ignore <glob>', 'names of files and folders to leave out (repeatable)', 'IGNORE').argParser(collect),
    )
    .addOption(
      option('-f, --format <format>', 'how to print: for people, or as `opa test` prints', 'VERIFY_FORMAT')
        .choices(['text', 'pretty', 'json', 'junit', 'gobench'])
        .default('text'),
    )
    .addOption(flag('-v, --verbose', 'list what passes too, and traces', 'PLANGATE_VERBOSE'))
    .addOption(flag('--var-values', 'show where a test fails, with the values of variables', 'PLANGATE_VAR_VALUES'))
    .addOption(
      option('--explain <events>', 'what to show of traces', 'VERIFY_EXPLAIN').choices([
        'fails',
        'full',
        'notes',
        'debug',
      ]),
    )
    .addOption(flag('-c, --coverage', 'report the lines that the tests evaluate', 'PLANGATE_COVERAGE'))
    .addOption(
      option('--coverage-runs <kinds>', 'passes that say why a line was left out; `none` for none', 'COVERAGE_RUNS'),
    )
    .addOption(option('--threshold <percent>', 'fail below this coverage', 'THRESHOLD').argParser(Number))
    .addOption(option('--min-coverage <percent>', 'the same', 'MIN_COVERAGE').argParser(Number).conflicts('threshold'))
    .addOption(option('--timeout <duration>', 'the time of one test, as `500ms` or `5s`', 'TIMEOUT').default('5s'))
    .addOption(
      option('--run-timeout <duration>', 'the time of all together, compiling included, as `2m`', 'RUN_TIMEOUT'),
    )
    .addOption(memoryOption())
    .addOption(option('--count <number>', 'how often to run the tests', 'COUNT').argParser(Number).default(1))
    .addOption(option('-p, --parallel <number>', 'how many threads run tests', 'PARALLEL').argParser(Number).default(1))
    .addOption(
      switchOption(
        '-z, --exit-zero-on-skipped',
        'end with 0 when tests are only skipped',
        'PLANGATE_EXIT_ZERO_ON_SKIPPED',
      ),
    )
    .addOption(flag('--fail-on-empty', 'end with 1 when there is no test', 'PLANGATE_FAIL_ON_EMPTY'))
    .addOption(option('--sort <order>', 'the order of JSON', 'SORT').choices(['none', 'duration']).default('none'))
    .addOption(
      option(
        '-t, --target <target>',
        'where to run: in the interpreter, or `both` there and compiled to WebAssembly',
        'VERIFY_TARGET',
      )
        .choices(['rego', 'both'])
        .default('rego'),
    )
    .addOption(flag('--bench', 'measure each test', 'PLANGATE_BENCH'))
    .addOption(switchOption('--no-benchmem', 'measure without memory', 'PLANGATE_NO_BENCHMEM'))
    .addOption(flag('--profile', 'say what the expressions cost', 'PLANGATE_PROFILE'))
    .addOption(
      option(
        '--profile-sort <column>',
        'total_time_ns, num_eval, num_redo, num_gen_expr, file or line (repeatable)',
        'PROFILE_SORT',
      ).argParser(collect),
    )
    .addOption(option('--profile-limit <number>', 'how many expressions, 0 for all', 'PROFILE_LIMIT').argParser(Number))
    .addOption(
      option('-m, --max-errors <number>', 'stop after this many errors, 0 for never', 'MAX_ERRORS')
        .argParser(Number)
        .default(10),
    )
    .addOption(option('--capabilities <name>', 'a capabilities file, or a version of OPA', 'CAPABILITIES'))
    .addOption(
      option(
        '-s, --schema <path>',
        'a JSON Schema of `input`, a folder of them, or `terraform` (repeatable)',
        'SCHEMA',
      ).argParser(collect),
    )
    .addOption(flag('--v0-compatible', 'the policies are Rego v0', 'PLANGATE_V0_COMPATIBLE'))
    .addOption(watchOption())
    .addOption(colorOption())
    .addHelpText('after', verifyHelp)
    .action(async (sources: string[], options) => {
      const { verify } = await import('../verify.ts')
      const { repeatedly } = await import('../watch.ts')
      process.exitCode = await repeatedly(
        () => verify(sources, { ...options, threshold: options.minCoverage ?? options.threshold }),
        { watch: options.watch, paths: sources },
      )
    })
}

function option(flags: string, help: string, env: string): Option {
  return new Option(flags, help).env(`PLANGATE_${env}`)
}

const verifyHelp = `
Of a folder all Rego, JSON and YAML is taken, as by \`opa test\`, but nothing hidden and nothing of npm.

The interpreter looks at the clock between two steps: a test that spends its time inside one call of a built-in function
is ended by \`--run-timeout\` alone, which ends all. Compiled to WebAssembly each test is ended after its \`--timeout\`,
wherever it is. In JUnit the tests of WebAssembly are suites of their own, \`data.a (wasm)\`.

Exit codes: 0 all pass, 1 a test does not, coverage is too low or WebAssembly answers otherwise, 2 wrong use or Rego that does not compile,
3 a limit of time or memory.

Examples:
  $ plangate verify policies
  $ plangate verify policies --run 'test_bucket' --var-values
  $ plangate verify policies --coverage --threshold 90
  $ plangate verify policies --target both
  $ plangate verify policies --format junit > report.xml`
