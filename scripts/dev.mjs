/**
 * The commands behind `npm start` and `npm test`; needs nothing but Node and npm.
 *
 * It brings pnpm and the dependencies when the lockfile or a manifest has changed, puts node_modules/.bin on PATH and
 * lets turbo do the rest. `node scripts/dev.mjs <start | test | test:full | build | check | bench | mutate | new:policy>`.
 */
const commands = {
  start: () => import('./dev/start.mjs'),
  test: () => import('./dev/test.mjs'),
  'test:full': () => import('./dev/test.mjs'),
  build: () => import('./dev/build.mjs'),
  check: () => import('./dev/check.mjs'),
  bench: () => import('./dev/bench.mjs'),
  mutate: () => import('./mutate.mjs'),
  'new:policy': () => import('./new-policy.mjs'),
}

const name = process.argv[2] ?? ''
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 19)) {
  stop(
    `plangate needs Node 20.19 or newer, this is ${process.versions.node}: install a newer Node and run the command again`,
  )
} else if (!Object.hasOwn(commands, name)) {
  stop(`usage: node scripts/dev.mjs <${Object.keys(commands).join(' | ')}>`)
} else {
  import('./dev/install.mjs')
    .then(async ({ install }) => {
      await install()
      const { run } = await commands[name]()
      process.exitCode = await run({ full: name === 'test:full', args: process.argv.slice(3) })
    })
    .catch((error) => stop(error.expected === true ? error.message : (error.stack ?? String(error))))
}

function stop(message) {
  console.error(message)
  process.exitCode = 1
}
