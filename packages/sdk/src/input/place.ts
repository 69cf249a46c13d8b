import type { ReadTree } from '@plangate/bundle'
import { type Names, namesOf } from './names.ts'

/** How much is taken of a value. A part is what stands at places below, and of an object or array that it is one. */
export type Take = 0 | 1 | 2
export const NOTHING = 0
export const PART = 1
export const WHOLE = 2

/** What a place means to whoever looks for values that Terraform marks. */
export interface Role {
  readonly keys?: ReadonlyMap<string, Role>
  /** What every member means. */
  readonly each?: Role
  /** Its members are values and their marks, each with a slot. */
  readonly isGroup?: boolean
  readonly slot?: number
  /** Whether all members of the group are secrets, without a mark. */
  readonly isSecret?: boolean
  /** Whether its elements are counted. */
  readonly isCounted?: boolean
  /** Whether it belongs to the plan inside of a document that wraps one. */
  readonly isWrapped?: boolean
}

/** What is read of an object if it holds, at a key, one of some strings. */
export interface Choice {
  readonly key: Names<true>
  /** Returns whether what is read of a member depends on it. */
  readonly concerns: (bytes: Uint8Array, from: number, end: number) => boolean
  /** The place that the object is when it holds one of the strings, and when it holds none. */
  readonly holding: Names<Place>
  readonly otherwise: Place
  /** The place of what may hold all of them, for an array. */
  readonly most: Place
}

/** One place in a document, together with others that are treated alike. */
export interface Place {
  /** What the input keeps of it. */
  readonly take: Take
  /** What the notes keep of it. */
  readonly note: Take
  readonly role: Role | undefined
  /** Whether all below is treated alike, so that nobody has to look there. */
  readonly isInert: boolean
  /** Returns the place of a member, whose key stands in quotes from `from` to `end`. */
  readonly member: (bytes: Uint8Array, from: number, end: number) => Place
  /** Returns the place of an element of an array. */
  readonly element: (index: number) => Place
  readonly choice: Choice | undefined
}

type Trees = readonly ReadTree[]
type Condition = ReadTree['some'][number]

/** How an object was reached decides how what is read of some is judged: for one of many, and once. */
type Reached = 'by name' | 'as one of many' | 'decided'

const everything: ReadTree = { whole: true, keys: new Map(), some: [] }

const nothing: Place = {
  take: NOTHING,
  note: NOTHING,
  role: undefined,
  isInert: true,
  member: () => nothing,
  element: () => nothing,
  choice: undefined,
}

/** Steps that finding places may take, all together: the library's own take 1,200, and these about a second. */
const MOST_STEPS = 5_000_000

/**
 * Returns the place of a document: what is read of it, what is noted, and what its parts mean. Places are made when they
 * are first reached, and one stands for all that are alike.
 *
 * Paths with `*` can make as many different places as a plan has members, and a bundle comes from anyone: when `steps` are
 * used up, all that is read in part is read whole, as more than is read may always be there.
 */
export const placeOf = (reads: ReadTree, notes: ReadTree, role: Role, steps = MOST_STEPS): Place => {
  let left = steps
  const spend = (more: number): void => {
    left -= more
  }
  const isSpent = (): boolean => left < 0
  const numbers = new Map<object, number>()
  const number = (of: object): number => {
    const known = numbers.get(of) ?? numbers.size
    numbers.set(of, known)
    return known
  }
  const places = new Map<string, Place>()
  const find: Find = (read, noted, meant, reached) => {
    if (read.length === 0 && noted.length === 0 && meant === undefined) return nothing
    spend(read.length + noted.length)
    const isAll = read.length > 0 && (isSpent() || read.some(({ whole }) => whole))
    const trees = isAll ? [everything] : read
    const id = [trees.map(number), noted.map(number), meant === undefined ? '' : number(meant), reached].join(';')
    const known = places.get(id) ?? make({ find, spend, isSpent }, trees, noted, meant, reached)
    places.set(id, known)
    return known
  }
  return find([reads], [notes], role, 'by name')
}

