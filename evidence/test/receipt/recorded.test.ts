import { readFileSync } from 'node:fs'
import {
  blockHash,
  channelConfigOf,
  decode,
  encode,
  Envelope,
  parseBlock,
  PreparedTransaction,
  toHex,
} from '@caizheng/fabric-wire'
import { expect } from 'chai'
import { encodeTrust, EvidenceError, openTrust, receiptFromPrepared, trustFrom } from '../../src/index.js'
import { checkCall } from '../../src/receipt/checks/call.js'
import { checkChaincode } from '../../src/receipt/checks/chaincode.js'
import { checkEndorsers } from '../../src/receipt/checks/endorsers.js'
import { checkHeader } from '../../src/receipt/checks/header.js'
import { checkPolicy } from '../../src/receipt/checks/policy.js'
import { checkResult } from '../../src/receipt/checks/result.js'
import type { ReceiptExpectation } from '../../src/receipt/expectation.js'
import { openReceipt } from '../../src/receipt/open.js'
import { partsOf } from '../../src/receipt/parts.js'

const read = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../test/fixtures/receipt/${name}`, import.meta.url)))

describe('A receipt recorded on a real network', () => {
  const asked = JSON.parse(new TextDecoder().decode(read('receipt.proposal-arguments.json'))) as {
    transaction: string
    arguments: [string]
  }
  const committed = { block: 2, transaction: 0 }
  const expectation: ReceiptExpectation = {
    channel: 'fiscal',
    definitions: [{ name: 'anchor', version: '1.0', committed }],
    call: [asked.transaction, ...asked.arguments],
    keys: [`doc:${asked.arguments[0]}`],
  }
  const config = read('config.block')
  const trust = openTrust(
    encodeTrust(
      trustFrom(channelConfigOf(config), {
        network: toHex(blockHash(parseBlock(config).header)),
        organizations: ['FinanceMSP', 'AuditMSP', 'ConstructionMSP'].map((mspId) => ({
          mspId,
          name: { zh: mspId, en: mspId },
        })),
        chaincodes: [{ name: 'anchor', version: '1.0', sequence: 1, committed }],
        validity: { from: new Date('2026-01-01T00:00:00Z'), until: new Date('2030-01-01T00:00:00Z') },
      }),
    ),
  )
  const prepared = read('receipt.prepared-transaction.pb')
  const receipt = openReceipt(partsOf(receiptFromPrepared(prepared)))

  it('passes every check: encoding, header, chaincode, call, result, endorsers, policy', () => {
    const time = checkHeader(receipt, expectation)
    expect(time.toISOString()).to.equal('2026-11-23T17:47:56.049Z')
    expect(checkChaincode(receipt, expectation)).to.deep.equal(expectation.definitions[0])
    checkCall(receipt, expectation)
    expect(checkResult(receipt, expectation)).to.deep.equal([{ block: 4, transaction: 0 }])
    const endorsers = checkEndorsers(receipt, trust, time)
    expect(endorsers.map(({ mspId }) => mspId)).to.deep.equal(['AuditMSP', 'ConstructionMSP', 'FinanceMSP'])
    expect(checkPolicy(endorsers, trust.file.policy)).to.deep.equal({ counted: endorsers, complete: true })
  })

  it('refuses it for any other question', () => {
    const other = (change: Partial<ReceiptExpectation>) => ({ ...expectation, ...change })
    expect(() => checkHeader(receipt, other({ channel: 'pilot' }))).to.throw(EvidenceError, 'pilot')
    expect(() => checkCall(receipt, other({ call: [asked.transaction, 'r-0'] }))).to.throw(EvidenceError, 'r-0')
    expect(() => checkResult(receipt, other({ keys: ['doc:r-0'] }))).to.throw(EvidenceError, 'doc:r-0')
    const definitions = [{ name: 'anchor', version: '1.1', committed }]
    expect(() => checkChaincode(receipt, other({ definitions }))).to.throw(EvidenceError, 'not accepted')
  })

  it('refuses the transaction that wrote the record: endorsed by the same nodes, but a write', () => {
    const [data] = parseBlock(read('block-4.block')).data
    if (data === undefined) throw new Error('the block holds a transaction')
    const envelope = decode(Envelope, data)
    const written = openReceipt(partsOf(receiptFromPrepared(encode(PreparedTransaction, { envelope }))))
    expect(() => checkResult(written, expectation))
      .to.throw(EvidenceError)
      .with.property('code', 'RESULT_WRITES')
  })

  it('refuses every change of a byte of the prepared transaction, or reads the same receipt', () => {
    const honest = receiptFromPrepared(prepared)
    const counts = { refused: 0, unsigned: 0 }
    for (let i = 0; i < prepared.length; i++) {
      const changed = prepared.slice()
      changed[i] = (changed[i] as number) ^ 0x01
      try {
        const parts = receiptFromPrepared(changed)
        if (JSON.stringify(parts) === JSON.stringify(honest)) {
          counts.unsigned++ // the transaction id beside the envelope: no part of a receipt
          continue
        }
        const open = openReceipt(partsOf(parts))
        const time = checkHeader(open, expectation)
        checkChaincode(open, expectation)
        checkCall(open, expectation)
        checkResult(open, expectation)
        expect(checkEndorsers(open, trust, time)).to.have.length(3)
      } catch (error) {
        expect(error).to.be.instanceOf(EvidenceError)
        counts.refused++
        continue
      }
      expect.fail(`a change at ${i} passed every check`)
    }
    expect(counts).to.deep.equal({ refused: prepared.length - 64, unsigned: 64 })
  })
})
