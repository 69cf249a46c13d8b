// Some threads put the name of the module in front.
const FRAME = /\bat (?:\S*\.)?(g\d+\.(data\..*)) \(wasm/

/**
 * Returns OPA's words for a rule that gives two values, in place of those of its WebAssembly: `p.rego:6:1: rule data.p.x
 * produced conflicting values`. Any other message stays as it is, and so does one whose rule the stack does not show.
 *
 * @param stack of the abort; its frames have the names of the module's functions
 * @param functions the names of those that are functions rather than rules
 */
export const conflictOf = (message: string, stack: string, functions: ReadonlySet<string>): string => {
  if (message.endsWith('object insert conflict'))
    return message.replace('object insert conflict', 'object keys must be unique')
  const [, name, path] = FRAME.exec(stack) ?? []
  if (name === undefined || !message.endsWith('var assignment conflict')) return message
  const whose = functions.has(name)
    ? `function ${path} produced conflicting values for the same inputs`
    : `rule ${path} produced conflicting values`
  return message.replace('var assignment conflict', whose)
}
