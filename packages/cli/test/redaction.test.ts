import { expect, test } from '@jest/globals'
import { maskCredentials } from '@plangate/bundle'
import { plantedKinds } from '@plangate/test-plans'

/** The ways in which a message could show a credential: with its name, and in base64 with it. */
const messages = ({ name, value }: { name: string; value: string }): string[] => [
  `${name}=${value}`,
  `of module.x["a"]: ${JSON.stringify({ [name]: value })}`,
  `is ${JSON.stringify(JSON.stringify({ [name]: value }))}`,
  `export ${name}='${value}'`,
  `is ${Buffer.from(`export ${name}='${value}'\n`).toString('base64')}`,
]

// Eight letters and digits may be a word, and a UUID is mostly an identifier.
const kinds = plantedKinds().filter(({ id }) => !['password, short', 'pinecone before 2024'].includes(id))

test.each(kinds.map((kind) => [kind.id, kind] as const))('no message shows a credential: %s', (_, kind) => {
  const bare = kind.bare ? [kind.value, `at ${kind.value}, and more`] : []
  const parts = kind.secret.split('\n').filter((part) => part.length > 5)
  for (const message of [...bare, ...messages(kind)]) {
    const masked = maskCredentials(message)
    const open = masked.replaceAll(
      /[A-Za-z0-9+/]{24,}={0,2}/g,
      (run) => `${run} ${Buffer.from(run, 'base64').toString('latin1')}`,
    )
    expect(parts.filter((part) => open.includes(part))).toEqual([])
  }
})
