// Writes documents with evidence and trust files of networks made up for the purpose, with genuine keys and signatures, for trying
// a verifier: node evidence/scripts/write-samples.mjs FOLDER [how many lone files], after a build. They are to be verified as
// of the moment that it prints.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { TextEncoder } from 'node:util'
import { encodeTrust } from '../dist/src/index.js'
import { orderRecord } from '../dist/test/support/block.js'
import { createNetwork, NOW } from '../dist/test/support/network.js'
import { endorsedQuery, evidenceOf } from '../dist/test/support/receipt.js'
import { anchorOf, batchOf, DOCUMENT } from '../dist/test/support/records.js'

const [folder, lone = '0'] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const write = (name, bytes) => writeFileSync(path.join(folder, name), bytes)

const { network, record, trust, evidence, proven } = await orderRecord()
const { FinanceMSP, AuditMSP } = network.organizations
write('trust.json', encodeTrust(trust.file))
write('trial.trust.json', encodeTrust({ ...trust.file, trial: true }))
write('other.trust.json', (await createNetwork()).trust)
write('contract.txt', DOCUMENT)
write('contract.txt.evidence.json', evidence)
write('court.evidence.json', proven)
write('two.evidence.json', evidenceOf(endorsedQuery(network, record, { signers: [AuditMSP.peer, FinanceMSP.peer] })))

// What a file may say of itself is not for a page to run, nor to be led astray by.
const hostile = '<img src=x onerror="document.title=1"><b>gnp.exe'
const provenance = { sourceSystem: hostile, generatedAt: '2026-11-23', generator: '<script>document.title=2</script>' }
const strange = anchorOf(DOCUMENT, { number: '<i>HT</i>', provenance })
write('hostile.evidence.json', evidenceOf(endorsedQuery(network, strange)))

const { documents, batch, record: anchored } = batchOf(7)
documents.forEach((document, index) => write(`batch-${index}.txt`, document))
write('batch.evidence.json', evidenceOf(endorsedQuery(network, anchored), batch.subject([1, 2, 5])))

for (let index = 0; index < Number(lone); index++) {
  const document = new TextEncoder().encode(`lone document ${index}`)
  write(`lone-${index}.txt`, document)
  write(`lone-${index}.txt.evidence.json`, evidenceOf(endorsedQuery(network, anchorOf(document))))
}
console.log(NOW.toISOString())
