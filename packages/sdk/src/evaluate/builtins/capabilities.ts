import { goSource } from '#platform/evaluate/builtins/source'
import { PlangateError } from '@plangate/bundle'
import { type BuiltinSource, customBuiltins } from './custom.ts'
import { asPlangateError } from './go.ts'

/**
 * Returns OPA's capabilities with custom built-ins declared in them, for `compileBundle(…, { capabilities })`.
 *
 * @throws PlangateError `ERR_BUILTIN_INVALID`, `ERR_OPA_MISSING`, `ERR_OPA_FAILED`
 */
export const capabilitiesOf = async (sources: readonly BuiltinSource[]): Promise<Readonly<Record<string, unknown>>> => {
  const builtins = await customBuiltins(sources)
  const opa = await (await goSource()).load([]).catch((cause: unknown) => Promise.reject(asPlangateError(cause)))
  const { text } = opa.capabilities({ current: true })
  const capabilities: { readonly builtins?: readonly unknown[] } = JSON.parse(text)
  if (capabilities.builtins === undefined) {
    throw new PlangateError('ERR_OPA_FAILED', 'OPA does not say what it can do', {
      hint: 'install `@plangate/opa` again',
    })
  }
  const declarations = builtins.map(({ name, description, args, result }) => ({
    name,
    ...(description === undefined ? {} : { description }),
    decl: { type: 'function', args, result },
  }))
  return { ...capabilities, builtins: [...capabilities.builtins, ...declarations] }
}
