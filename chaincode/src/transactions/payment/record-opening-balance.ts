import {
  openingBalanceRequest,
  openingBalances,
  projects,
  type OpeningBalance,
  type OpeningBalanceRequest,
} from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { ofProject } from '../../business/of-contract.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'
import { R47Record } from '../../rules/r47-opening-balance.js'

/** 期初余额 of a project under way, as the owner signs it: 上链前,未核验 (R47). One for each project. */
export const recordOpeningBalance: TransactionType<OpeningBalanceRequest> = {
  name: 'RecordOpeningBalance',
  request: openingBalanceRequest,
  authority: [{ role: 'OWNER_PROJECT_LEAD', of: 'owner' }],
  place: ofProject,
  async run({ request: { document, ...balance }, actor, state, moment: { time, day }, judgement, tx, context }) {
    const { projectCode, asOf } = balance
    if ((await state.find(openingBalances, projectCode)) !== undefined) {
      throw new Refusal('RECORD_EXISTS', { kind: 'openingBalance', id: [projectCode] })
    }
    const { underWay } = await state.load(projects, projectCode)
    judgement
      .apply(R47Record, {
        underWay: underWay === true,
        asOf,
        today: day,
        advanceFen: BigInt(balance.advanceFen),
        recoveredFen: BigInt(balance.recoveredFen),
      })
      .refuse()
    const record: OpeningBalance = {
      kind: 'openingBalance',
      version: 1,
      ...balance,
      status: 'OWNER_SIGNED',
      signedBy: actor.key,
      ownerUscc: actor.uscc,
      anchor: await anchor(context, projectCode, actor.uscc, document),
      time,
      tx,
    }
    await state.create(openingBalances, [projectCode], record)
    return { record }
  },
}
