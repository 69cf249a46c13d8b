/** The reports that few runs ask for, in a chunk of their own. */
export { render } from '@plangate/sdk'
