import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Parser } from 'web-tree-sitter'

let opening: Promise<Parser> | undefined

/** Returns the parser for Terraform's language, which is loaded once. It takes what is not valid as far as it can. */
export const terraformParser = (): Promise<Parser> => (opening ??= open())

const open = async (): Promise<Parser> => {
  const [{ Language, Parser }, wasmBinary, grammar] = await Promise.all([
    import('web-tree-sitter'),
    module('web-tree-sitter.wasm', 'web-tree-sitter/web-tree-sitter.wasm'),
    module('tree-sitter-terraform.wasm', '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm'),
  ])
  await Parser.init({ wasmBinary })
  return new Parser().setLanguage(await Language.load(grammar))
}

/** The bytes of a module, which the build puts beside this file; the package that has it is no dependency of ours. */
const module = async (name: string, specifier: string): Promise<Uint8Array> => {
  const isSource = import.meta.url.endsWith('.ts')
  return readFile(
    isSource ? createRequire(import.meta.url).resolve(specifier) : fileURLToPath(new URL(name, import.meta.url)),
  )
}
