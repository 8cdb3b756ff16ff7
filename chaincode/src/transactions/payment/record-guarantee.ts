import { contracts, guaranteeRequest, guarantees, type Guarantee, type GuaranteeRequest } from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { ofContract } from '../../business/of-contract.js'
import type { TransactionType } from '../../business/transaction.js'
import { R35 } from '../../rules/r35-deposits.js'

/** A deposit, or the letter of guarantee in its place: one of the four kinds, within its most (R35). */
export const recordGuarantee: TransactionType<GuaranteeRequest> = {
  name: 'RecordGuarantee',
  request: guaranteeRequest,
  authority: [{ role: 'CONTRACTOR_PROJECT_MANAGER', of: 'contractor' }],
  place: ofContract,
  async run({ request, actor, state, moment: { time }, judgement, tx, context }) {
    const { document, kind: depositKind, ...rest } = request
    const { contractNo, guaranteeNo, amountFen } = rest
    const { projectCode, priceFen } = await state.load(contracts, contractNo)
    judgement
      .apply(R35, {
        kind: depositKind,
        amountFen: BigInt(amountFen),
        ceilingFen: undefined,
        priceFen: BigInt(priceFen),
      })
      .refuse()
    const record: Guarantee = {
      kind: 'guarantee',
      version: 1,
      projectCode,
      ...rest,
      depositKind,
      status: 'HELD',
      anchor: await anchor(context, projectCode, actor.uscc, document),
      time,
      tx,
    }
    await state.create(guarantees, [contractNo, guaranteeNo], record)
    return { record: await state.load(guarantees, contractNo, guaranteeNo) }
  },
}
