// Makes test/fixtures/sealed/: a document, its evidence file with every statement that can stand beside a receipt, and the trust file.
// The time-stamps are of the day on which this runs.
//
// Usage: node scripts/write-sealed-fixture.mjs, after a build
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { newSm2Key } from '@caizheng/fabric-wire'
import {
  addTimeStamp,
  coSign,
  decodeEvidence,
  encodeTrust,
  readTimeStampAnswer,
  softwareSmSigner,
  stampedBytes,
  timeStampQuery,
  verify,
} from '../dist/src/index.js'
import { createNetwork } from '../dist/test/support/network.js'
import { endorsedQuery, evidenceOf } from '../dist/test/support/receipt.js'
import { anchorOf, DOCUMENT } from '../dist/test/support/records.js'
import { TestTsa } from '../dist/test/support/tsa.js'

const folder = path.join(import.meta.dirname, '../test/fixtures/sealed')
mkdirSync(folder, { recursive: true })
const write = (name, bytes) => writeFileSync(path.join(folder, name), bytes)

const network = await createNetwork()
const tsa = new TestTsa()
const signer = softwareSmSigner(newSm2Key())
const trust = encodeTrust(
  network.trustFile({
    validity: { from: new Date('2026-11-01T00:00:00Z'), until: new Date('2056-11-01T00:00:00Z') },
    timestamping: [{ name: { zh: '时间戳中心', en: 'the time-stamping centre' }, roots: [tsa.root] }],
    cosigners: [{ name: { zh: '财政局', en: 'finance' }, key: signer.key, certified: false }],
  }),
)
let evidence = await coSign(evidenceOf(endorsedQuery(network, anchorOf(DOCUMENT))), trust, signer)
for (const over of ['receipt', 'record']) {
  const query = timeStampQuery(stampedBytes(decodeEvidence(evidence), over))
  evidence = addTimeStamp(evidence, over, readTimeStampAnswer(tsa.answer(query.bytes), query))
}
tsa.close()
write('contract.txt', DOCUMENT)
write('contract.txt.evidence.json', evidence)
write('trust.json', trust)
console.log(verify(DOCUMENT, evidence, trust).statement.en)
