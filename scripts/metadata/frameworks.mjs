/** Ids of frameworks: those that policies/frameworks.json has, each once. */
export function frameworkFaults({ metadata }, known) {
  const frameworks = Object.entries(metadata.custom.frameworks ?? {})
  return [
    ...(frameworks.length === 0 ? ['no framework asks for it'] : []),
    ...frameworks.flatMap(([framework, ids]) => {
      const listed = known[framework]
      if (listed === undefined) return [`\`${framework}\` is no framework of policies/frameworks.json`]
      const { name, version } = listed
      return ids.flatMap((id, at) => [
        ...(Object.hasOwn(listed.ids, id) ? [] : [`${name} ${version} has no \`${id}\``]),
        ...(ids.indexOf(id) === at ? [] : [`\`${id}\` stands twice in ${framework}`]),
      ])
    }),
  ]
}
