#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`error: plangate needs Node 20.19 or newer, this is ${process.versions.node}\n`)
  process.exitCode = 2
} else {
  import('../dist/main.js').then(({ main }) => main(process.argv.slice(2)))
}
