/** What a policy rests on: addresses of pages that somebody can read. */
const official = [
  /^https:\/\/docs\.aws\.amazon\.com\//,
  /^https:\/\/aws\.amazon\.com\//,
  /^https:\/\/registry\.terraform\.io\/providers\//,
  /^https:\/\/developer\.hashicorp\.com\//,
]

export function sourceFaults({ metadata }) {
  const addresses = (metadata.related_resources ?? []).map((each) => each.ref ?? each)
  return [
    ...addresses
      .filter((each) => !/^https:\/\/[^\s/]+\.[^\s/]+\//.test(each))
      .map((each) => `\`${each}\` is no https address of a page`),
    ...addresses
      .filter((each, at) => addresses.indexOf(each) !== at)
      .map((each) => `\`${each}\` stands twice in related_resources`),
    ...(addresses.some((each) => official.some((pattern) => pattern.test(each)))
      ? []
      : ['related_resources has no page of AWS or of the provider']),
  ]
}
