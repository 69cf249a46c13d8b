import { ensureGo } from '../go.mjs'
import { expected, turbo } from './process.mjs'

/** Builds every package and the library; throws, after turbo has said why, when that fails. */
export async function build() {
  await ensureGo()
  const code = await turbo('build', { label: 'building' })
  if (code !== 0) throw expected('the build failed, see above')
}

export async function run() {
  await build()
  return 0
}
