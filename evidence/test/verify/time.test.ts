import { expect } from 'chai'
import { encodeTrust, verify, type Report } from '../../src/index.js'
import { createNetwork, NOW, type TestNetwork } from '../support/network.js'
import { endorsedQuery, evidenceOf } from '../support/receipt.js'
import { anchorOf, DOCUMENT } from '../support/records.js'

describe('verify: years later', () => {
  let network: TestNetwork
  let evidence: Uint8Array
  let longTrust: Uint8Array
  const outcomeOf = (report: Report, step: string) => report.steps.find(({ code }) => code === step)?.outcome
  before(async () => {
    network = await createNetwork()
    evidence = evidenceOf(endorsedQuery(network, anchorOf(DOCUMENT)))
    const validity = { from: new Date('2026-11-01T00:00:00Z'), until: new Date('2056-01-01T00:00:00Z') }
    longTrust = encodeTrust(network.trustFile({ validity }))
  })

  it('ten years later, under a trust file in force: valid, and it says what expired', () => {
    const report = verify(DOCUMENT, evidence, longTrust, { at: new Date('2036-11-23T00:00:00Z') })
    expect(report.outcome).to.equal('VALID')
    expect(outcomeOf(report, 'CERTIFICATES')).to.equal('unknown')
    expect(report.statement.en).to.contain('expired on 2031-01-01, after it signed')
    expect(report.statement.zh).to.contain('2031-01-01')
  })

  it('under a trust file out of force: can’t tell, and shows what still holds', () => {
    const report = verify(DOCUMENT, evidence, network.trust, { at: new Date('2036-11-23T00:00:00Z') })
    expect(report.outcome).to.equal('CANNOT_TELL')
    const unsettled = report.steps.filter(({ outcome }) => outcome !== 'passed').map(({ fault }) => fault)
    expect(unsettled).to.deep.equal(['TRUST_EXPIRED', 'CERTIFICATE_EXPIRED'])
  })

  it('under a trust file not yet in force: can’t tell', () => {
    const validity = { from: new Date('2027-01-01T00:00:00Z'), until: new Date('2028-01-01T00:00:00Z') }
    const report = verify(DOCUMENT, evidence, encodeTrust(network.trustFile({ validity })), { at: NOW })
    expect(report.outcome).to.equal('CANNOT_TELL')
    expect(report.steps[0]?.fault).to.equal('TRUST_NOT_YET_VALID')
  })

  it('a receipt dated after the verifier’s own clock: can’t tell', () => {
    const report = verify(DOCUMENT, evidence, longTrust, { at: new Date('2026-11-22T00:00:00Z') })
    expect(report.outcome).to.equal('CANNOT_TELL')
    expect(report.steps.find(({ outcome }) => outcome !== 'passed')?.fault).to.equal('RECEIPT_FUTURE')
  })
})
