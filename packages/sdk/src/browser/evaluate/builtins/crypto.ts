import { hmac } from '@noble/hashes/hmac.js'
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { bytesToHex, type CHash } from '@noble/hashes/utils.js'
import { bytesOf, ofStrings, type Path, type Paths } from '../../../evaluate/builtins/answer.ts'

const hashOf = (hash: CHash): Path => ofStrings((text = '') => bytesToHex(hash(bytesOf(text))))

const hmacOf = (hash: CHash): Path =>
  ofStrings((text = '', key = '') => bytesToHex(hmac(hash, bytesOf(key), bytesOf(text))))

/** As evaluate/builtins/crypto.ts. */
export const cryptoPaths: Paths = {
  'crypto.md5': hashOf(md5),
  'crypto.sha1': hashOf(sha1),
  'crypto.sha256': hashOf(sha256),
  'crypto.hmac.md5': hmacOf(md5),
  'crypto.hmac.sha1': hmacOf(sha1),
  'crypto.hmac.sha256': hmacOf(sha256),
  'crypto.hmac.sha512': hmacOf(sha512),
  'crypto.hmac.equal': ofStrings((a, b) => a === b),
}
