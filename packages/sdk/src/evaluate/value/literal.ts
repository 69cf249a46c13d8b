/** Returns the source of a regular expression of JavaScript that matches a text and nothing else. */
export const literalPattern = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
