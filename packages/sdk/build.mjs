/** Puts the WebAssembly that reads Terraform's language beside the code that loads it. */
import { copyFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const { resolve } = createRequire(import.meta.url)
for (const [name, specifier] of [
  ['web-tree-sitter.wasm', 'web-tree-sitter/web-tree-sitter.wasm'],
  ['tree-sitter-terraform.wasm', '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm'],
]) {
  copyFileSync(resolve(specifier), new URL(`dist/read/${name}`, import.meta.url))
}
