import { sha256, toHex, encode, KVRWSet } from '@caizheng/fabric-wire'
import {
  canonicalBytes,
  voucherChainStart,
  voucherNumber,
  voucherPreimage,
  type ContractTotals,
  type Voucher,
} from '@caizheng/records'
import { expect } from 'chai'
import fc from 'fast-check'
import {
  encodeTrust,
  encodeVouchers,
  GET_COMPLETENESS,
  openTrust,
  verifyVouchers,
  type Trust,
} from '../../src/index.js'
import { receiptOf } from '../../src/receipt/parts.js'
import { createNetwork, DEFINITION, NETWORK, NOW, type TestNetwork } from '../support/network.js'
import { endorsedQuery } from '../support/receipt.js'

const CONTRACT = 'WK-01'
const PROJECT = '2303-331003-04-01-000001'
const time = '2026-11-23T02:04:29.118Z'
const hex = 'a1'.repeat(32)
const charter = { ...DEFINITION, name: 'charter' }
const payment = { ...DEFINITION, name: 'payment', committed: { block: 4, transaction: 2 } }

/** Chained vouchers of these amounts, the second of them returned. */
function chainOf(amounts: readonly string[], network = NETWORK): { vouchers: Voucher[]; heads: string[] } {
  const heads = [toHex(sha256(voucherChainStart(network, CONTRACT)))]
  const vouchers = amounts.map((amountFen, i): Voucher => {
    const voucher: Voucher = {
      ...{ kind: 'voucher', version: 1, voucherNo: voucherNumber(CONTRACT, i + 1), projectCode: PROJECT },
      ...{ contractNo: CONTRACT, number: i + 1, previous: heads[i] as string, applicationNo: 'AP-1', lineNo: 1 },
      ...{ budgetQuotaNo: 'ZB-1', fundSource: '财政预算', accountDigest: hex, amountFen },
      account: 'COMPANY',
      ...{ status: i === 1 ? 'RETURNED' : 'PAID', issuedAt: time, time, tx: hex },
    }
    heads.push(toHex(sha256(voucherPreimage(voucher))))
    return voucher
  })
  return { vouchers, heads }
}

const contract = {
  ...{ kind: 'contract', version: 1, contractNo: CONTRACT, projectCode: PROJECT, contractKind: 'WORKS' },
  ...{ ownerUscc: '12331003000001011C', contractorUscc: '91331003000002014P', signedOn: '2023-12-20' },
  ...{ priceFen: '100000', provisionalFen: '0', provisionalSubItem: null, advanceFen: '0', progressRateBp: 8000 },
  ...{ wageRateBp: 2000, retentionRateBp: 300, retentionMode: 'CASH', payDays: 14, plannedDays: 100 },
  ...{ liabilityMonths: 24, auditResultIsSettlementBasis: false, status: 'SETTLED', registeredBy: hex },
  ...{ billLines: 1, billDigest: hex, anchor: hex, time, tx: hex },
}

function totalsOf(
  { vouchers, heads }: ReturnType<typeof chainOf>,
  change: Partial<ContractTotals> = {},
): ContractTotals {
  const sum = (given: readonly Voucher[]) => String(given.reduce((all, { amountFen }) => all + BigInt(amountFen), 0n))
  const sums = { vouchersFen: sum(vouchers), cancelledFen: sum(vouchers.filter(({ number }) => number === 2)) }
  const zeros = ['certifiedFen', 'grossFen', 'advanceFen', 'recoveredFen', 'cashFen', 'refundedFen', 'settlementFen']
  const others = [
    'retentionFen',
    'qualityGuaranteeFen',
    'changesProvisionalFen',
    'changesBudgetFen',
    'changesAbsoluteFen',
  ]
  return {
    ...(Object.fromEntries([...zeros, ...others].map((name) => [name, '0'])) as unknown as ContractTotals),
    ...{ kind: 'contractTotals', version: 1, contractNo: CONTRACT, lastPeriod: 0, time },
    ...{ ...sums, vouchers: vouchers.length, head: heads.at(-1) as string, ...change },
  }
}

