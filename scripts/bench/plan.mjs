/**
 * Writes a large plan made of real ones: the stacks of test-plans, each called many times as a module, so that every
 * reference still leads where it led. `node scripts/bench/plan.mjs <resources> <file> [estate]`, where `-` is standard output.
 */
import { createWriteStream, readFileSync } from 'node:fs'
import { once } from 'node:events'

// Most of what a large organisation plans is in order: nineteen compliant copies for each open one.
const usual = {
  'model-endpoint/prod': 19,
  'training-cluster/hardened': 19,
  'model-endpoint/open': 1,
  'training-cluster/open': 1,
}

/** What stands already, and hardly changes, with its prior state: some model endpoints among much else. */
export const estate = {
  'model-endpoint-live/noop': 2,
  'model-endpoint-live/unsafe-release': 1,
  'training-cluster/hardened': 2,
  'training-cluster/open': 1,
  'kubernetes-serving/hardened': 30,
  'kubernetes-serving/open': 4,
}

/**
 * Writes a plan of at least `count` resource changes to `file`, `-` for standard output; returns how many it holds.
 * `mix` says which stacks there are, and how often each of them.
 */
export async function writePlan(count, file, mix = usual) {
  const out = file === '-' ? process.stdout : createWriteStream(file)
  let pending = ''
  const flush = async () => {
    if (!out.write(pending)) await once(out, 'drain')
    pending = ''
  }
  const write = async (text) => {
    pending += text
    if (pending.length > 64 * 1024) await flush()
  }
  const written = await writeTo(write, count, mix)
  await flush()
  if (file !== '-') {
    out.end()
    await once(out, 'close')
  }
  return written
}

async function writeTo(write, count, mix) {
  const stacks = Object.entries(mix).map(([name, weight]) => ({
    name: name.replace('/', '_'),
    weight,
    plan: JSON.parse(readFileSync(new URL(`../../test-plans/stacks/${name}.plan.json`, import.meta.url), 'utf8')),
  }))
  const copies = schedule(stacks, count)
  await write('{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"root_module":{"child_modules":[')
  let written = 0
  for (const [index, { plan, prefix }] of copies.entries()) {
    await write(`${index ? ',' : ''}${JSON.stringify(moduleOf(plan.planned_values, prefix))}`)
  }
  await write(']}},')
  if (mix !== usual) await writeBefore(write, copies)
  await write('"resource_changes":[')
  for (const { plan, prefix } of copies) {
    for (const change of plan.resource_changes) {
      await write(`${written++ ? ',' : ''}${JSON.stringify(moved(change, prefix))}`)
    }
  }
  const calls = Object.fromEntries(stacks.map(({ name, plan }) => [name, call(plan)]))
  const configuration = {
    provider_config: stacks[0].plan.configuration.provider_config,
    root_module: { module_calls: calls },
  }
  await write(`],"configuration":${JSON.stringify(configuration)},"complete":true,"errored":false}`)
  return written
}

/** What was there before: drift, and the prior state, which Terraform prints later. */
async function writeBefore(write, copies) {
  await write('"resource_drift":[')
  let written = 0
  for (const { plan, prefix } of copies) {
    for (const change of plan.resource_drift ?? []) {
      await write(`${written++ ? ',' : ''}${JSON.stringify(moved(change, prefix))}`)
    }
  }
  await write('],"prior_state":{"format_version":"1.0","values":{"root_module":{"child_modules":[')
  for (const [index, { plan, prefix }] of copies.entries()) {
    await write(`${index ? ',' : ''}${JSON.stringify(moduleOf(plan.prior_state?.values, prefix))}`)
  }
  await write(']}}},')
}

function schedule(stacks, count) {
  const copies = []
  let resources = 0
  for (let round = 0; resources < count; round++) {
    for (const { name, weight, plan } of stacks) {
      for (let n = 0; n < weight && resources < count; n++) {
        copies.push({ plan, prefix: `module.${name}["${round}-${n}"]` })
        resources += plan.resource_changes.length
      }
    }
  }
  return copies
}

function call(plan) {
  const { module_calls, resources, outputs, variables } = plan.configuration.root_module
  const expressions = Object.fromEntries(
    Object.entries(plan.variables ?? {}).map(([name, { value }]) => [name, { constant_value: value ?? null }]),
  )
  return {
    source: './stack',
    expressions,
    for_each_expression: { references: ['var.copies'] },
    module: { module_calls, resources, outputs, variables },
  }
}

function moved(change, prefix) {
  const module_address = change.module_address ? `${prefix}.${change.module_address}` : prefix
  return { ...change, address: `${prefix}.${change.address}`, module_address }
}

function moduleOf(values, prefix) {
  const { resources = [], child_modules = [] } = values?.root_module ?? {}
  return { ...plannedModule({ resources, child_modules }, prefix), address: prefix }
}

function plannedModule(module, prefix) {
  return {
    ...module,
    resources: (module.resources ?? []).map((r) => ({ ...r, address: `${prefix}.${r.address}` })),
    child_modules: (module.child_modules ?? []).map((m) => ({
      ...plannedModule(m, prefix),
      address: `${prefix}.${m.address}`,
    })),
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [count, file, mix] = process.argv.slice(2)
  console.error(`${await writePlan(Number(count), file, mix === 'estate' ? estate : usual)} resource changes`)
}
