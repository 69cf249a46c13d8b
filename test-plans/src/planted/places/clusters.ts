import type { PlantedPlace } from '../plan.ts'
import { attribute, list, map } from './attribute.ts'
import { base64, words, yaml } from './texts.ts'

/** Clusters and charts. */
export const clusters: readonly PlantedPlace[] = [
  attribute(
    'Helm values',
    'helm_release',
    (kind) => ({ values: [yaml(kind)] }),
    () => ['values', 0],
  ),
  attribute(
    'Helm set',
    'helm_release',
    ({ name, value }) => ({ set: [{ name: `env.${name}`, value }] }),
    () => ['set', 0, 'value'],
  ),
  attribute(
    'Helm set list',
    'helm_release',
    ({ name, value }) => ({ set_list: [{ name: `env.${name}`, value: ['a', value] }] }),
    () => ['set_list', 0, 'value', 1],
  ),
  attribute(
    'Helm set, sensitive',
    'helm_release',
    ({ name, value }) => ({ set_sensitive: [{ name: `env.${name}`, value }] }),
    () => ['set_sensitive', 0, 'value'],
  ),
  attribute(
    'Helm set, write-only',
    'helm_release',
    ({ name, value }) => ({ set_wo: [{ name: `env.${name}`, value }] }),
    () => ['set_wo', 0, 'value'],
  ),
  attribute(
    'Helm repository',
    'helm_release',
    ({ value }) => ({ repository_password: value }),
    () => ['repository_password'],
    { hidden: ['repository_password'] },
  ),
  attribute(
    'deployment',
    'kubernetes_deployment_v1',
    (kind) => ({ spec: [{ template: [{ spec: [{ container: [{ name: 'a', env: list(kind) }] }] }] }] }),
    ({ name }) => ['spec', 0, 'template', 0, 'spec', 0, 'container', 0, 'env', name],
  ),
  attribute(
    'pod arguments',
    'kubernetes_pod_v1',
    (kind) => ({ spec: [{ container: [{ name: 'a', args: words(kind) }] }] }),
    () => ['spec', 0, 'container', 0, 'args'],
  ),
  attribute(
    'manifest',
    'kubernetes_manifest',
    (kind) => ({ manifest: { kind: 'Deployment', spec: { containers: [{ name: 'a', env: list(kind) }] } } }),
    () => ['manifest', 'spec', 'containers', 0, 'env', 1, 'value'],
  ),
  attribute(
    'config map',
    'kubernetes_config_map_v1',
    (kind) => ({ data: map(kind) }),
    ({ name }) => ['data', name],
  ),
  attribute(
    'Kubernetes secret',
    'kubernetes_secret_v1',
    (kind) => ({ data: map(kind) }),
    ({ name }) => ['data', name],
    { hidden: ['data'] },
  ),
  attribute(
    'Kubernetes secret manifest',
    'kubernetes_manifest',
    ({ name, value }) => ({ manifest: { kind: 'Secret', data: { [name]: base64(value) } } }),
    ({ name }) => ['manifest', 'data', name],
  ),
]
