import { base64Of, sha256 } from '@plangate/bundle'

/** What a page holds. */
export interface Page {
  readonly title: string
  /** HTML of the page's main part. */
  readonly body: string
  /** What one kind of page needs besides the look of all. */
  readonly style?: string
  /** Runs when the page is read; without it the page has to say all the same. */
  readonly script?: string
}

/**
 * Returns a page that needs nothing else: no font, no image, nothing from a network, and by its content security policy no
 * style and no script but its own.
 */
export const pageOf = ({ title, body, style = '', script }: Page): string => {
  const look = `${STYLE}${style}`
  const policy = [
    "default-src 'none'",
    `style-src '${digest(look)}'`,
    ...(script === undefined ? [] : [`script-src '${digest(script)}'`]),
    "base-uri 'none'",
    "form-action 'none'",
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${look}</style>
</head>
<body>
<main>
${body}
</main>
${script === undefined ? '' : `<script>${script}</script>\n`}</body>
</html>
`
}

/** How a content security policy names an inline text. */
const digest = (text: string): string => {
  const hex = sha256().update(text).digest('hex')
  const bytes = hex.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? []
  return `sha256-${base64Of(Uint8Array.from(bytes))}`
}

/** Returns a word in a frame, in the colour of what it says. */
export const badge = (status: string | undefined): string =>
  status === undefined ? '' : `<span class="badge ${status.replaceAll(' ', '-')}">${status}</span> `

/** Returns text as HTML shows it. */
export const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** The look of every page, in light, in dark and on paper. */
const STYLE = `
:root{color-scheme:light dark;--fg:#1c2024;--dim:#5b6470;--line:#d8dde3;--bg:#fff;--soft:#f4f6f8;--red:#a8071a;--amber:#8a4b00;--violet:#6b2fa0;--cyan:#00607a;--green:#1a6334}
@media (prefers-color-scheme:dark){:root{--fg:#e6e9ec;--dim:#9aa5b1;--line:#343b43;--bg:#14181c;--soft:#1d2328;--red:#ff8a8a;--amber:#f2b45c;--violet:#cfa4f5;--cyan:#76d0e6;--green:#86d8a0}}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.5rem;line-height:1.25}h2{margin-top:2rem;font-size:1.2rem;border-bottom:1px solid var(--line)}h3{margin:0;font-size:1rem}
section{padding:.75rem 0;border-bottom:1px solid var(--line);break-inside:avoid}
ul{margin:.4rem 0;padding-left:1.25rem}.facts{list-style:none;padding:0;overflow-wrap:anywhere}.places{color:var(--dim)}
.note{background:var(--soft);border-left:3px solid var(--dim);padding:.5rem .75rem;margin:.5rem 0}
.tally,footer{color:var(--dim);margin:.2rem 0;font-size:.9rem}.id{font-variant-numeric:tabular-nums;font-weight:600}
code{font:.875em ui-monospace,monospace;overflow-wrap:anywhere}summary{cursor:pointer;color:var(--dim)}
a{color:inherit}a:focus-visible,summary:focus-visible{outline:2px solid var(--cyan);outline-offset:2px}
.badge{display:inline-block;border:1px solid currentColor;border-radius:.3rem;padding:0 .4rem;font-size:.8rem;font-weight:600}
.fail{color:var(--red)}.warn,.unchanged,.inactive{color:var(--amber)}.undecided{color:var(--violet)}.waived{color:var(--cyan)}.pass{color:var(--green)}.not-applicable,.not-asked{color:var(--dim)}
@media print{body{font-size:11pt}details{display:block}}
`
