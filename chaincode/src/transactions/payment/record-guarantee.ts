import {
  contracts,
  contractTotals,
  guaranteeRequest,
  guarantees,
  settlements,
  type Guarantee,
  type GuaranteeRequest,
} from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { ofContract } from '../../business/of-contract.js'
import type { TransactionType } from '../../business/transaction.js'
import { R06Deposit } from '../../rules/r06-retention.js'
import { R35 } from '../../rules/r35-deposits.js'

/**
 * A deposit, or the letter of guarantee in its place: one of the four kinds, within its most (R35). One for quality counts as
 * retention, and stands beside none in cash (R06).
 */
export const recordGuarantee: TransactionType<GuaranteeRequest> = {
  name: 'RecordGuarantee',
  request: guaranteeRequest,
  authority: [{ role: 'CONTRACTOR_PROJECT_MANAGER', of: 'contractor' }],
  place: ofContract,
  async run({ request, actor, state, moment: { time }, judgement, tx, context }) {
    const { document, kind: depositKind, ...rest } = request
    const { contractNo, guaranteeNo, amountFen } = rest
    const { projectCode, priceFen } = await state.load(contracts, contractNo)
    if (depositKind === 'QUALITY') {
      const settlement = await state.find(settlements, contractNo)
      const cashRetentionFen = BigInt(settlement?.approval?.cashRetentionFen ?? '0')
      judgement.apply(R06Deposit, { cashRetentionFen, amountFen: BigInt(amountFen) })
    }
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
    if ((await state.create(guarantees, [contractNo, guaranteeNo], record)) && depositKind === 'QUALITY') {
      const totals = await state.load(contractTotals, contractNo)
      const qualityGuaranteeFen = String(BigInt(totals.qualityGuaranteeFen) + BigInt(amountFen))
      await state.save(contractTotals, [contractNo], { ...totals, qualityGuaranteeFen, time })
    }
    return { record: await state.load(guarantees, contractNo, guaranteeNo) }
  },
}
