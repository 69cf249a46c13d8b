#!/usr/bin/env node
'use strict'
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`error: plangate needs Node 20.19 or newer, this is ${process.versions.node}\n`)
  process.exitCode = 2
} else {
  require('../dist/start.cjs').start(process.argv.slice(2))
}
