import { applications, vouchers, type Explanation } from '@caizheng/records'
import { expect } from 'chai'
import type { County } from './county.js'
import { stateOf } from './ledger.js'

/** Every application on the ledger, explained; each must replay to the letter. */
export async function expectReplays({ administrator }: County): Promise<ReadonlyMap<string, Explanation>> {
  const state = await stateOf(administrator, 'payment')
  const explained = new Map<string, Explanation>()
  for (const key of state.keys()) {
    if (!key.startsWith('application:')) continue
    const { applicationNo, verdicts, steps, settings } = applications.parse(state.get(key))
    const explanation = await administrator.explain(applicationNo)
    expect(explanation.replayed, applicationNo).to.equal(true)
    expect(explanation.settings.number, applicationNo).to.equal(settings)
    const conditions = explanation.rules.flatMap((rule) => rule.conditions)
    expect(conditions.length, applicationNo).to.equal(verdicts.length)
    expect(conditions.every((one) => one.replayed)).to.equal(true)
    expect(explanation.steps.map(({ at }) => at)).to.deep.equal([steps[0]?.at, ...steps.map(({ at }) => at)])
    for (const { voucherNo, issuedAt, receiptAt } of explanation.vouchers) {
      const voucher = vouchers.parse(state.get(`voucher:${voucherNo}`))
      expect({ issuedAt, receiptAt }).to.deep.equal({ issuedAt: voucher.issuedAt, receiptAt: voucher.receiptAt })
    }
    explained.set(applicationNo, explanation)
  }
  return explained
}

/** What an explanation says that stops or marks, one line a condition. */
export function saidOf({ rules }: Explanation): string[] {
  return rules.flatMap(({ rule, conditions }) =>
    conditions.flatMap(({ case: which = '', outcome, expectedText, actualText, excessFen = '0', missing }) =>
      outcome === 'PASS'
        ? []
        : [
            [rule, which, outcome, expectedText.zh, actualText.zh, excessFen].join(' | '),
            `${missing?.zh}：${missing?.by.map(({ zh, name }) => `${zh}${name === undefined ? '' : `（${name}）`}`).join('、')}`,
          ],
    ),
  )
}
