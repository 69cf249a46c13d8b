/** How bad, and where: what is advised in dev is required in prod, never the other way round. */
const worstFirst = ['critical', 'high', 'medium', 'low']
const mildestFirst = ['dev', 'stage', 'prod']

export function severityFaults({ metadata }) {
  const { severity, severity_by_environment: byEnvironment = {}, environments = mildestFirst } = metadata.custom
  const held = mildestFirst.filter((each) => environments.includes(each))
  const rank = (environment) => worstFirst.indexOf(byEnvironment[environment] ?? severity)
  const same = Object.entries(byEnvironment).filter(([, each]) => each === severity)
  const elsewhere = Object.keys(byEnvironment).filter((each) => !environments.includes(each))
  const wrong = held.filter((each, at) => at > 0 && rank(each) > rank(held[at - 1]))
  return [
    ...same.map(([each]) => `severity_by_environment repeats the severity for ${each}`),
    ...elsewhere.map((each) => `severity_by_environment names ${each}, where the policy does not hold`),
    ...wrong.map((each) => `it is milder in ${each} than in ${held[held.indexOf(each) - 1]}`),
    ...(metadata.custom.environments?.length === mildestFirst.length
      ? ['environments names all of them, which it need not']
      : []),
  ]
}
