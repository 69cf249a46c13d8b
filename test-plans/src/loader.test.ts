import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { cases, secretForms, secrets, stacks } from './index.ts'

test('every plan of every stack is listed once, with the environment it is gated in', () => {
  expect(stacks().map(({ stack, plan, environment }) => `${stack}/${plan} ${environment}`)).toEqual([
    'kubernetes-serving/hardened prod',
    'kubernetes-serving/open prod',
    'model-endpoint/dev dev',
    'model-endpoint/open prod',
    'model-endpoint/prod prod',
    'model-endpoint-live/destroy prod',
    'model-endpoint-live/drift-refresh-only prod',
    'model-endpoint-live/drift prod',
    'model-endpoint-live/noop prod',
    'model-endpoint-live/refactor prod',
    'model-endpoint-live/release prod',
    'model-endpoint-live/unsafe-release prod',
    'training-cluster/hardened prod',
    'training-cluster/open prod',
  ])
})

/** The last name of an address: `gpu` of `module.a.aws_instance.gpu["x"]`. */
function leaf(address: string): string {
  return address.replace(/\[[^\]]*\]$/, '').replace(/^.*\./, '')
}

test.each(cases())('the labels of $id name only what its plan holds', ({ id, planPath, expected }) => {
  const text = readFileSync(planPath, 'utf8')
  const labels = [...expected.fail, ...expected.undecided, ...expected.pass]
  expect({
    id: expected.id,
    twice: labels.filter((address, index) => labels.indexOf(address) !== index),
    absent: labels.filter((address) => !text.includes(`${leaf(address)}`)),
  }).toEqual({ id, twice: [], absent: [] })
})

test('every planted secret occurs in some plan', () => {
  const texts = stacks().map(({ path }) => readFileSync(path, 'utf8'))
  const absent = secrets().filter(
    (secret) => !texts.some((text) => secretForms(secret).some((form) => text.includes(form))),
  )
  expect(absent).toEqual([])
})
