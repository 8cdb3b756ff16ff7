import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { encodePem, newSm2Key, verifySm2 } from '@caizheng/fabric-wire'
import { expect } from 'chai'
import {
  coSign,
  cosignatureBytes,
  decodeEvidence,
  encodeEvidence,
  encodeTrust,
  openTrust,
  softwareSmSigner,
  verify,
  type EvidenceFile,
  type FabricReceipt,
  type Report,
  type SmSigner,
} from '../../src/index.js'
import { fromBase64 } from '../../src/format/base64.js'
import { createNetwork, NOW, type TestNetwork } from '../support/network.js'
import { endorsedQuery, evidenceOf } from '../support/receipt.js'
import { anchorOf, batchOf, DOCUMENT } from '../support/records.js'

type Vector = Parameters<typeof cosignatureBytes>[0] & { readonly message: string; readonly signature: string }

describe('SM2 co-signatures', () => {
  let network: TestNetwork
  let audit: SmSigner
  let finance: SmSigner
  let trust: Uint8Array
  let evidence: Uint8Array
  const stepOf = ({ steps }: Report, code = 'SM2_COSIGNATURES') => steps.find((step) => step.code === code)
  const check = (bytes: Uint8Array, by = trust) => verify(DOCUMENT, bytes, by, { at: NOW })

  before(async () => {
    network = await createNetwork()
    audit = softwareSmSigner(newSm2Key())
    finance = softwareSmSigner(newSm2Key())
    const cosigners = [
      { name: { zh: '审计局', en: 'audit' }, key: audit.key, certified: false },
      { name: { zh: '财政局', en: 'finance' }, key: finance.key, certified: true },
    ]
    trust = encodeTrust(network.trustFile({ cosigners }))
    evidence = evidenceOf(endorsedQuery(network, anchorOf(DOCUMENT)))
  })

  /** The honest file, co-signed by audit and finance, with other co-signatures. */
  async function changed(change: (honest: EvidenceFile['cosignatures']) => readonly unknown[]): Promise<Report> {
    const twice = await coSign(await coSign(evidence, trust, audit, { at: NOW }), trust, finance, { at: NOW })
    const file = decodeEvidence(twice)
    const cosignatures = change(file.cosignatures) as EvidenceFile['cosignatures']
    return check(encodeEvidence({ receipt: file.receipt as FabricReceipt, subject: file.subject, cosignatures }))
  }

  it('are reported by name, with what made them, apart from the nodes’ signatures', async () => {
    const report = await changed((honest) => honest)
    expect(report.outcome).to.equal('VALID')
    expect(stepOf(report)?.outcome).to.equal('passed')
    expect(report.proven?.cosigners.map(({ name }) => name.en)).to.deep.equal(['audit', 'finance'])
    expect(report.statement.en).to.contain(
      'Besides, co-signed with SM2 by audit (software, not certified) and finance.',
    )
    expect(report.statement.zh).to.contain('审计局（软件签名，未经认证）、财政局以国密 SM2 联合签名')
    expect(report.proven?.signers).to.have.length(3)
  })

  it('of a batch are over its SM3 root', async () => {
    const { documents, batch, record } = batchOf(5)
    const file = evidenceOf(endorsedQuery(network, record), batch.subject([3]))
    const cosigned = await coSign(file, trust, audit, { at: NOW })
    const report = verify(documents[3] as Uint8Array, cosigned, trust, { at: NOW })
    expect(stepOf(report)?.outcome).to.equal('passed')
    const proven = report.proven as Parameters<typeof cosignatureBytes>[0]
    const statement = JSON.parse(new TextDecoder().decode(cosignatureBytes(proven))) as object
    expect(statement).to.include({ sm3: batch.roots.sm3, size: 5, block: 5, transaction: record.tx, channel: 'fiscal' })
  })

  it('that are wrong, doubled or another record’s are named, and leave the receipt valid', async () => {
    const other = anchorOf(DOCUMENT, { number: 'HT-2026-002' })
    const othersFile = await coSign(evidenceOf(endorsedQuery(network, other)), trust, audit, { at: NOW })
    const [others] = decodeEvidence(othersFile).cosignatures
    const cases: [string, (honest: EvidenceFile['cosignatures']) => readonly unknown[]][] = [
      ['COSIGNATURE_WRONG', ([a, b]) => [{ ...a, signature: b?.['signature'] }, b]],
      ['COSIGNATURE_WRONG', ([a, b]) => [{ ...a, key: b?.['key'] }]],
      ['COSIGNATURE_WRONG', ([, b]) => [others, b]],
      ['COSIGNATURE_TWICE', ([a, b]) => [a, b, a]],
      ['SCHEMA', ([a, b]) => [{ ...a, more: 1 }, b]],
      ['SCHEMA', () => [{ type: 'sm2-cosignature-v1' }]],
    ]
    for (const [fault, change] of cases) {
      const report = await changed(change)
      expect(report.outcome, fault).to.equal('VALID')
      expect(stepOf(report)?.outcome).to.equal('failed')
      expect(stepOf(report)?.fault).to.equal(fault)
      expect(report.proven?.cosigners).to.deep.equal([])
      expect(report.statement.en).to.contain(`Note: ${stepOf(report)?.reason.en ?? ''}`)
    }
  })

  it('never make an invalid receipt valid', async () => {
    const [cosignature] = decodeEvidence(await coSign(evidence, trust, finance, { at: NOW })).cosignatures
    const signers = [network.organizations.FinanceMSP.peer]
    const alone = decodeEvidence(evidenceOf(endorsedQuery(network, anchorOf(DOCUMENT), { signers })))
    const file = encodeEvidence({
      receipt: alone.receipt as FabricReceipt,
      cosignatures: [cosignature as EvidenceFile['cosignatures'][number]],
    })
    const report = check(file)
    expect(stepOf(report)?.outcome).to.equal('passed')
    expect(report.outcome).to.equal('INVALID')
    let refused: unknown
    await coSign(file, trust, audit, { at: NOW }).catch((error: unknown) => (refused = error))
    expect(refused).to.have.property('code', 'COSIGNATURE_UNPROVEN')
  })

  it('by a key that the trust file does not list can’t be told, under older trust files too', async () => {
    const cosigned = await coSign(evidence, trust, audit, { at: NOW })
    const report = check(cosigned, network.trust)
    expect(report.outcome).to.equal('VALID')
    expect(stepOf(report)?.outcome).to.equal('unknown')
    expect(stepOf(report)?.fault).to.equal('COSIGNATURE_KEY')
    expect(openTrust(network.trust).file).to.not.have.property('cosigners')
  })

  it('by the same key again replace the first', async () => {
    const once = await coSign(evidence, trust, audit, { at: NOW })
    expect(decodeEvidence(await coSign(once, trust, audit, { at: NOW })).cosignatures).to.have.length(1)
  })

  it('hold as OpenSSL made them', () => {
    const file = new URL('../../../vectors/sm2-cosignature.json', import.meta.url)
    const { key, vectors } = JSON.parse(readFileSync(file, 'utf8')) as { key: string; vectors: Vector[] }
    expect(vectors).to.have.length(2)
    for (const vector of vectors) {
      const message = cosignatureBytes(vector)
      expect(new TextDecoder().decode(message)).to.equal(vector.message)
      expect(verifySm2(fromBase64(key), message, fromBase64(vector.signature))).to.be.true
    }
  })

  it('are verified by OpenSSL, where it is installed', async function () {
    // A second opinion, from where there is one.
    if (spawnSync('openssl', ['version']).status !== 0) this.skip()
    const report = check(await coSign(evidence, trust, audit, { at: NOW }))
    const [cosignature] = decodeEvidence(await coSign(evidence, trust, audit, { at: NOW })).cosignatures
    const folder = mkdtempSync(path.join(tmpdir(), 'sm2-'))
    const at = (name: string) => path.join(folder, name)
    try {
      writeFileSync(at('message'), cosignatureBytes(report.proven as Parameters<typeof cosignatureBytes>[0]))
      writeFileSync(at('key.pem'), encodePem(audit.key, 'PUBLIC KEY'))
      writeFileSync(at('signature'), fromBase64(String(cosignature?.['signature'])))
      const options = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678']
      const files = ['-inkey', at('key.pem'), '-in', at('message'), '-sigfile', at('signature')]
      const said = execFileSync('openssl', ['pkeyutl', '-verify', '-pubin', ...options, ...files])
      expect(said.toString()).to.contain('Verified Successfully')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('trust files with keys that are none, or doubled, are refused', () => {
    const name = { zh: '甲', en: 'a' }
    const one = { name, key: audit.key, certified: false }
    for (const cosigners of [[one, one], [{ ...one, key: Uint8Array.of(1) }]]) {
      expect(() => encodeTrust(network.trustFile({ cosigners })))
        .to.throw()
        .with.property('code', 'TRUST_INCONSISTENT')
    }
  })
})
