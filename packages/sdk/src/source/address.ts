/** The parts of an address that the configuration knows: without the keys of instances. */
export interface ConfigurationAddress {
  /** The calls from the root down, by name. */
  readonly modules: readonly string[]
  /** The type and the labels of the block, such as `['resource', 'aws_x', 'y']`; empty for a module itself. */
  readonly block: readonly string[]
}

/**
 * Returns what an address of a finding names: `module.a["x"].aws_y.z[0]`, `data.aws_y.z`, `variable.x`, `output.x`,
 * `provider.aws`, `module.a`, or undefined for a text that is none.
 *
 * @see https://developer.hashicorp.com/terraform/cli/state/resource-addressing
 */
export const configurationAddress = (address: string): ConfigurationAddress | undefined => {
  if (address.startsWith('provider.')) return providerAddress(address.slice('provider.'.length))
  const names = namesOf(address)
  if (names === undefined) return undefined
  let at = 0
  while (names[at] === 'module' && names[at + 1] !== undefined) at += 2
  const modules = names.slice(0, at).filter((_, index) => index % 2 === 1)
  const rest = names.slice(at)
  const [first = '', second = '', third = ''] = rest
  if (rest.length === 0) return modules.length === 0 ? undefined : { modules, block: [] }
  if (first === 'data' && rest.length === 3) return { modules, block: ['data', second, third] }
  if (rest.length !== 2) return undefined
  if (first === 'variable' || first === 'output') return { modules, block: [first, second] }
  return { modules, block: ['resource', first, second] }
}

/** `aws`, `aws.west`, and with the module that has it `module.a:aws`, as `configuration.provider_config` has them. */
const providerAddress = (key: string): ConfigurationAddress => {
  const [name = '', module] = key.split(':').toReversed()
  const modules = (module ?? '').split('.').filter((part) => part !== '' && part !== 'module')
  return { modules, block: ['provider', ...name.split('.')] }
}

/** The names between the dots, without the keys in brackets, in which there may be anything. */
const namesOf = (address: string): readonly string[] | undefined => {
  const part = /([^.[\]"]+)(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])*(\.|$)/suy
  const names: string[] = []
  while (part.lastIndex < address.length) {
    const match = part.exec(address)
    if (match?.[1] === undefined) return undefined
    names.push(match[1])
    if (match[2] === '' && part.lastIndex < address.length) return undefined
  }
  return address.endsWith('.') ? undefined : names
}
