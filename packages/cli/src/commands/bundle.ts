import { Command, Option } from 'commander'
import { listOption, outputOption } from './options.ts'
import { keyHelp, signingOptions, verificationOptions } from './signature.ts'

/** Declares `plangate bundle`, whose commands sign bundles and verify them. */
export function bundleCommand(): Command {
  return new Command('bundle')
    .summary('sign bundles and verify them')
    .description('Signs bundles and verifies them, as `opa sign` does and `opa run --verification-key`.')
    .addCommand(signCommand())
    .addCommand(verifyCommand())
    .addHelpText('after', `\nExamples:\n  $ ${signExample}\n  $ ${verifyExample}`)
}

const signExample = 'plangate bundle sign bundle.tar.gz --key private.pem'
const verifyExample = 'plangate bundle verify bundle.tar.gz --key public.pem'

function signCommand(): Command {
  const command = new Command('sign')
    .summary('sign a bundle')
    .description(
      'Writes the signature of a bundle: into the archive itself, or for a folder into its `.signatures.json`.',
    )
    .argument('<bundle>', 'a `.tar.gz`, or a folder')
  return signingOptions(command)
    .addOption(
      listOption('--exclude <pattern>', 'files to leave out, as `docs/*` (repeatable)', 'PLANGATE_SIGNING_EXCLUDE'),
    )
    .addOption(
      new Option('--hash <name>', 'the hash of the files')
        .choices(['SHA-256', 'SHA-384', 'SHA-512'])
        .default('SHA-256')
        .env('PLANGATE_SIGNING_HASH'),
    )
    .addOption(
      new Option('-o, --output <file>', 'the file to write, in place of the bundle or the `.signatures.json`').env(
        'PLANGATE_SIGNED_FILE',
      ),
    )
    .addHelpText('after', signHelp)
    .action(async (path: string, options) => {
      const { sign } = await import('../bundle.ts')
      process.exitCode = await sign(path, options)
    })
}

const signHelp = `${keyHelp}

The same bundle and key give the same bytes, except with PS* and ES*, whose signatures hold random numbers.
The signature of a folder holds for that folder; what is to be published is an archive.

Exit codes: 0 written, 2 wrong use or a key that does not fit, 3 the bundle cannot be read.

Examples:
  $ ${signExample}
  $ plangate bundle sign bundle.tar.gz --key env:SIGNING_SECRET --alg HS256 -o signed.tar.gz
  $ plangate bundle sign ./bundle --key private.pem --scope release --claims-file claims.json`

function verifyCommand(): Command {
  const command = new Command('verify')
    .summary('verify a bundle')
    .description('Verifies the signature of a bundle, and that it covers each file as it is.')
    .argument('<bundle>', 'a `.tar.gz`, or a folder')
  return verificationOptions(command)
    .addOption(outputOption('PLANGATE_VERIFY_OUTPUT'))
    .addHelpText('after', verifyHelp)
    .action(async (path: string, options) => {
      const { verify } = await import('../bundle.ts')
      process.exitCode = await verify(path, options)
    })
}

const verifyHelp = `${keyHelp}

Exit codes: 0 the signature holds, 1 it does not, 2 wrong use or a key that does not fit, 3 the bundle cannot be read.

Examples:
  $ ${verifyExample}
  $ plangate bundle verify bundle.tar.gz --key public.pem --scope release --output json | jq .claims
  $ PLANGATE_VERIFICATION_KEY=public.pem plangate bundle verify bundle.tar.gz`
