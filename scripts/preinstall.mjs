/** Stops `npm install` and `yarn`, which cannot read the workspace, with the one line that helps. */
const agent = process.env.npm_config_user_agent ?? ''
if (!agent.startsWith('pnpm/')) {
  console.error('plangate is a pnpm workspace: run `npm start` (it brings pnpm by itself) or `pnpm install`')
  process.exit(1)
}
