// Makes vectors/timestamps.json: tokens of authorities that OpenSSL plays, good and bad, over one message.
//
// Usage: node scripts/write-timestamp-vectors.mjs, after a build
import { writeFileSync } from 'node:fs'
import { Buffer } from 'node:buffer'
import path from 'node:path'
import { TextEncoder } from 'node:util'
import { readDer } from '@caizheng/fabric-wire'
import { timeStampQuery } from '../dist/src/index.js'
import { readToken } from '../dist/src/timestamp/cms.js'
import { TestTsa } from '../dist/test/support/tsa.js'

const message = 'The message that these tokens are over.'
const cases = {
  rsa: { key: 'rsa' },
  ec: {},
  byCms: { purpose: 'critical,timeStamping' },
  intermediate: { intermediate: true, bare: true },
  notCritical: { purpose: 'timeStamping' },
  twoPurposes: { purpose: 'critical,timeStamping,codeSigning' },
  oldCertificateId: { certificateDigest: 'sha1' },
}
const bytes = new TextEncoder().encode(message)
const tokens = {}
let info
for (const [name, options] of Object.entries(cases)) {
  const tsa = new TestTsa(options)
  // `openssl ts` does not sign with a certificate that is wrong; what it states is then signed by `openssl cms`.
  const token =
    options.purpose === undefined
      ? readDer(tsa.answer(timeStampQuery(bytes).bytes)).children()[1].whole
      : tsa.sign(info)
  info ??= readToken(token).info
  tokens[name] = { root: tsa.root, token: Buffer.from(token).toString('base64') }
  tsa.close()
}
const file = path.join(import.meta.dirname, '../vectors/timestamps.json')
writeFileSync(file, `${JSON.stringify({ message, tokens }, undefined, 2)}\n`)
