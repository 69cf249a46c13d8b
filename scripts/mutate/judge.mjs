/** What becomes of mutants: `killed`, `survived`, `late` (a test ran out of time), or `broken` (it does not compile). */
import { copyOf, filesOf } from './copies.mjs'
import { importers, testsOf } from './library.mjs'
import { mutated } from './mutants.mjs'

/** How many copies are compiled together. */
const together = 60

/** How many packages that import a package are asked about its survivors, in turns: few first, since most die at once. */
const turns = [3, 9, 18]

/**
 * The verdict of each mutant, in order. A mutant is `{ package, start, end, text }`. Its own tests are run first; those
 * of the packages that import it judge what survives them.
 *
 * @param engines as many as shall work at the same time
 * @param seen is called with the number of mutants judged so far
 */
export async function judge(mutants, { modules, engines, seen = () => {} }) {
  const verdicts = mutants.map(() => 'survived')
  const own = mutants
    .map((mutant, at) => ({ mutant, at }))
    .filter(({ mutant }) => testsOf(mutant.package, modules).length > 0)
  let judged = 0
  await tried(own, (count) => seen((judged += count)))
  let from = 0
  for (const turn of turns) {
    const left = mutants
      .map((mutant, at) => ({ mutant, at }))
      .filter(({ at }) => verdicts[at] === 'survived')
      .flatMap((each) =>
        importers(each.mutant.package, modules)
          .slice(from, from + turn)
          .map((importer) => ({ ...each, importer })),
      )
    await tried(left, () => seen(judged))
    from += turn
  }
  return verdicts

  async function tried(trials, done) {
    const copies = withBaselines(trials).map(copy)
    const batches = []
    for (let at = 0; at < copies.length; at += together) batches.push(copies.slice(at, at + together))
    await Promise.all(
      engines.map(async (engine) => {
        for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
          for (const [{ at }, verdict] of await verdictsOf(batch, engine)) {
            if (at !== undefined && verdict !== 'survived') verdicts[at] = verdict
          }
          done(batch.filter(({ at }) => at !== undefined).length)
        }
      }),
    )
  }

  function copy({ mutant, at, importer, package: name }, number) {
    const module = modules.get(mutant?.package ?? name)
    const source = mutant === undefined ? module.source : mutated(module.source, mutant)
    return { number, at, importer, package: module.package, source }
  }

  async function verdictsOf(batch, engine) {
    const found = new Map()
    let copies = batch
    while (copies.length > 0) {
      const { broken, results } = await engine.test(filesOf(copies, modules))
      if (broken.length === 0) return new Map([...found, ...outcomes(copies, results)])
      const numbers = new Set(broken.map(({ file }) => copyOf(file)))
      const wrong = copies.filter(({ number }) => numbers.has(number))
      const blameless = wrong.find(({ at }) => at === undefined)
      if (wrong.length === 0 || blameless !== undefined) throw untested(blameless, broken[0])
      // What does not compile beside an importer would not get past its tests either.
      for (const each of wrong) found.set(each, each.importer === undefined ? 'broken' : 'killed')
      copies = copies.filter((each) => !wrong.includes(each))
    }
    return found
  }
}

/** Every pair of a package and an importer once more as it is: what fails without a mutant says nothing about one. */
function withBaselines(trials) {
  const pairs = new Map(
    trials.map(({ mutant, importer }) => [`${mutant.package} ${importer}`, { package: mutant.package, importer }]),
  )
  return trials.flatMap((trial) => {
    const pair = `${trial.mutant.package} ${trial.importer}`
    const baseline = pairs.get(pair)
    pairs.delete(pair)
    return baseline === undefined ? [trial] : [baseline, trial]
  })
}

function outcomes(copies, results) {
  const byCopy = new Map(copies.map(({ number }) => [number, []]))
  for (const result of results) byCopy.get(copyOf(result.package)).push(result)
  return copies.map((copy) => {
    const own = byCopy.get(copy.number)
    const wrong = own.find(({ outcome }) => outcome !== 'pass' && outcome !== 'skip')
    if (copy.at === undefined && (own.length === 0 || wrong !== undefined)) throw untested(copy, wrong)
    return [copy, wrong === undefined ? 'survived' : wrong.late === true ? 'late' : 'killed']
  })
}

function untested(copy, problem) {
  const what = copy === undefined ? 'the library' : `\`${copy.importer ?? copy.package}\``
  const why = problem === undefined ? 'has no tests' : (problem.message ?? `${problem.package}.${problem.name} fails`)
  return Object.assign(new Error(`the tests of ${what} do not pass without a mutant: ${why}`), { expected: true })
}
