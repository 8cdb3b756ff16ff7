import { openingBalanceConfirmation, openingBalances, type OpeningBalanceConfirmation } from '@caizheng/records'
import { ofProject } from '../../business/of-contract.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { R47Confirmation } from '../../rules/r47-opening-balance.js'

/** Finance's signature under an opening balance (R47). It stays marked as unverified for ever. */
export const confirmOpeningBalance: TransactionType<OpeningBalanceConfirmation> = {
  name: 'ConfirmOpeningBalance',
  exception: 'OPENING_BALANCE',
  request: openingBalanceConfirmation,
  authority: [{ role: 'BUDGET_OFFICER' }],
  duty: 'R47',
  place: ofProject,
  async run({ request: { projectCode }, actor, state, moment: { time }, judgement, tx }) {
    const balance = await state.load(openingBalances, projectCode)
    requireStatus(balance, 'OWNER_SIGNED')
    judgement.apply(R47Confirmation, { ownerUscc: balance.ownerUscc, confirmerUscc: actor.uscc }).refuse()
    const record = { ...balance, status: 'BEFORE_CHAIN_UNVERIFIED' as const, confirmedBy: actor.key, time, tx }
    await state.save(openingBalances, [projectCode], record)
    return { record }
  },
}
