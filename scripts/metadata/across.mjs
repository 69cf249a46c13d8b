/** What two policies may not share. */
export function acrossPolicies(policies) {
  return [
    ...shared(policies, ({ metadata }) => [metadata.title]).map(
      ([title, ids]) => `${ids.join(', ')}: the same title, \`${title}\``,
    ),
    ...policies.flatMap(({ id, metadata }) => {
      const aliases = metadata.custom.aliases ?? []
      return [
        ...(aliases.length === 0 ? [`${id}: no alias`] : []),
        ...aliases
          .filter((each, at) => aliases.indexOf(each) !== at)
          .map((each) => `${id}: \`${each}\` stands twice in aliases`),
      ]
    }),
    // A row may be one policy's own and a part of others; it cannot be the name of two things that have little in common.
    ...shared(policies, ({ metadata }) => (metadata.custom.aliases ?? []).slice(0, 1))
      .filter(([, ids]) => new Set(ids.map((id) => id.split('/')[0])).size > 1)
      .map(([alias, ids]) => `${ids.join(', ')}: \`${alias}\` is the first alias in several categories`),
  ]
}

/** What more than one policy has, with the ids of these. */
function shared(policies, of) {
  const users = new Map()
  for (const policy of policies) {
    for (const each of new Set(of(policy))) users.set(each, [...(users.get(each) ?? []), policy.id])
  }
  return [...users].filter(([, ids]) => ids.length > 1)
}
