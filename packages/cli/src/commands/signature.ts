import { type Command, Option } from 'commander'
import { listOption } from './options.ts'

/** What a key is, as the help of every flag that takes one says it. */
export const keyHelp = `
A key on the command line can be seen by everybody on the machine and stays in the history of the shell:
give a secret as \`env:NAME\` or as a file, which is taken byte for byte, with the newline at its end if it has one.
A secret needs an algorithm, HS256, HS384 or HS512.`

/** What the names of flags begin with, and those of their environment variables. */
interface Names {
  readonly prefix: string
  readonly variables: string
}

/** `--key` and `--alg`, which have short forms where nothing stands before their names. */
function keyOptions(command: Command, { prefix, variables }: Names, key: string): Command {
  const [k, a] = prefix === '' ? ['-k, ', '-a, '] : ['', '']
  const algorithms = 'RS256, PS256, ES256, HS256, … (the kind of the key says it unless given; a secret needs one)'
  return command
    .addOption(
      new Option(`${k}--${prefix}key <key>`, `the file of ${key}, \`env:NAME\`, or a secret`).env(`${variables}KEY`),
    )
    .addOption(new Option(`${a}--${prefix}alg <name>`, algorithms).env(`${variables}ALG`))
}

/** Adds the flags that say how a bundle is signed; `prefix` is what their names begin with. */
export function signingOptions(command: Command, prefix = ''): Command {
  return keyOptions(command, { prefix, variables: 'PLANGATE_SIGNING_' }, 'a private key (PEM)')
    .addOption(
      new Option(`--${prefix}key-id <id>`, 'the id of the key, for whoever verifies').env('PLANGATE_SIGNING_KEY_ID'),
    )
    .addOption(new Option(`--${prefix}scope <text>`, 'what the signature is for').env('PLANGATE_SIGNING_SCOPE'))
    .addOption(
      new Option('--claims-file <file>', 'a JSON object with more to say, such as `iat`, `iss` and `exp`').env(
        'PLANGATE_CLAIMS_FILE',
      ),
    )
}

/** Adds the flags that say what the signature of a bundle has to prove. */
export function verificationOptions(
  command: Command,
  { prefix = '', variables = 'PLANGATE_VERIFICATION_' }: Partial<Names> = {},
): Command {
  return keyOptions(command, { prefix, variables }, 'a public key or a certificate (PEM)')
    .addOption(
      new Option(`--${prefix}key-id <id>`, 'the id of the key: a signature that names another one is refused').env(
        `${variables}KEY_ID`,
      ),
    )
    .addOption(new Option(`--${prefix}scope <text>`, 'the scope that the signature must have').env(`${variables}SCOPE`))
    .addOption(
      listOption(
        `--${prefix}exclude <pattern>`,
        'files that need no signature, as `docs/*` (repeatable)',
        `${variables}EXCLUDE`,
      ),
    )
}
