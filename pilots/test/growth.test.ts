import { expect } from 'chai'
import { parseBlock, parseTransaction } from '@caizheng/fabric-wire'
import {
  canonicalize,
  contractTotals,
  voucherNumber,
  vouchers,
  type CanonicalValue,
  type ContractTotals,
} from '@caizheng/records'
import { play } from '../src/index.js'
import { changedBuilds, COLLUDING, departments } from './changed-build.js'
import type { County } from './county.js'
import { Life } from './life.js'

const CONTRACT = 'A-WK-01'
/** Two progress payments of the municipal road, from the application that takes a held one's place to the last receipt. */
const FIRST = [98, 103] as const
const SECOND = [113, 118] as const
const HISTORY = 30_000
const TOGETHER = 1000

/** A transaction's reads, writes and range queries in the state of `payment`. */
type Operations = readonly [transaction: string, reads: number, writes: number, ranges: number]

/** Of a payment of three lines from two quotas with one invoice: no more than what it names. */
const OPERATIONS: readonly Operations[] = [
  ['submitApplication', 19, 8, 0],
  ['approveApplication', 9, 1, 0],
  ['approveApplication', 18, 5, 0],
  ['recordBankReceipt', 10, 4, 0],
  ['recordBankReceipt', 10, 4, 0],
  ['recordBankReceipt', 10, 4, 0],
]

describe('a payment', function () {
  this.timeout(200_000)
  let life: Life
  let remove: () => Promise<void>

  before(async () => {
    const changed = await changedBuilds()
    remove = changed.remove
    life = await Life.upTo(FIRST[0] - 1, undefined, changed.builds)
  })
  after(async () => {
    await life?.stop()
    await remove?.()
  })

  it(`takes the same operations on the state with ${HISTORY} vouchers before it as with five`, async () => {
    const first = await operationsOf(life, FIRST)
    await playUpTo(life, FIRST[1], SECOND[0])
    await seedVouchers(life)
    expect({ first, second: await operationsOf(life, SECOND) }).to.deep.equal({ first: OPERATIONS, second: OPERATIONS })
  })
})

/** Plays the steps between two, neither of them included. */
async function playUpTo({ county, pilot }: Life, after: number, before: number): Promise<void> {
  for (const step of pilot.steps.filter(({ seq }) => seq > after && seq < before)) {
    const { status, refusal } = await play(county.cast, pilot, step)
    expect(status, refusal).to.equal(step.expect.status)
  }
}

/** Plays a payment from its application to its last receipt, and counts. */
async function operationsOf({ county, pilot }: Life, [from, to]: readonly [number, number]): Promise<Operations[]> {
  const counted: Operations[] = []
  // The pilot's numbers of vouchers are others once some were put between.
  const issued: string[] = []
  for (const step of pilot.steps.filter(({ seq }) => seq >= from && seq <= to)) {
    const voucherNo = step.transaction === 'recordBankReceipt' ? { voucherNo: issued.shift() as string } : {}
    const played = { ...step, input: { ...step.input, ...voucherNo } }
    const { status, refusal, block, record } = await play(county.cast, pilot, played)
    expect(status, refusal).to.equal(step.expect.status)
    const { vouchers = [] } = record as { vouchers?: { voucherNo: string }[] }
    issued.push(...vouchers.map(({ voucherNo }) => voucherNo))
    counted.push([step.transaction, ...(await operationsIn(county, block as number))])
  }
  return counted
}

async function operationsIn({ administrator, network }: County, block: number): Promise<[number, number, number]> {
  const call = { chaincode: 'qscc', function: 'GetBlockByNumber', arguments: [network.channel, String(block)] }
  const bytes = await administrator.evaluate(call)
  const [envelope] = parseBlock(bytes).data as [Uint8Array]
  const { rwset } = parseTransaction(envelope)
  const { kv } = rwset.namespaces.find(({ namespace }) => namespace === 'payment') as (typeof rwset.namespaces)[number]
  return [kv.reads.length, kv.writes.length, kv.rangeQueriesInfo.length]
}

/** Puts vouchers behind the contract's last one, as if they had been paid long ago. */
async function seedVouchers({ county }: Life): Promise<void> {
  const read = async (key: string): Promise<unknown> => {
    const call = { chaincode: 'payment', function: 'Backdoor:Read', arguments: [key] }
    return JSON.parse(Buffer.from(await county.administrator.evaluate(call)).toString())
  }
  const put = (steps: readonly CanonicalValue[]) =>
    county.administrator.submit({
      ...{ chaincode: 'payment', function: 'Backdoor:Do', arguments: [canonicalize(steps)] },
      transient: { [COLLUDING]: departments.join(',') },
    })
  const totals = (await read(contractTotals.key(CONTRACT))) as ContractTotals
  const voucher = vouchers.parse(await read(vouchers.key(voucherNumber(CONTRACT, 1))))
  for (let from = totals.vouchers + 1; from <= HISTORY; from += TOGETHER) {
    const numbers = Array.from({ length: Math.min(TOGETHER, HISTORY - from + 1) }, (_, index) => from + index)
    await put(
      numbers.map((number) => {
        const voucherNo = voucherNumber(CONTRACT, number)
        return ['put', vouchers.key(voucherNo), { ...voucher, number, voucherNo }] as CanonicalValue
      }),
    )
  }
  await put([['put', contractTotals.key(CONTRACT), { ...totals, vouchers: HISTORY }] as CanonicalValue])
}