/** A settlement that was approved after the first `count` vouchers. */
function settlementOf({ vouchers, heads }: ReturnType<typeof chainOf>, count: number, change: object = {}) {
  const vouchersFen = String(vouchers.slice(0, count).reduce((all, { amountFen }) => all + BigInt(amountFen), 0n))
  const money = { approvedFen: '9', reductionFen: '0', reductionRateBp: 0, payableFen: '0', overpaidFen: '0' }
  const chain = {
    vouchers: count,
    head: heads[count],
    vouchersFen,
    cancelledFen: '0',
    refundedFen: '0',
    certifiedFen: '0',
  }
  const kept = { cashRetentionFen: '0', guaranteeFen: '0', approvedOn: '2024-01-01', approvedBy: hex }
  return {
    ...{ kind: 'settlement', version: 1, projectCode: PROJECT, contractNo: CONTRACT, settlementNo: 'JS-1' },
    ...{ submittedFen: '9', submittedOn: '2024-01-01', status: 'APPROVED', submittedBy: hex, signatures: [] },
    approval: { ...money, ...kept, paidFen: vouchersFen, chain: { ...chain, ...change } },
    ...{ anchor: hex, time, tx: hex },
  }
}

describe('the vouchers of a contract', () => {
  const chain = chainOf(['300', '200', '500', '50'])
  let network: TestNetwork
  let trust: Trust

  before(async () => {
    network = await createNetwork()
    trust = openTrust(encodeTrust(network.trustFile({ chaincodes: [charter, payment] })))
  })

  interface Held {
    readonly totals?: ContractTotals
    readonly settlement?: object
    /** What the nodes read in `payment`, and where they found its definition. */
    readonly paymentReads?: readonly string[]
    readonly paymentBlock?: number
    readonly more?: readonly string[]
  }

  /** A file with what the nodes held and signed, each with its real key. */
  function fileOf(vouchers: readonly Voucher[], held: Held = {}): Uint8Array {
    const { totals = totalsOf(chain), settlement, paymentReads = [`contractTotals:${CONTRACT}`], more = [] } = held
    const version = (block: number, txNum: number) => ({ version: { blockNum: block, txNum } })
    const sequence = (name: string) => `namespaces/fields/${name}/Sequence`
    const rwsets = {
      _lifecycle: [
        { key: sequence('charter'), ...version(charter.committed.block, charter.committed.transaction) },
        { key: sequence('payment'), ...version(held.paymentBlock ?? payment.committed.block, 2) },
      ],
      charter: [
        { key: `contract:${CONTRACT}`, ...version(7, 0) },
        ...more.map((key) => ({ key, ...version(7, 0) })),
        { key: `settlement:${CONTRACT}`, ...(settlement && version(9, 0)) },
      ],
      payment: paymentReads.map((key) => ({ key, ...version(8, 1) })),
    }
    const answer = { kind: 'completeness', version: 1, contract, totals, ...(settlement && { settlement }) }
    const parts = endorsedQuery(network, answer, {
      input: { args: [GET_COMPLETENESS, CONTRACT].map((text) => new TextEncoder().encode(text)) },
      ...{ specChaincode: { name: 'charter' }, headerChaincode: { name: 'charter' } },
      answerChaincode: { name: 'charter', version: charter.version },
      results: () => ({
        nsRwset: Object.entries(rwsets).map(([namespace, reads]) => ({ namespace, rwset: encode(KVRWSet, { reads }) })),
      }),
    })
    return encodeVouchers({ receipt: receiptOf(parts), vouchers })
  }

  const check = (file: Uint8Array) => verifyVouchers(file, trust, { at: NOW })
  const faults = (file: Uint8Array) => check(file).steps.flatMap(({ fault }) => (fault === undefined ? [] : [fault]))

  it('are complete: 1 to n, to the head and the sums, with and without a settlement', () => {
    const { outcome, proven, statement, limits } = check(fileOf(chain.vouchers))
    expect(outcome, statement.en).to.equal('VALID')
    expect(proven).to.include({ closed: false })
    expect(statement.en).to.include('all 4 vouchers of contract WK-01, 10.50 yuan together, of which 2.00 yuan were')
    expect(limits.zh).to.include('不证明款项实际到账')
    const settled = check(fileOf(chain.vouchers, { settlement: { ...settlementOf(chain, 3), status: 'SIGNED' } }))
    expect(settled.outcome, settled.statement.en).to.equal('VALID')
    expect(settled.proven?.closed).to.equal(true)
    expect(settled.statement.zh).to.include('计入其中前 3 张，双方均已签署')
    const empty = chainOf([])
    expect(check(fileOf([], { totals: totalsOf(empty) })).outcome).to.equal('VALID')
  })

  it('any one that is left out, doubled, moved or changed is named', () => {
    fc.assert(
      fc.property(fc.nat(3), fc.constantFrom('amountFen', 'fundSource', 'applicationNo', 'previous'), (at, field) => {
        const { vouchers } = chain
        const voucher = vouchers[at] as Voucher
        expect(faults(fileOf(vouchers.toSpliced(at, 1)))).to.include('VOUCHER_MISSING')
        expect(faults(fileOf(vouchers.toSpliced(at, 0, voucher)))).to.include('VOUCHER_TWICE')
        expect(faults(fileOf([...vouchers.slice(at + 1), ...vouchers.slice(0, at + 1)]))[0]).to.equal(
          at === 3 ? undefined : 'VOUCHER_ORDER',
        )
        const value = { amountFen: '1', fundSource: '其他', applicationNo: 'AP-2', previous: 'b2'.repeat(32) }[field]
        const report = check(fileOf(vouchers.toSpliced(at, 1, { ...voucher, [field]: value })))
        const step = report.steps.find(({ code }) => code === 'VOUCHER_CHAIN')
        expect(step?.fault).to.equal('VOUCHER_CHANGED')
        expect(step?.reason.en).to.include(`voucher ${voucher.voucherNo} is not`)
      }),
      { numRuns: 12 },
    )
  })

  it('of another contract, beyond the number, or of another network are none of its own', () => {
    const [first, ...others] = chain.vouchers as [Voucher, ...Voucher[]]
    expect(faults(fileOf([{ ...first, contractNo: 'WK-02' }, ...others]))).to.include('VOUCHER_OTHER')
    const fifth = chainOf(['300', '200', '500', '50', '1']).vouchers
    expect(faults(fileOf(fifth))).to.include('VOUCHER_MORE')
    const elsewhere = chainOf(['300', '200', '500', '50'], 'f0'.repeat(32))
    expect(faults(fileOf(elsewhere.vouchers, { totals: totalsOf(elsewhere) }))).to.deep.equal([
      'VOUCHER_START',
      'NOT_REACHED',
    ])
  })

  it('sum to what the nodes held, and to what the settlement counted', () => {
    const shifted = (change: Partial<ContractTotals>) =>
      faults(fileOf(chain.vouchers, { totals: totalsOf(chain, change) }))
    expect(shifted({ vouchersFen: '1051' })).to.deep.equal(['VOUCHER_SUM'])
    expect(shifted({ cancelledFen: '0' })).to.deep.equal(['VOUCHER_SUM'])
    expect(shifted({ refundedFen: '1' })).to.deep.equal(['VOUCHER_SUM'])
    const settled = (change: object) => faults(fileOf(chain.vouchers, { settlement: settlementOf(chain, 3, change) }))
    expect(settled({ head: hex })).to.deep.equal(['SETTLEMENT_HEAD'])
    expect(settled({ vouchers: 2 })).to.deep.equal(['SETTLEMENT_HEAD'])
    expect(settled({ vouchersFen: '999' })).to.deep.equal(['VOUCHER_SUM'])
    expect(settled({ cancelledFen: '1' })).to.deep.equal(['VOUCHER_SUM'])
  })

  it('are proven by no other reads than those, and by no other definition', () => {
    const { vouchers } = chain
    expect(faults(fileOf(vouchers, { paymentReads: [] }))).to.include('RESULT_READS')
    expect(faults(fileOf(vouchers, { paymentReads: ['contractTotals:WK-02'] }))).to.include('RESULT_READS')
    expect(faults(fileOf(vouchers, { more: ['contract:WK-02'] }))).to.include('RESULT_READS')
    expect(faults(fileOf(vouchers, { paymentBlock: 40 }))).to.include('CHAINCODE_DEFINITION')
    expect(faults(fileOf(vouchers, { totals: { ...totalsOf(chain), contractNo: 'WK-02' } }))).to.include('RECORD_ID')
  })

  it('are in one canonical file of a known version; a newer one can’t be told', () => {
    const file = fileOf(chain.vouchers)
    const value = JSON.parse(new TextDecoder().decode(file)) as object
    expect(faults(Uint8Array.of(...file, 10))[0]).to.equal('NOT_CANONICAL')
    expect(faults(canonicalBytes({ ...value, more: 1 }))[0]).to.equal('SCHEMA')
    expect(check(canonicalBytes({ ...value, version: 2 })).outcome).to.equal('CANNOT_TELL')
    expect(faults(new TextEncoder().encode('{}'))[0]).to.equal('WRONG_KIND')
  })
})
