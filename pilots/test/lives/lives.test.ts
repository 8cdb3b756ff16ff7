import type { TestNetwork } from '@caizheng/test-network'
import { expect } from 'chai'
import fc from 'fast-check'
import { startCounty, type County } from '../county.js'
import { startEmbedded } from '../networks.js'
import { readBooks, type Books } from './books.js'
import { end, endings, expectSettled, type Ending } from './ending.js'
import { expectInvariants } from './invariants.js'
import { Life, settle } from './life.js'
import { furnish, steps, type NamedStep } from './steps.js'

const LIVES = Number(process.env['LIVES'] ?? 6)
const STEPS = 50

describe('random lives of projects', function () {
  this.timeout(Math.max(300_000, LIVES * 60_000))
  let county: County
  let network: TestNetwork
  let clientOf: Awaited<ReturnType<typeof settle>>
  let lives = 0

  before(async () => {
    county = await startCounty(async () => (network = await startEmbedded()))
    clientOf = await settle(county)
  })
  after(() => county.stop())

  /** Lives one life; what happened how often is added to `happened`. */
  async function live(drawn: readonly NamedStep[], ending: Ending, happened: Map<string, number>): Promise<void> {
    const life = new Life(++lives, clientOf)
    await life.begin()
    const read = (): Promise<Books> => readBooks(network, life)
    await furnish(life)
    let before = await read()
    for (const [index, { name, step }] of drawn.entries()) {
      await step(life, before)
      const books = await read()
      try {
        expectInvariants(books, before, network.id, life.contractNo)
      } catch (error) {
        const told = drawn.slice(0, index + 1).map((one) => one.name)
        throw new Error(`after ${told.join(', ')}: ${(error as Error).message}`, { cause: error })
      }
      for (const { status, specialApproval } of books.applications) {
        happened.set(status, (happened.get(status) ?? 0) + 1)
        if (specialApproval !== undefined) happened.set('special', (happened.get('special') ?? 0) + 1)
      }
      happened.set(name, (happened.get(name) ?? 0) + 1)
      before = books
    }
    const settlement = await end(life, read, ending)
    if (settlement === undefined) return
    const books = await read()
    expectInvariants(books, before, network.id, life.contractNo)
    expectSettled(books, before, settlement)
    const what = BigInt(settlement.approval?.overpaidFen ?? '0') > 0n ? 'overpaid' : 'settled'
    for (const one of [what, ...(books.totals.settlementFen === '0' ? [] : ['paid out'])]) {
      happened.set(one, (happened.get(one) ?? 0) + 1)
    }
  }

  it('pass no ceiling, keep the cash identity, count and chain each voucher once, pay nothing held, overdraw no quota', async () => {
    const happened = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: STEPS, maxLength: STEPS, size: 'max' }), endings, (drawn, ending) =>
        live(drawn, ending, happened),
      ),
      // A life is minutes of a county's work: the first that fails is told as it was.
      { numRuns: LIVES, endOnFailure: true },
    )
    // Lives in which nothing is ever paid would prove nothing.
    for (const status of ['HELD', 'PAYABLE', 'APPROVED', 'PAID']) {
      expect([...happened.keys()], [...happened].join(' ')).to.include(status)
    }
    if (process.env['LIVES'] !== undefined) process.stdout.write(`${[...happened].join(' ')}\n`)
  })
})
