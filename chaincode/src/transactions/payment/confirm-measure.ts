import { measureConfirmation, measures, persons, type MeasureConfirmation } from '@caizheng/records'
import { ofContract } from '../../business/of-contract.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'
import { R18 } from '../../rules/r18-duties.js'

/** The owner's confirmation of a measure: from this day on the payment's days run (R21). */
export const confirmMeasure: TransactionType<MeasureConfirmation> = {
  name: 'ConfirmMeasure',
  request: measureConfirmation,
  authority: [{ role: 'OWNER_PROJECT_LEAD', of: 'owner' }],
  duty: 'R18',
  place: ofContract,
  async run({ request: { contractNo, periodNo, confirmedOn }, actor, state, moment: { time, day }, judgement, tx }) {
    const id = [contractNo, String(periodNo)]
    const measure = await state.load(measures, ...id)
    if (measure.confirmedBy !== undefined) throw new Refusal('RECORD_EXISTS', { kind: 'confirmation', id })
    const { key: creator, uscc: creatorUscc } = await state.load(persons, measure.submittedBy)
    const { signature } = measure
    judgement
      .apply(R18, {
        persons: [
          { duty: 'creator', key: creator, uscc: creatorUscc },
          ...(signature === undefined ? [] : [{ duty: 'signer', key: signature.key, uscc: signature.uscc }]),
          { duty: 'approver', key: actor.key, uscc: actor.uscc },
        ],
        creatorUscc,
        approverUsccs: [actor.uscc],
      })
      .refuse()
    if (confirmedOn > day) throw new Refusal('STATUS_CONFLICT', { confirmedOn, today: day })
    const record = { ...measure, confirmedOn, confirmedBy: actor.key, time, tx }
    await state.save(measures, id, record)
    return { record }
  },
}
