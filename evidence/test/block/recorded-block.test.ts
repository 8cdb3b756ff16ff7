import { readFileSync } from 'node:fs'
import {
  blockHash,
  channelConfigOf,
  parseBlock,
  parseCertificate,
  parseTransaction,
  toHex,
} from '@caizheng/fabric-wire'
import { expect } from 'chai'
import {
  encodeTrust,
  EvidenceError,
  formatReport,
  openTrust,
  receiptFromPrepared,
  trustFrom,
  verify,
  type Trust,
  type TrustOptions,
} from '../../src/index.js'
import { checkEndorsements } from '../../src/block/checks/endorsements.js'
import { checkOrderers } from '../../src/block/checks/orderers.js'
import { checkTransaction, type WriteExpectation } from '../../src/block/checks/transaction.js'
import { checkSubmitter } from '../../src/block/checks/submitter.js'
import { openBlock } from '../../src/block/open.js'
import { argumentsOf } from '../../src/receipt/checks/call.js'
import { checkResult } from '../../src/receipt/checks/result.js'
import { openReceipt } from '../../src/receipt/open.js'
import { partsOf } from '../../src/receipt/parts.js'
import { submitterOf } from '../support/block.js'
import { signedPart } from '../../src/block/signed-part.js'

const fixtures = (room: string, name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../../${room}/test/fixtures/${name}`, import.meta.url)))
const chain = (name: string) => fixtures('fabric-wire', `fabric/chain/blocks/${name}.block`)
const MSP_IDS = ['FinanceMSP', 'AuditMSP', 'ConstructionMSP']

/** What a verifier of a recorded network pins. */
function trustOf(genesis: Uint8Array, ordering?: TrustOptions['ordering']): Trust {
  return openTrust(
    encodeTrust(
      trustFrom(channelConfigOf(genesis), {
        network: toHex(blockHash(parseBlock(genesis).header)),
        organizations: MSP_IDS.map((mspId) => ({ mspId, name: { zh: mspId, en: mspId } })),
        chaincodes: [{ name: 'anchor', version: '1.0', sequence: 1, committed: { block: 2, transaction: 0 } }],
        validity: { from: new Date('2026-01-01T00:00:00Z'), until: new Date('2030-01-01T00:00:00Z') },
        ...(ordering && { ordering }),
      }),
    ),
  )
}

const codeOf = (act: () => unknown): string | undefined => {
  try {
    act()
  } catch (error) {
    if (error instanceof EvidenceError) return error.code
    throw error
  }
  return undefined
}

describe('Blocks recorded on a real network', () => {
  const trust = trustOf(chain('0'))

  it('are read strictly and signed by a quorum of the pinned orderers, whichever node served them', () => {
    const names = ['4', '5', '6', '7', '8', '9', '11', '5.from-orderer-national', '5.from-peer-audit']
    for (const name of names) {
      const block = openBlock(signedPart(chain(name)))
      const { signed, all } = checkOrderers(block, trust)
      expect(signed.length, name).to.be.at.least(3)
      expect(all).to.equal(4)
    }
    const hashes = ['5', '5.from-orderer-finance', '5.from-peer-construction'].map((name) =>
      toHex(blockHash(openBlock(signedPart(chain(name))).header)),
    )
    expect(new Set(hashes)).to.have.length(1)
  })

  it('hold each transaction that the chain recorded, signed by its submitter and its endorsers', () => {
    let examined = 0
    for (const number of [4, 5, 6, 7, 8, 9, 11]) {
      const block = openBlock(signedPart(chain(String(number))))
      for (const [place, envelope] of block.data.entries()) {
        const { channelHeader, creator, rwset } = parseTransaction(envelope)
        const write = rwset.namespaces.find(({ namespace }) => namespace === 'anchor')?.kv.writes[0]
        if (write === undefined) throw new Error('each of them writes')
        const transaction = checkTransaction(block, {
          channel: 'fiscal',
          place: { block: number, transaction: place },
          transaction: channelHeader.txId,
          namespace: 'anchor',
          key: write.key,
          value: write.value,
        })
        const submitter = submitterOf({ mspId: creator.mspid, der: parseCertificate(creator.idBytes).der })
        expect(checkSubmitter(transaction, submitter, trust)).to.equal(creator.mspid)
        expect(checkEndorsements(transaction, trust).length).to.be.at.least(2)
        examined++
      }
    }
    expect(examined).to.equal(15)
  })

  it('prove nothing under another network’s orderers, though organisations and numbers are the same', () => {
    const other = trustOf(fixtures('evidence', 'receipt/config.block'))
    const block = openBlock(signedPart(chain('5')))
    expect(codeOf(() => checkOrderers(block, other))).to.equal('BLOCK_SIGNATURE')
  })

  it('are held against the orderers of their own configuration, before and after an update of it', () => {
    const [genesis, updated] = [channelConfigOf(chain('0')), channelConfigOf(chain('10'))]
    // By itself a later configuration does not say since when its orderers are.
    expect(trustOf(chain('10')).ordering).to.deep.equal([])
    const both = [
      { from: 1, consenters: genesis.consenters },
      { from: 11, consenters: updated.consenters },
    ]
    const strangers = channelConfigOf(fixtures('evidence', 'receipt/config.block')).consenters
    const signed = (name: string, ordering: TrustOptions['ordering']) =>
      codeOf(() => checkOrderers(openBlock(signedPart(chain(name))), trustOf(chain('10'), ordering)))
    for (const name of ['5', '10', '11']) expect(signed(name, both), name).to.equal(undefined)
    expect(signed('10', [{ from: 1, consenters: strangers }, ...both.slice(1)])).to.equal('BLOCK_SIGNATURE')
    expect(signed('11', [{ from: 1, consenters: strangers }, ...both.slice(1)])).to.equal(undefined)
  })

  it('say as much of a transaction that was ordered and is invalid: the verdict is no part of what is signed', () => {
    // Its second transaction is examined above with all the others, and passes: only a receipt tells them apart.
    const [filter] = parseBlock(chain('8')).metadata.slice(2)
    expect([...(filter ?? [])]).to.include(11)
    expect(checkOrderers(openBlock(signedPart(chain('8'))), trust).signed.length).to.be.at.least(3)
    expect(openBlock(signedPart(chain('8'))).metadata).to.have.length(1)
  })

  it('the block of the recorded receipt holds exactly the record that it states', () => {
    const receiptTrust = trustOf(fixtures('evidence', 'receipt/config.block'))
    const block = openBlock(signedPart(fixtures('evidence', 'receipt/block-4.block')))
    expect(checkOrderers(block, receiptTrust)).to.deep.equal({
      signed: ['FinanceOrdererMSP', 'AuditOrdererMSP', 'NationalOrdererMSP'],
      all: 4,
    })
    const transaction = checkTransaction(block, recordedWrite())
    expect(checkEndorsements(transaction, receiptTrust).map(({ mspId }) => mspId)).to.include('FinanceMSP')
    expect(codeOf(() => checkTransaction(block, { ...recordedWrite(), value: Uint8Array.of() }))).to.equal(
      'BLOCK_WRITE',
    )
  })
})

describe('Evidence with a block proof, made on a real network', () => {
  const read = (name: string) => fixtures('evidence', `fabric-block/${name}`)
  const check = (trust: Uint8Array) =>
    verify(read('contract.txt'), read('contract.txt.evidence.json'), trust, { at: new Date('2026-12-01T00:00:00Z') })

  it('verifies, document, receipt and block', () => {
    const report = check(read('trust.json'))
    expect(report.outcome, formatReport(report).join('\n')).to.equal('VALID')
    expect(report.steps.filter(({ outcome }) => outcome !== 'passed')).to.deep.equal([])
    expect(report.proven?.block).to.deep.include({
      number: 20,
      submitter: { mspId: 'FinanceMSP', name: { zh: '财政局', en: 'Finance bureau' } },
      orderers: { signed: ['AuditOrdererMSP', 'ConstructionOrdererMSP', 'NationalOrdererMSP'], all: 4 },
    })
  })

  it('keeps its receipt, and loses the block, under a trust file that pins other orderers', () => {
    const { file } = openTrust(read('trust.json'))
    const report = check(encodeTrust({ ...file, ordering: trustOf(chain('0')).file.ordering }))
    expect(report.outcome).to.equal('VALID')
    expect(report.proven).to.not.have.property('block')
    expect(report.steps.find(({ code }) => code === 'BLOCK_ORDERERS')?.fault).to.equal('BLOCK_SIGNATURE')
  })
})

/** The write of the record that the recorded receipt states, by the receipt's own words. */
function recordedWrite(): WriteExpectation {
  const receipt = openReceipt(
    partsOf(receiptFromPrepared(fixtures('evidence', 'receipt/receipt.prepared-transaction.pb'))),
  )
  const [id = ''] = argumentsOf(receipt).slice(1)
  const keys = [`doc:${id}`]
  const [place] = checkResult(receipt, { keys })
  if (place === undefined) throw new Error('the receipt reads its record')
  // That chaincode's records don't name their transaction.
  const transaction = '7c9fa612f08b7f29381c48de7e20ef7bd3c533868a25dafac8f9d8f65f5d96f1'
  return {
    channel: 'fiscal',
    place,
    transaction,
    namespace: 'anchor',
    key: keys[0] ?? '',
    value: receipt.response.payload,
  }
}
