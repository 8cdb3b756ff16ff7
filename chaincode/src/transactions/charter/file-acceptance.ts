import { acceptanceFiling, acceptances, contracts, type AcceptanceFiling } from '@caizheng/records'
import { ofContract } from '../../business/of-contract.js'
import { requirePast } from '../../business/require-past.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { R41Filing } from '../../rules/r41-acceptance.js'

/** 竣工验收备案, by the construction bureau: late, it is an alert (R41). No settlement and no payment waits for it. */
export const fileAcceptance: TransactionType<AcceptanceFiling> = {
  name: 'FileAcceptance',
  request: acceptanceFiling,
  authority: [{ role: 'CONSTRUCTION_OFFICER' }],
  place: ofContract,
  async run({ request: { contractNo, filedOn, filingNo }, state, moment: { time, day }, judgement, tx }) {
    const contract = await state.load(contracts, contractNo)
    const acceptance = await state.load(acceptances, contractNo)
    requireStatus(acceptance, 'ACCEPTED')
    requirePast({ filedOn }, day)
    judgement.apply(R41Filing, { acceptedOn: acceptance.acceptedOn ?? filedOn, on: filedOn })
    const event = { time, tx }
    await state.save(contracts, [contractNo], { ...contract, filedOn, ...event })
    const record = { ...acceptance, status: 'FILED' as const, filedOn, filingNo, ...event }
    await state.save(acceptances, [contractNo], record)
    return { record }
  },
}
