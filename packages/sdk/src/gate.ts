import {
  mergeData,
  PlangateError,
  type BundleLimits,
  type PolicyEntry,
  readBundle,
  type Verification,
} from '@plangate/bundle'
import { assemble, effectiveConfig } from './decision/assemble.ts'
import { libraryFindings } from './decision/library.ts'
import { redactor, type Redact } from './decision/redact.ts'
import { ruleFindings } from './decision/rules.ts'
import type { Decision, Finding } from './decision/schema.ts'
import { hostBuiltins } from './evaluate/builtins.ts'
import { dataDocument } from './evaluate/data.ts'
import { namespacesOf } from './evaluate/namespaces.ts'
import { compilePolicy } from './evaluate/wasm.ts'
import { type Config, parseConfig } from './input/config.ts'
import { parsePlan } from './input/parse.ts'
import { MAX_INPUT_BYTES, type PlanSource, readPlan } from './read/plan.ts'

/** How a gate is made. */
export interface GateOptions {
  /** Merged into the bundle's `data`, for every evaluation. */
  readonly data?: Readonly<Record<string, unknown>>
  /** The namespaces that decide, such as `plangate.main` or `main`. Unless given, all that the bundle has. */
  readonly namespaces?: readonly string[]
  readonly limits?: BundleLimits
  /** What the bundle's signature has to prove; a bundle without one is then refused. Unless given, none is asked for. */
  readonly verification?: Verification | undefined
}

/** How one plan is decided. */
export interface EvaluateOptions {
  /** How strict to be. Its keys come before those of `data.plangate.config`. */
  readonly config?: Config
  /** Merged into `data`, for this evaluation. */
  readonly data?: Readonly<Record<string, unknown>>
  readonly limits?: {
    /** Bytes of the plan. Default and most: 512 MiB less 24. */
    readonly bytes?: number
    /** Bytes of the policy's memory. Default and most: 4 GiB. */
    readonly memoryBytes?: number
  }
  /** Tells the day on which waivers are judged, and the time to policies that ask. */
  readonly clock?: () => Date
}

/** A bundle that decides plans. */
export interface Gate {
  /**
   * Returns the decision about a plan: a path, bytes, a stream of bytes, or a parsed document.
   *
   * Give bytes where you have them: numbers keep all their digits, and a large plan is not held twice.
   *
   * @throws PlangateError each of the `ERR_INPUT_*` codes, `ERR_CONFIG_INVALID`, `ERR_DATA_INVALID`, `ERR_EVALUATION`,
   * `ERR_MEMORY_LIMIT`, `ERR_OPA_FAILED`
   */
  readonly evaluate: (plan: PlanSource, options?: EvaluateOptions) => Promise<Decision>
  /** What the bundle says about its policies; empty for one that plangate's compiler did not build. */
  readonly catalogue: readonly PolicyEntry[]
  readonly bundle: { readonly revision: string; readonly sha256: string }
  /** The namespaces that decide. */
  readonly namespaces: readonly string[]
}

/**
 * Returns a gate for a bundle: the path of a `.tar.gz` or a folder, or the bytes.
 *
 * @throws PlangateError each of the `ERR_BUNDLE_*` codes, `ERR_KEY_INVALID`, `ERR_CONFIG_INVALID`,
 * `ERR_BUILTIN_MISSING`, `ERR_NAMESPACE_UNKNOWN`, `ERR_DATA_INVALID`, `ERR_OPA_MISSING`
 *
 * @example
 * const gate = await loadGate('library.tar.gz')
 * const { verdict } = await gate.evaluate('plan.json', { config: { environment: 'dev' } })
 */
export const loadGate = async (source: string | Uint8Array, options: GateOptions = {}): Promise<Gate> => {
  const bundleFiles = await readBundle(source, { ...options.limits, verification: options.verification })
  const { manifest, wasm, data: bundleData, files, sha256 } = bundleFiles
  if (wasm === undefined) {
    throw new PlangateError('ERR_BUNDLE_NO_WASM', 'the bundle holds no WASM', {
      hint: 'build it with `plangate build`, or `opa build -t wasm` with an entrypoint',
    })
  }
  const policy = await compilePolicy(wasm)
  const builtins = await hostBuiltins(policy.builtins)
  const { names: namespaces, library, rules } = namespacesOf(policy.entrypoints, options.namespaces)
  const catalogue = manifest.metadata.plangate?.catalogue ?? []
  const bundle = { revision: manifest.revision, sha256 }
  const given = mergeData({}, options.data ?? {})
  dataDocument(files, bundleData, given)

  const evaluate = async (plan: PlanSource, call: EvaluateOptions = {}): Promise<Decision> => {
    const { limits: { bytes = MAX_INPUT_BYTES, memoryBytes = 2 ** 32 } = {}, clock = () => new Date() } = call
    const now = clock()
    const { config, data } = configured(mergeData(given, call.data ?? {}), call.config, catalogue, now)
    const input = await readPlan(plan, bytes)
    const facts = parsePlan(input)
    const [first, ...rest] = policy.evaluate({
      input,
      data: dataDocument(files, bundleData, data),
      entrypoints: [...(library === undefined ? [] : [library]), ...rules.map(({ entrypoint }) => entrypoint)],
      builtin: builtins.begin(now),
      memoryBytes,
    })
    const redact = redactor(facts.sensitive)
    const found = library === undefined ? undefined : libraryFindings(first)
    const values = library === undefined ? [first, ...rest] : rest
    const own = rules.flatMap(({ id, status }, at) =>
      ruleFindings(id, status, values[at]).map((finding) => ({ ...masked(finding, redact), status })),
    )
    const listed = (status: 'fail' | 'warn', findings: readonly Finding[] = []) =>
      findings.map((finding) => ({ ...masked(finding, redact), status }))
    return assemble({
      findings: [...listed('fail', found?.deny), ...listed('warn', found?.warn), ...own],
      undecided: (found?.undecided ?? []).map((finding) => masked(finding, redact)),
      waived: (found?.waived ?? []).map(({ waiver, ...finding }) => ({
        ...masked(finding, redact),
        waiver: { ...waiver, owner: redact(waiver.owner), reason: redact(waiver.reason) },
      })),
      policies: (library === undefined ? 0 : catalogue.length) + rules.length,
      resources: facts.resources,
      plan: { sha256: facts.sha256, formatVersion: facts.formatVersion, terraformVersion: facts.terraformVersion },
      bundle,
      config: found?.config ?? effectiveConfig(config),
    })
  }
  return { evaluate, catalogue, bundle, namespaces }
}

/** The data with the configuration at `plangate.config`, where policies read it, and the day filled in. */
const configured = (data: unknown, given: Config | undefined, catalogue: readonly PolicyEntry[], now: Date) => {
  const { plangate, ...others } = asObject(data)
  const { config: inData, ...ours } = asObject(plangate)
  const config = { today: now.toISOString().slice(0, 10), ...parseConfig({ ...asObject(inData), ...given }, catalogue) }
  return { config, data: { ...others, plangate: { ...ours, config } } }
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  // `as`: what is not an object reads as one without keys
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}

const masked = (finding: Finding, redact: Redact): Finding => ({
  ...finding,
  title: redact(finding.title),
  msg: redact(finding.msg),
  remediation: redact(finding.remediation),
  address: redact(finding.address),
  path: finding.path.map((key) => (typeof key === 'string' ? redact(key) : key)),
})
