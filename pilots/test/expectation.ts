import { expect } from 'chai'
import { play, sideBySide, type Given, type Pilot, type Step } from '../src/index.js'
import type { County } from './county.js'

/** Transactions that are not on the chain yet. */
const elsewhere = ['submitFinalAccount', 'returnBalance', 'evaluateProject', 'closeProject']

/** The steps that can be played: without a final account, what asks for one waits for it. */
export function withoutFinalAccount({ steps }: Pilot): readonly Step[] {
  const waits = ({ input: { rules = [], subject } }: Step): boolean =>
    (rules as readonly string[]).includes('R30') || subject === 'FINAL_ACCOUNT'
  return steps.filter((step) => !elsewhere.includes(step.transaction) && !waits(step))
}

/** Plays steps one after another; each must give what it says, to the fen. */
export async function playAll(county: County, pilot: Pilot, steps: readonly Step[]): Promise<void> {
  for (const together of sideBySide(steps)) {
    const { pilot: name } = pilot
    const given = await play(county.cast, pilot, ...together)
    await county.settle()
    for (const step of together) {
      const where = `${name}, step ${step.seq}, ${step.transaction} by ${step.actor}: ${given.refusal ?? ''}`
      expectVerdicts(step, given, where)
      expectFigures(step, given.record, where)
    }
  }
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
