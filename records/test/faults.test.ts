import { expect } from 'chai'
import { contractErrors, formatContractFault, isContractErrorCode, parseContractFault } from '../src/index.js'

describe('contract faults', () => {
  const text = formatContractFault('ANCHOR_NOT_FOUND', { id: 'x' })

  it('travel as canonical JSON', () => {
    expect(text).to.equal(
      '{"code":"ANCHOR_NOT_FOUND","details":{"id":"x"},"message":"There is no anchor with this id"}',
    )
  })

  it("are read with and without the peer's prefix", () => {
    const fault = { code: 'ANCHOR_NOT_FOUND', message: 'There is no anchor with this id', details: { id: 'x' } }
    expect(parseContractFault(text)).to.deep.equal(fault)
    expect(parseContractFault(`chaincode response 500, ${text}`)).to.deep.equal(fault)
  })

  it('are not seen in anything else', () => {
    const others = [
      '',
      'no combination of peers can be derived which satisfy the endorsement policy',
      `error: ${text}`,
      `${text} `,
      text.replace('ANCHOR_NOT_FOUND', 'ANCHOR_NOT_FOUNDED'),
      text.replace('ANCHOR_NOT_FOUND', 'toString'),
      '{"code":"ANCHOR_NOT_FOUND","message":"x"}',
      '{"code":"ANCHOR_NOT_FOUND","details":[],"message":"x"}',
      'null',
    ]
    for (const other of others) expect(parseContractFault(other), other).to.equal(undefined)
  })

  it('say in both languages what they mean and what to do next', () => {
    for (const [code, guide] of Object.entries(contractErrors)) {
      expect(isContractErrorCode(code)).to.equal(true)
      expect(code).to.match(/^[A-Z]+(_[A-Z]+)*$/)
      for (const sentence of [guide.zh, guide.nextZh]) expect(sentence, code).to.match(/[\u4e00-\u9fff]/)
      for (const sentence of [guide.en, guide.nextEn]) expect(sentence, code).to.match(/^[A-Z][\x20-\x7e]+$/)
    }
  })
})
