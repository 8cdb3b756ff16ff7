import { contracts, measures, measureSignature, type MeasureSignature } from '@caizheng/records'
import { ofContract } from '../../business/of-contract.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'
import { R07Signature } from '../../rules/r07-chief-signature.js'

/** The chief supervision engineer's signature, without which no payment is made (R07). */
export const signMeasure: TransactionType<MeasureSignature> = {
  name: 'SignMeasure',
  request: measureSignature,
  authority: [{ role: 'CHIEF_SUPERVISION_ENGINEER', of: 'supervision' }],
  duty: 'R07',
  place: ofContract,
  async run({ request: { contractNo, periodNo, statement }, actor, state, moment: { time }, judgement, tx }) {
    const { supervisionFirmUscc } = await state.load(contracts, contractNo)
    const { key, role, uscc } = actor
    judgement.apply(R07Signature, { role, uscc, supervisionFirmUscc }).refuse()
    const id = [contractNo, String(periodNo)]
    const measure = await state.load(measures, ...id)
    if (measure.signature !== undefined) throw new Refusal('RECORD_EXISTS', { kind: 'signature', id })
    const signature = { key, role, uscc, time, ...(statement === undefined ? {} : { statement }) }
    const record = { ...measure, signature, time, tx }
    await state.save(measures, id, record)
    return { record }
  },
}
