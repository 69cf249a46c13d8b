import type { YamlToJson } from '@plangate/bundle'
import { withOpa } from './engine.ts'

/** Returns the JSON of a YAML document by OPA's own conversion, which is loaded only where there is YAML. */
export const yamlToJson: YamlToJson = (yaml) =>
  withOpa({ thread: 'caller' }, async (opa) => {
    const request = { name: 'yaml.unmarshal', args: [JSON.stringify(yaml)], evaluation: 'signature', nowNs: '0' }
    return (await opa.builtin(request)).value
  })
