import { PlangateError, readArgument } from '@plangate/bundle'
import type { Decision } from '../decision/schema.ts'
import { type Format, FORMATS } from './formats.ts'
import { renderAzureDevops } from './azuredevops.ts'
import { renderGithub } from './github.ts'
import { renderGitlab, renderGitlabSast } from './gitlab.ts'
import { renderHtml } from './html.ts'
import { renderJson } from './json.ts'
import { renderJunit } from './junit.ts'
import { renderMarkdown } from './markdown.ts'
import { renderSarif } from './sarif.ts'
import { renderTable } from './table.ts'
import { renderTap } from './tap.ts'
import { renderText, type TextOptions } from './text.ts'

/** What reports of all formats may need. */
export interface RenderOptions extends TextOptions {
  /** The version of what decided. */
  readonly version: string
  /** The time of the scan, for which GitLab asks. */
  readonly now: Date
}

const formats: Readonly<Record<Format, (decisions: readonly Decision[], options: RenderOptions) => string>> = {
  stdout: renderText,
  json: renderJson,
  sarif: renderSarif,
  junit: renderJunit,
  tap: renderTap,
  table: renderTable,
  github: renderGithub,
  azuredevops: renderAzureDevops,
  gitlab: renderGitlab,
  'gitlab-sast': renderGitlabSast,
  markdown: renderMarkdown,
  html: renderHtml,
}

/**
 * Returns decisions as a report. The same decisions and options give the same bytes.
 *
 * @throws PlangateError `ERR_ARGUMENT_INVALID` for what is no decision
 */
export const render = (format: Format, decisions: readonly Decision[], options: RenderOptions): string => {
  if (!Object.hasOwn(formats, format)) {
    throw new PlangateError('ERR_ARGUMENT_INVALID', `there is no format \`${format}\``, {
      hint: `take one of ${FORMATS.map((name) => `\`${name}\``).join(', ')}`,
    })
  }
  return readArgument('decisions', () => formats[format](decisions, options))
}
