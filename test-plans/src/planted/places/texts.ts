import type { PlantedKind } from '../kinds.ts'

export const base64 = (text: string): string => Buffer.from(text).toString('base64')

export const script = ({ name, value }: PlantedKind): string =>
  `#!/bin/bash\nset -e\nexport ${name}='${value}'\nsystemctl start worker\n`

export const multipart = (kind: PlantedKind): string =>
  [
    'Content-Type: multipart/mixed; boundary="//"',
    'MIME-Version: 1.0',
    '',
    '--//',
    'Content-Transfer-Encoding: base64',
    'Content-Type: text/x-shellscript; charset="utf-8"',
    '',
    base64(script(kind)).replaceAll(/.{76}/g, '$&\n'),
    '--//--',
    '',
  ].join('\n')

export const cloudConfig = (kind: PlantedKind): string =>
  `#cloud-config\nwrite_files:\n  - path: /etc/worker.env\n    encoding: b64\n    content: ${base64(script(kind))}\n`

export const yaml = ({ name, value }: PlantedKind): string => `replicas: 2\nenv:\n  ${name}: ${JSON.stringify(value)}\n`

/** Whole words of a shell, as a list. */
export const words = ({ name, value }: PlantedKind): string[] => [
  'python',
  'serve.py',
  `--${name.toLowerCase().replaceAll('_', '-')}`,
  value,
]
