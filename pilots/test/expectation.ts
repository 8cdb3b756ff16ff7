import { isActName } from '@caizheng/records'
import { expect } from 'chai'
import { play, playTogether, transactionOf, type Given, type Pilot, type Step } from '../src/index.js'
import type { County } from './county.js'

/** Transactions of the first half that are not on the chain yet. */
const elsewhere = ['publishDisclosure', 'anchorDocument']

/** From approval to payment: the steps before the works are complete, and those of a project that comes under way. */
export function firstHalf({ steps }: Pilot): readonly Step[] {
  const completed = steps.find(({ transaction }) => transaction === 'reportCompletion')?.seq ?? 0
  return steps.filter(({ seq, group }) => seq < completed || group === 'R47')
}

/** Plays steps one after another; each must give what it says, to the fen. */
export async function playAll(county: County, pilot: Pilot, steps: readonly Step[]): Promise<void> {
  const { pilot: name } = pilot
  for (let next = 0; next < steps.length; next++) {
    const together = administrative(steps.slice(next, next + MOST_ACTS))
    if (together.length > 1) {
      const given = await playTogether(county.cast, pilot, together)
      expect(given.status, `${name}, steps ${next} ff.: ${given.refusal ?? ''}`).to.equal('COMMITTED')
      next += together.length
    }
    const step = steps[next]
    if (step === undefined) break
    const transaction = transactionOf(step)
    if (transaction === undefined) {
      expect(elsewhere, `${name}, step ${step.seq}`).to.include(step.transaction)
      continue
    }
    const given = await play(county.cast, pilot, step, transaction)
    await county.settle()
    const where = `${name}, step ${step.seq}, ${step.transaction} by ${step.actor}: ${given.refusal ?? ''}`
    expectVerdicts(step, given, where)
    expectFigures(step, given.record, where)
  }
}

/** As many people as one proposal registers. */
const MOST_ACTS = 40

/** The acts of administrators with which steps begin, as far as they must be let through. */
function administrative(steps: readonly Step[]): readonly Step[] {
  const isOne = (step: Step): boolean => {
    const { status, rules } = step.expect
    return isActName(transactionOf(step) ?? '') && status === 'COMMITTED' && rules.length === 0
  }
  const end = steps.findIndex((step) => !isOne(step))
  return end < 0 ? steps : steps.slice(0, end)
}

function expectVerdicts({ expect: expected }: Step, given: Given, where: string): void {
  const { status, rules, outcomes = {} } = expected
  const { status: isStatus, rules: isRules, outcomes: isOutcomes } = given
  expect({ status: isStatus, rules: isRules, outcomes: isOutcomes }, where).to.deep.equal({ status, rules, outcomes })
}

/** The figures that a step must give beside its verdicts, in the record that was written. */
function expectFigures({ expect: expected }: Step, record: unknown, where: string): void {
  const { status, vouchers } = (record ?? {}) as { status?: string; vouchers?: readonly object[] }
  const { applicationStatus, balanceStatus } = expected
  if (applicationStatus !== undefined) expect(status, where).to.equal(applicationStatus)
  if (balanceStatus !== undefined) expect(status, where).to.equal(balanceStatus)
  const issued = expected['vouchers'] as readonly object[] | undefined
  for (const [index, voucher] of (issued ?? []).entries()) expect(vouchers?.[index], where).to.include(voucher)
}
