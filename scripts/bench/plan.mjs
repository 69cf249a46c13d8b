/**
 * Writes a large plan made of real ones: the stacks of test-plans, each called many times as a module, so that every
 * reference still leads where it led. `node scripts/bench/plan.mjs <resources> <file>`
 */
import { createWriteStream, readFileSync } from 'node:fs'
import { once } from 'node:events'

const stacks = ['model-endpoint/prod', 'training-cluster/hardened', 'model-endpoint/open', 'training-cluster/open']
// Most of what a large organisation plans is in order: nineteen compliant copies for each open one.
const weights = [19, 19, 1, 1]

/** Writes a plan of at least `count` resource changes to `file`; returns how many it holds. */
export async function writePlan(count, file) {
  const plans = stacks.map((name) =>
    JSON.parse(readFileSync(new URL(`../../test-plans/stacks/${name}.plan.json`, import.meta.url), 'utf8')),
  )
  const out = createWriteStream(file)
  const write = async (text) => {
    if (!out.write(text)) await once(out, 'drain')
  }
  const copies = schedule(plans, count)
  await write('{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"root_module":{"child_modules":[')
  let written = 0
  for (const [index, { plan, prefix }] of copies.entries()) {
    await write(`${index ? ',' : ''}${JSON.stringify(planned(plan, prefix))}`)
  }
  await write(']}},"resource_changes":[')
  for (const { plan, prefix } of copies) {
    for (const change of plan.resource_changes) {
      await write(`${written++ ? ',' : ''}${JSON.stringify(moved(change, prefix))}`)
    }
  }
  const calls = Object.fromEntries(plans.map((plan, i) => [callName(i), call(plan)]))
  const configuration = {
    provider_config: plans[0].configuration.provider_config,
    root_module: { module_calls: calls },
  }
  await write(`],"configuration":${JSON.stringify(configuration)},"complete":true,"errored":false}`)
  out.end()
  await once(out, 'close')
  return written
}

function schedule(plans, count) {
  const copies = []
  let resources = 0
  for (let round = 0; resources < count; round++) {
    for (const [i, plan] of plans.entries()) {
      for (let n = 0; n < weights[i] && resources < count; n++) {
        copies.push({ plan, prefix: `module.${callName(i)}["${round}-${n}"]` })
        resources += plan.resource_changes.length
      }
    }
  }
  return copies
}

function callName(i) {
  return stacks[i].replace(/[/]/g, '_')
}

function call(plan) {
  const { module_calls, resources, outputs, variables } = plan.configuration.root_module
  const expressions = Object.fromEntries(
    Object.entries(plan.variables).map(([name, { value }]) => [name, { constant_value: value ?? null }]),
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

function planned(plan, prefix) {
  const { resources = [], child_modules = [] } = plan.planned_values.root_module
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
  const [count, file] = process.argv.slice(2)
  console.log(`${await writePlan(Number(count), file)} resource changes`)
}
