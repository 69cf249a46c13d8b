/** The formats of reports, in the order in which they are named. */
export const FORMATS = [
  'stdout',
  'json',
  'sarif',
  'junit',
  'tap',
  'table',
  'github',
  'azuredevops',
  'gitlab',
  'gitlab-sast',
  'markdown',
  'html',
] as const

/** A format of reports. */
export type Format = (typeof FORMATS)[number]
