import { ASK, bytesOf, ofStrings, type Path, type Paths } from './answer.ts'

// OPA: v1/topdown/crypto.go. Node's own code, asked for in a way that no bundler for browsers follows: there it is Go.
const crypto = globalThis.process?.getBuiltinModule?.('node:crypto')

const hash = (algorithm: string): Path =>
  ofStrings((text = '') =>
    crypto === undefined ? ASK : crypto.createHash(algorithm).update(bytesOf(text)).digest('hex'),
  )

const hmac = (algorithm: string): Path =>
  ofStrings((text = '', key = '') =>
    crypto === undefined ? ASK : crypto.createHmac(algorithm, bytesOf(key)).update(bytesOf(text)).digest('hex'),
  )

export const cryptoPaths: Paths = {
  'crypto.md5': hash('md5'),
  'crypto.sha1': hash('sha1'),
  'crypto.sha256': hash('sha256'),
  'crypto.hmac.md5': hmac('md5'),
  'crypto.hmac.sha1': hmac('sha1'),
  'crypto.hmac.sha256': hmac('sha256'),
  'crypto.hmac.sha512': hmac('sha512'),
  'crypto.hmac.equal': ofStrings((a, b) => a === b),
}