type Find = (reads: Trees, notes: Trees, role: Role | undefined, reached: Reached) => Place

interface Finding {
  readonly find: Find
  /** Counts steps. */
  readonly spend: (steps: number) => void
  readonly isSpent: () => boolean
}

const make = (
  { find, spend, isSpent }: Finding,
  given: Trees,
  notes: Trees,
  role: Role | undefined,
  reached: Reached,
): Place => {
  const conditions = reached === 'decided' ? [] : given.flatMap(({ some }) => some)
  // An object among many is held until it is known whether it has the string. What is asked elsewhere counts as true:
  // more than is read may always be there.
  const key = reached === 'as one of many' ? conditions.find((each) => each.key.length === 1)?.key[0] : undefined
  const isJudged = (each: Condition): boolean => each.key.length === 1 && each.key[0] === key
  const judged = conditions.filter(isJudged)
  const reads = [...given, ...conditions.filter((each) => !isJudged(each)).map(({ node }) => node)]
  const take = takeOf(reads)
  const note = takeOf(notes)

  const hasAny = reads.some(({ any }) => any !== undefined)

  const at = (name: string | undefined): Place =>
    find(
      isSpent() && reads.length > 0 ? [everything] : below(reads, name),
      below(notes, name),
      (name === undefined ? undefined : role?.keys?.get(name)) ?? role?.each,
      name === undefined || hasAny ? 'as one of many' : 'by name',
    )
  const names = new Set([
    ...[...reads, ...notes].flatMap(({ keys }) => [...keys.keys()]),
    ...(role?.keys === undefined ? [] : role.keys.keys()),
  ])
  spend(conditions.length + names.size)
  const hasIndex = [...names].some((name) => /^\d+$/.test(name))
  const hasMembers = names.size > 0 || hasAny
  const isMeant = role !== undefined && (role.keys !== undefined || role.each !== undefined || role.isCounted === true)
  const members = lazily(() => {
    // Each name looks into all trees.
    const trees = reads.length + notes.length
    return new Map([...names].map((name) => (spend(trees), [name, at(name)])))
  })
  const byName = lazily(() => namesOf(members()))
  const others = lazily(() => at(undefined))

  const choiceOf = (name: string): Choice => {
    const decided = (more: typeof judged) => find([...reads, ...more.map(({ node }) => node)], notes, role, 'decided')
    const otherwise = decided([])
    const most = decided(judged)
    const held = new Map<string, Condition[]>()
    for (const each of judged) {
      for (const value of each.values) {
        const known = held.get(value) ?? []
        known.push(each)
        held.set(value, known)
      }
    }
    spend(held.size * reads.length)
    return {
      key: namesOf(new Map([[name, true]])),
      concerns: (bytes, from, end) => otherwise.member(bytes, from, end) !== most.member(bytes, from, end),
      holding: namesOf(new Map([...held].map(([value, some]) => [value, decided(some)]))),
      otherwise,
      most,
    }
  }
  const isInert = note === NOTHING && !isMeant && key === undefined && !(take === PART && hasMembers)
  const member: Place['member'] = (bytes, from, end) => byName().get(bytes, from, end) ?? others()
  const element: Place['element'] = (index) => (hasIndex ? members().get(`${index}`) : undefined) ?? others()
  const made = { take, note, role, isInert, member, element }
  if (key === undefined) return { ...made, choice: undefined }
  const choice = lazily(() => choiceOf(key))
  return {
    ...made,
    get choice() {
      return choice()
    },
  }
}

const takeOf = (trees: Trees): Take => {
  if (trees.length === 0) return NOTHING
  return trees.some(({ whole }) => whole) ? WHOLE : PART
}

const below = (trees: Trees, name: string | undefined): Trees =>
  trees.flatMap((tree) => {
    if (tree.whole) return [tree]
    return [name === undefined ? undefined : tree.keys.get(name), tree.any].filter((each) => each !== undefined)
  })

const lazily = <T>(value: () => T): (() => T) => {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: value() }).value
}
