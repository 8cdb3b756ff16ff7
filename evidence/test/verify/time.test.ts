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

  it('says of a receipt "no later than" with the second rounded up, and of the record the second that had begun', async () => {
    const record = anchorOf(DOCUMENT, { time: '2026-11-23T02:04:30.200Z' })
    const timestamp = { seconds: Date.parse('2026-11-23T02:04:31Z') / 1000, nanos: 700_000_000 }
    const file = evidenceOf(endorsedQuery(network, record, { channelHeader: { timestamp } }))
    const { statement, steps } = verify(DOCUMENT, file, network.trust, { at: NOW })
    const reasonOf = (code: string) => steps.find((step) => step.code === code)?.reason
    expect(statement.zh).to.include('不晚于 2026-11-23 10:04:32（北京时间')
    expect(reasonOf('RECEIPT_HEADER')?.zh).to.include('不晚于北京时间 2026-11-23 10:04:32')
    expect(reasonOf('RECEIPT_RESPONSE')?.zh).to.equal('由财政局（FinanceMSP）于北京时间 2026-11-23 10:04:30 上链')
    expect(reasonOf('RECEIPT_ENDORSERS')?.zh).to.equal(
      '已由审计局（AuditMSP）、住建局（ConstructionMSP）、财政局（FinanceMSP）签名',
    )
  })

  it('says of a trial network that it is one, and of no other', () => {
    const trial = encodeTrust(network.trustFile({ trial: true }))
    const report = verify(DOCUMENT, evidence, trial, { at: NOW })
    expect(report.proven?.trial).to.equal(true)
    expect(report.statement.zh).to.include('试用网络：全部节点由同一运行者运行')
    expect(report.steps[0]?.reason.en).to.match(/, trial network$/)
    const other = verify(DOCUMENT, evidence, network.trust, { at: NOW })
    expect(other.proven).to.not.have.property('trial')
    expect(other.statement.en).to.not.include('rial')
  })

  it('a receipt dated after the verifier’s own clock: can’t tell', () => {
    const report = verify(DOCUMENT, evidence, longTrust, { at: new Date('2026-11-22T00:00:00Z') })
    expect(report.outcome).to.equal('CANNOT_TELL')
    expect(report.steps.find(({ outcome }) => outcome !== 'passed')?.fault).to.equal('RECEIPT_FUTURE')
  })
})
