import { readFileSync } from 'node:fs'
import { decode, parseCertificate, SerializedIdentity, toHex } from '@caizheng/fabric-wire'
import { canonicalBytes } from '@caizheng/records'
import { expect } from 'chai'
import {
  decodeEvidence,
  encodeEvidence,
  encodeTrust,
  formatReport,
  openTrust,
  replaceReceipt,
  verify,
  type EvidenceFile,
  type FabricReceipt,
  type Report,
  type TrustFile,
} from '../../src/index.js'
import { fromBase64 } from '../../src/format/base64.js'

type Statements = EvidenceFile['cosignatures']

const read = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../test/fixtures/sealed/${name}`, import.meta.url)))

/** A file with every statement that can stand beside a receipt: made by scripts/write-sealed-fixture.mjs. */
describe('verify: with everything beside the receipt', () => {
  const document = read('contract.txt')
  const evidence = read('contract.txt.evidence.json')
  const trust = openTrust(read('trust.json'))
  const honest = decodeEvidence(evidence)
  const receipt = honest.receipt as FabricReceipt
  const SOON = new Date('2027-01-01T00:00:00Z')
  const LATER = new Date('2036-11-23T00:00:00Z')
  const BESIDE = ['TIME_STAMPS', 'SM2_COSIGNATURES', 'COSIGNATURES']
  const check = (bytes: Uint8Array = evidence, at = SOON, by = trust) => verify(document, bytes, by, { at })
  const step = ({ steps }: Report, code: string) => steps.find((one) => one.code === code)
  const withStatements = (cosignatures: readonly unknown[]) =>
    encodeEvidence({ receipt, subject: honest.subject, cosignatures: cosignatures as Statements })
  const trusting = (change: (file: TrustFile) => Partial<TrustFile>) =>
    openTrust(encodeTrust({ ...trust.file, ...change(trust.file) }))

  it('says each in its own step and its own sentence', () => {
    const report = check()
    expect(report.outcome, formatReport(report).join('\n')).to.equal('VALID')
    expect(report.steps.every(({ outcome }) => outcome === 'passed')).to.be.true
    expect(report.proven?.timeStamps.map(({ over }) => over)).to.deep.equal(['receipt', 'record'])
    expect(report.proven?.cosigners).to.have.length(1)
    expect(report.statement.en).to.match(
      /the receipt with its signatures existed no later than .* by the time-stamping centre/,
    )
    expect(report.statement.zh).to.match(/据时间戳中心的时间戳，回执及其签名不晚于北京时间 .* 即已存在/)
  })

  it('ten years later: the certificates ended, the time-stamp is older, no doubt is left', () => {
    const report = check(evidence, LATER)
    expect(report.outcome).to.equal('VALID')
    expect(step(report, 'CERTIFICATES')?.outcome).to.equal('passed')
    expect(step(report, 'CERTIFICATES')?.reason.en).to.equal('expired since; the time-stamp is older')
    const without = check(withStatements(honest.cosignatures.filter(({ over }) => over !== 'receipt')), LATER)
    expect(step(without, 'CERTIFICATES')?.fault).to.equal('CERTIFICATE_EXPIRED')
    const older = { ...trust.file }
    delete older.timestamping
    const untrusted = check(evidence, LATER, openTrust(encodeTrust(older)))
    expect(step(untrusted, 'TIME_STAMPS')?.fault).to.equal('TIMESTAMP_AUTHORITY')
    expect(step(untrusted, 'CERTIFICATES')?.fault).to.equal('CERTIFICATE_EXPIRED')
  })

  it('a revoked certificate counts if the receipt was stamped while its key was surely safe, and not otherwise', () => {
    const revoked = (since?: string) =>
      trusting(({ organizations }) => ({
        organizations: organizations.map((organization, place) => {
          const { endorser = '' } = receipt.endorsements[place] ?? {}
          const { idBytes } = decode(SerializedIdentity, fromBase64(endorser))
          const certificate = toHex(parseCertificate(idBytes).fingerprint)
          return { ...organization, revoked: [certificate], ...(since && { revokedSince: [{ certificate, since }] }) }
        }),
      }))
    expect(check(evidence, SOON, revoked()).outcome).to.equal('CANNOT_TELL')
    expect(check(evidence, SOON, revoked('2026-12-24T00:00:00.000Z')).outcome).to.equal('VALID')
    expect(check(evidence, SOON, revoked('2026-11-23T12:00:00.000Z')).outcome).to.equal('CANNOT_TELL')
    // Over the record alone a time-stamp says nothing of the signatures.
    const record = withStatements(honest.cosignatures.filter(({ over }) => over !== 'receipt'))
    expect(check(record, SOON, revoked('2026-12-24T00:00:00.000Z')).outcome).to.equal('CANNOT_TELL')
  })

  it('a time that no revoked certificate has is refused', () => {
    const since = [{ certificate: '0'.repeat(64), since: '2026-12-24T00:00:00.000Z' }]
    const change = () =>
      trusting(({ organizations }) => ({
        organizations: organizations.map((organization) => ({ ...organization, revokedSince: since })),
      }))
    expect(change).to.throw().with.property('code', 'TRUST_INCONSISTENT')
  })

  it('a time-stamp from after the verifier’s clock, or under no pinned root, can’t be told', () => {
    const early = check(evidence, new Date('2026-11-23T03:00:00Z'))
    expect(step(early, 'TIME_STAMPS')?.fault).to.equal('TIMESTAMP_FUTURE')
    expect(early.outcome).to.equal('VALID')
  })

  it('goes with another receipt, but for what is over this one', () => {
    const kept = decodeEvidence(replaceReceipt(evidence, receipt)).cosignatures
    expect(kept.map(({ type }) => type)).to.deep.equal(['sm2-cosignature-v1', 'rfc3161-v1'])
  })

  it('statements that are swapped, doubled, mixed, cut or another’s are named; the receipt stays what it is', function () {
    const [cosignature, overReceipt, overRecord] = honest.cosignatures
    const other = canonicalBytes({ ...honest, cosignatures: [] })
    expect(check(other).outcome).to.equal('VALID')
    const changes: [string, readonly unknown[]][] = [
      ['over another thing', [cosignature, { ...overReceipt, over: 'record' }, overRecord]],
      ['swapped tokens', [{ ...overReceipt, token: overRecord?.['token'] }]],
      ['doubled', [...honest.cosignatures, overReceipt]],
      ['a co-signature doubled', [...honest.cosignatures, cosignature]],
      ['no token', [{ ...overReceipt, token: '' }]],
      ['a token and more', [{ ...overReceipt, more: '' }]],
      ['a token in an unknown version', [{ ...overReceipt, type: 'rfc3161-v2' }]],
      ['a co-signature for a token', [{ ...overReceipt, token: cosignature?.['signature'] }]],
      ['a token for a co-signature', [{ ...cosignature, signature: overReceipt?.['token'] }]],
      ['one signature for all', [cosignature, { ...cosignature, key: 'AAAA' }]],
    ]
    for (const [what, statements] of changes) {
      const report = check(withStatements(statements))
      expect(report.outcome, what).to.equal('VALID')
      const named = BESIDE.filter((code) => (step(report, code)?.outcome ?? 'passed') !== 'passed')
      expect(named, what).to.have.length(1)
    }
    if (this.test) this.test.title += ` (${changes.length} tried)`
  })

  // Each costs some 10 ms: a sample unless CAIZHENG_EVERY_BYTE is set.
  it('every byte: refused, or named and no longer said', function () {
    const stride = process.env['CAIZHENG_EVERY_BYTE'] === undefined ? 23 : 1
    this.timeout(120_000)
    const counts = { tried: 0, rejected: 0, named: 0 }
    for (let at = 0; at < evidence.length; at += stride) {
      const report = check(evidence.with(at, (evidence[at] ?? 0) ^ 0x01))
      counts.tried++
      if (report.outcome !== 'VALID') {
        counts.rejected++
        continue
      }
      const wrong = BESIDE.filter((code) => (step(report, code)?.outcome ?? 'passed') !== 'passed')
      expect(wrong, `byte ${at}`).to.have.length(1)
      const [said, stays] =
        report.proven?.timeStamps.length === 0
          ? [report.proven.timeStamps, report.proven.cosigners]
          : [report.proven?.cosigners, report.proven?.timeStamps]
      // A statement whose type became unknown leaves the others of its kind.
      if (wrong[0] !== 'COSIGNATURES') expect(said, `byte ${at}`).to.deep.equal([])
      expect(stays?.length, `byte ${at}`).to.be.greaterThan(0)
      counts.named++
    }
    expect(counts.rejected).to.be.greaterThan(counts.tried / 2)
    if (this.test) this.test.title += ` (${counts.tried} tried, ${counts.rejected} refused, ${counts.named} named)`
  })
})
