import { readArgument } from '@plangate/bundle'
import type { Decision } from '../decision/schema.ts'

/** Returns decisions as JSON, indented by two and ended by a newline: one decision bare, several as an array. */
export const renderJson = (decisions: readonly Decision[]): string =>
  readArgument('decisions', () => {
    const [only, ...others] = decisions
    return `${JSON.stringify(others.length === 0 && only !== undefined ? only : decisions, null, 2)}\n`
  })
