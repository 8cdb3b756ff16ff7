import { expect } from 'chai'
import fc from 'fast-check'
import { errorAt, type CaizhengErrorCode } from '../../src/errors/caizheng-error.js'
import { backoff, waitBeforeRetry } from '../../src/transactions/retry.js'

const wait = (code: CaizhengErrorCode, attempt: number, attempts = 5) =>
  waitBeforeRetry(errorAt('endorse', code, 'x'), attempt, attempts, () => 0.5)

describe('retry policy', () => {
  for (const code of [
    'CONFLICT',
    'ENDORSEMENTS_DIFFER',
    'OVERLOADED',
    'NOT_REACHABLE',
    'CHAINCODE_UNAVAILABLE',
  ] as const) {
    it(`tries ${code} again, a bounded number of times`, () => {
      expect([1, 2, 3, 4].map((attempt) => typeof wait(code, attempt))).to.deep.equal(Array(4).fill('number'))
      expect(wait(code, 5)).to.equal(undefined)
      expect(wait(code, 1, 1)).to.equal(undefined)
    })
  }

  for (const code of [
    'OUTCOME_UNKNOWN',
    'DUPLICATE_TRANSACTION',
    'ANCHOR_CONFLICT',
    'POLICY_NOT_MET',
    'INVALIDATED',
    'SUBMIT_REFUSED',
    'NOT_PERMITTED',
    'CHAINCODE_FAILED',
    'CANCELLED',
    'CLOSED',
    'UNEXPECTED',
  ] as const) {
    it(`never tries ${code} again`, () => expect(wait(code, 1)).to.equal(undefined))
  }

  it('tries a deadline that passed once more only', () => {
    expect(wait('TIMED_OUT', 1)).to.be.a('number')
    expect(wait('TIMED_OUT', 2)).to.equal(undefined)
  })

  it('waits longer each time, half of it random, never more than five seconds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (base, attempt, random) => {
          const full = Math.min(base * 2 ** (attempt - 1), 5000)
          const waited = backoff(base, attempt, () => random)
          expect(waited).to.be.within(Math.floor(full / 2), Math.ceil(full))
        },
      ),
    )
    expect(backoff(100, 1, () => 0)).to.equal(50)
    expect(backoff(100, 3, () => 0.999999)).to.equal(400)
  })
})
