import { fromHex, parseCertificate, toHex, type FabricMSPConfig } from '@caizheng/fabric-wire'
import { expect } from 'chai'
import {
  encodeTrust,
  formatReport,
  openTrust,
  verify,
  type FaultCode,
  type Report,
  type StepCode,
} from '../../src/index.js'
import type { ReceiptParts } from '../../src/receipt/parts.js'
import type { Credential } from '../support/authority.js'
import { createNetwork, MSP_IDS, NOW, SIGNED_AT, type MspId, type TestNetwork } from '../support/network.js'
import { endorsedQuery, evidenceOf, type TestSigner } from '../support/receipt.js'
import { anchorOf, DOCUMENT } from '../support/records.js'

const record = anchorOf(DOCUMENT)

function refused(report: Report, step: StepCode, fault: FaultCode): void {
  const found = report.steps.find(({ code }) => code === step)
  expect(found?.fault, formatReport(report).join('\n')).to.equal(fault)
  expect(found?.outcome).to.equal('failed')
  expect(report.outcome).to.equal('INVALID')
}

describe('verify: forged endorsers', () => {
  let network: TestNetwork
  let other: TestNetwork
  const peer = (mspId: MspId): Credential => network.organizations[mspId].peer
  const verifyParts = (parts: ReceiptParts, trust = network.trust, at = NOW) =>
    verify(DOCUMENT, evidenceOf(parts), trust, { at })
  const signedBy = (...signers: TestSigner[]) => endorsedQuery(network, record, { signers })
  /** All three, with finance's signature made by another. */
  const financeIs = (signer: TestSigner) => verifyParts(signedBy(peer('AuditMSP'), peer('ConstructionMSP'), signer))

  before(async () => {
    ;[network, other] = await Promise.all([createNetwork(), createNetwork()])
  })

  it('one organisation twice: not distinct', () => {
    refused(
      verifyParts(signedBy(peer('AuditMSP'), peer('AuditMSP'), peer('FinanceMSP'))),
      'RECEIPT_ENDORSERS',
      'ENDORSER_ORDER',
    )
  })

  it('two peers of one organisation', async () => {
    const second = await network.organizations.AuditMSP.ca.issue('peer1')
    refused(verifyParts(signedBy(peer('AuditMSP'), second)), 'RECEIPT_ENDORSERS', 'ENDORSER_ORDER')
  })

  it('endorsements in another order', () => {
    refused(
      verifyParts(signedBy(peer('FinanceMSP'), peer('AuditMSP'), peer('ConstructionMSP'))),
      'RECEIPT_ENDORSERS',
      'ENDORSER_ORDER',
    )
  })

  it('signatures swapped between organisations', () => {
    const parts = endorsedQuery(network, record)
    const [first, second, third] = parts.endorsements
    if (!first || !second || !third) throw new Error('three endorsements expected')
    const swapped = [{ ...first, signature: second.signature }, { ...second, signature: first.signature }, third]
    refused(verifyParts({ ...parts, endorsements: swapped }), 'RECEIPT_ENDORSERS', 'ENDORSER_SIGNATURE')
  })

  it('one signature doubled under another organisation’s name', () => {
    const parts = endorsedQuery(network, record)
    const [first, second, third] = parts.endorsements
    if (!first || !second || !third) throw new Error('three endorsements expected')
    const doubled = [first, { ...second, signature: first.signature }, third]
    refused(verifyParts({ ...parts, endorsements: doubled }), 'RECEIPT_ENDORSERS', 'ENDORSER_SIGNATURE')
  })

  it('the signatures of another receipt', () => {
    const parts = endorsedQuery(network, record)
    const { endorsements } = endorsedQuery(network, anchorOf(Uint8Array.of(1)))
    refused(verifyParts({ ...parts, endorsements }), 'RECEIPT_ENDORSERS', 'ENDORSER_SIGNATURE')
  })

  it('a signature that held a moment ago, over anything else or with anything changed', () => {
    const trust = openTrust(network.trust)
    const honest = endorsedQuery(network, record)
    const other = endorsedQuery(network, record)
    const check = (parts: ReceiptParts) => verify(DOCUMENT, evidenceOf(parts), trust, { at: NOW })
    const changed = honest.endorsements.map(({ endorser, signature }) => {
      const bytes = signature.slice()
      bytes[12] = (bytes[12] ?? 0) ^ 1
      return { endorser, signature: bytes }
    })
    for (let round = 0; round < 2; round++) {
      expect(check(honest).outcome).to.equal('VALID')
      refused(check({ ...other, endorsements: honest.endorsements }), 'RECEIPT_ENDORSERS', 'ENDORSER_SIGNATURE')
      refused(check({ ...honest, endorsements: changed }), 'RECEIPT_ENDORSERS', 'ENDORSER_SIGNATURE')
    }
  })

  it('a peer that claims to be of another organisation', () => {
    refused(financeIs({ ...peer('AuditMSP'), claims: 'FinanceMSP' }), 'RECEIPT_ENDORSERS', 'ENDORSER_CERTIFICATE')
  })

  it('the same organisations under CAs of their own: a network made by somebody else', () => {
    refused(verifyParts(endorsedQuery(other, record)), 'RECEIPT_ENDORSERS', 'ENDORSER_CERTIFICATE')
  })

  it('a certificate of the TLS CA', async () => {
    const tls = await network.organizations.FinanceMSP.tlsCa.issue('peer0')
    refused(financeIs(tls), 'RECEIPT_ENDORSERS', 'ENDORSER_CERTIFICATE')
  })

  it('an organisation without a node, though its CA is pinned', async () => {
    const trust = network.trustFile()
    const policy = { organizations: ['AuditMSP', 'ConstructionMSP'], complete: 2, least: 2 }
    const report = verifyParts(endorsedQuery(network, record), encodeTrust({ ...trust, policy }))
    refused(report, 'RECEIPT_ENDORSERS', 'ENDORSER_ORGANIZATION')
    const stranger = await network.organizations.FinanceMSP.ca.issue('peer0')
    refused(financeIs({ ...stranger, claims: 'TaxMSP' }), 'RECEIPT_ENDORSERS', 'ENDORSER_ORGANIZATION')
  })

  it('a CA’s own key', async () => {
    const ca = await network.organizations.FinanceMSP.ca.issue('peer0', { ca: true })
    refused(financeIs(ca), 'RECEIPT_ENDORSERS', 'ENDORSER_CERTIFICATE')
  })

  it('a client, an administrator, an orderer', async () => {
    for (const unit of ['client', 'admin', 'orderer']) {
      const person = await network.organizations.FinanceMSP.ca.issue('x', { units: [unit] })
      refused(financeIs(person), 'RECEIPT_ENDORSERS', 'ENDORSER_ROLE')
    }
  })

  it('a certificate with two roles, twice one, or none', async () => {
    for (const units of [['peer', 'client'], ['peer', 'peer'], ['admin', 'peer'], [], ['Peer'], ['peers']]) {
      const person = await network.organizations.FinanceMSP.ca.issue('x', { units })
      refused(financeIs(person), 'RECEIPT_ENDORSERS', 'ENDORSER_CERTIFICATE')
    }
  })

  it('a certificate that had expired when it signed', async () => {
    const until = new Date(SIGNED_AT.getTime() - 1000)
    const late = await network.organizations.FinanceMSP.ca.issue('peer0', { until })
    refused(financeIs(late), 'RECEIPT_ENDORSERS', 'ENDORSER_CERTIFICATE')
  })

  it('a signature with high S, and the same with its parts in another form', () => {
    refused(
      verifyParts(endorsedQuery(network, record, { signatureBytes: highS })),
      'RECEIPT_ENDORSERS',
      'ENDORSER_SIGNATURE_FORM',
    )
    for (const change of [
      (der: Uint8Array) => Uint8Array.of(...der, 0),
      (der: Uint8Array) => Uint8Array.of(0x30, 0x81, ...der.subarray(1)),
      (der: Uint8Array) => der.subarray(0, -1),
      () => new Uint8Array(0),
    ]) {
      refused(
        verifyParts(endorsedQuery(network, record, { signatureBytes: change })),
        'RECEIPT_ENDORSERS',
        'ENDORSER_SIGNATURE_FORM',
      )
    }
  })

  it('one signature only', () => {
    refused(verifyParts(signedBy(peer('FinanceMSP'))), 'POLICY', 'TOO_FEW_ENDORSERS')
  })

  it('a revoked certificate: two others suffice, but not one', () => {
    const revokedOf = (...mspIds: MspId[]) => {
      const file = network.trustFile()
      const organizations = file.organizations.map((organization) =>
        mspIds.includes(organization.mspId as MspId)
          ? { ...organization, revoked: [toHex(parseCertificate(peer(organization.mspId as MspId).pem).fingerprint)] }
          : organization,
      )
      return encodeTrust({ ...file, organizations })
    }
    const parts = endorsedQuery(network, record)
    const one = verifyParts(parts, revokedOf('AuditMSP'))
    expect(one.outcome, formatReport(one).join('\n')).to.equal('VALID')
    expect(one.weaker).to.be.true
    expect(one.proven?.signers.map(({ mspId }) => mspId)).to.deep.equal(['ConstructionMSP', 'FinanceMSP'])
    expect(one.statement.en).to.contain('revoked')
    const two = verifyParts(parts, revokedOf('AuditMSP', 'FinanceMSP'))
    expect(two.outcome).to.equal('CANNOT_TELL')
    expect(two.steps.find(({ code }) => code === 'POLICY')?.fault).to.equal('CERTIFICATE_REVOKED')
  })

  it('TLS roots pinned in place of CA roots accept no honest receipt', () => {
    const swapped = new Map<string, { config: FabricMSPConfig }>(
      MSP_IDS.map((mspId) => {
        const { config } = network.msps.get(mspId) ?? {}
        if (config === undefined) throw new Error('every organisation has an MSP')
        return [mspId, { config: { ...config, rootCerts: config.tlsRootCerts, tlsRootCerts: [] } }]
      }),
    )
    const tlsTrust = network.trustFile({}, swapped)
    refused(
      verifyParts(endorsedQuery(network, record), encodeTrust(tlsTrust)),
      'RECEIPT_ENDORSERS',
      'ENDORSER_CERTIFICATE',
    )
  })
})

const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')

/** The other valid signature of the same message: s becomes n - s. */
function highS(der: Uint8Array): Uint8Array {
  const rEnd = 4 + (der[3] ?? 0)
  const s = (ORDER - BigInt(`0x${toHex(der.subarray(rEnd + 2))}`)).toString(16).padStart(64, '0')
  const integer = Uint8Array.of(0x02, 33, 0, ...fromHex(s))
  const body = Uint8Array.of(...der.subarray(2, rEnd), ...integer)
  return Uint8Array.of(0x30, body.length, ...body)
}
