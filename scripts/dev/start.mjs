import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { expected, root, run as runProcess } from './process.mjs'

const cli = join(root, 'packages', 'cli', 'bin', 'plangate.cjs')
const shown = 'test-plans/stacks/model-endpoint/open.plan.json'

/** Every plan of the stacks with the environment that its expectations name. */
function plans() {
  const stacks = join(root, 'test-plans', 'stacks')
  return readdirSync(stacks)
    .sort()
    .flatMap((stack) =>
      Object.entries(JSON.parse(readFileSync(join(stacks, stack, 'expected.json'), 'utf8'))).map(
        ([file, { environment }]) => ({ path: `test-plans/stacks/${stack}/${file}`, environment }),
      ),
    )
}

/** The decisions about `paths` in one environment, in the same order. */
async function decide(paths, environment) {
  const args = [cli, 'test', '--policy', 'builtin', '--env', environment, '--output', 'json', ...paths]
  const { code, output } = await runProcess(process.execPath, args)
  if (code > 1) throw expected(output.trim())
  return [JSON.parse(output)].flat()
}

function line({ path, environment }, { verdict, counts }) {
  const name = path.replace('test-plans/stacks/', '').replace('.plan.json', '')
  const found = [
    [counts.fail, 'failing'],
    [counts.warn, 'warning'],
    [counts.undecided, 'undecided'],
    [counts.waived, 'waived'],
  ]
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
  return `  ${verdict.padEnd(9)}  ${environment.padEnd(4)}  ${name.padEnd(40)}  ${found.join(', ')}`.trimEnd()
}

/** Gates the sample plans: one plan in full, then every plan on one line. A demonstration: findings do not fail it. */
export async function run() {
  await build()
  const all = plans()
  const environments = [...new Set(all.map(({ environment }) => environment))]
  const decisions = new Map()
  for (const environment of environments) {
    const group = all.filter((plan) => plan.environment === environment)
    const decided = await decide(
      group.map(({ path }) => path),
      environment,
    )
    group.forEach((plan, index) => decisions.set(plan, decided[index]))
  }
  console.log(`$ npx plangate test ${shown}\n`)
  await runProcess(process.execPath, [cli, 'test', '--policy', 'builtin', shown], { inherit: true })
  console.log('\nThe sample plans (verdict, environment, plan, findings):\n')
  for (const plan of all) console.log(line(plan, decisions.get(plan)))
  console.log('\nGate a plan of your own: terraform show -json tf.plan | npx plangate test -')
  return 0
}
