/** The types of resources that a policy is about, beside those that its Rego names. */
import { closure } from '../mutate/library.mjs'

/**
 * A listed type must be named by the policy or by what it uses of lib. A type whose resources a finding is about must be
 * listed: that is decidable where the rule itself goes through `plan.resources.<type>`.
 */
export function resourceTypeFaults({ metadata, package: name, source }, library) {
  const listed = metadata.custom.resource_types ?? []
  const read = [...closure([name], library)].map((each) => code(library.get(each).source)).join('\n')
  const generic = /plan\.resources\[/.test(read) || /plan\.(all|managed|configured)/.test(read)
  const subjects = [...code(source).matchAll(subject)]
    .filter(([, resource, body]) => body.includes(`some ${resource} in plan.resources.`))
    .flatMap(([, resource, body]) => [
      ...body.matchAll(new RegExp(`some ${resource} in plan\\.resources\\.(\\w+)`, 'g')),
    ])
    .map(([, type]) => type)
  return [
    ...listed
      .filter((type) => type !== '*' && !new RegExp(`\\b${type}\\b`).test(read))
      .map((type) => `resource_types has \`${type}\`, which nothing reads${generic ? ' by name' : ''}`),
    ...listed
      .filter((type, at) => listed.indexOf(type) !== at)
      .map((type) => `\`${type}\` stands twice in resource_types`),
    ...[...new Set(subjects)]
      .filter((type) => !listed.includes(type))
      .map((type) => `a finding is about \`${type}\`, which resource_types lacks`),
  ]
}

const code = (text) => text.replace(/^\s*#.*$/gm, '')

const subject = /^(?:deny|undecided) contains finding\.\w+\(_policy, (\w+),[^\n]* if \{\n((?:\t.*\n|\n)*?)\}/gm
