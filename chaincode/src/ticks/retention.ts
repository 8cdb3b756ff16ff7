import { contractTotals, settlements } from '@caizheng/records'
import { heldRetention } from '../business/retention.js'
import { R32Late } from '../rules/r32-retention-release.js'
import type { Tick } from './tick.js'

/** R32: retention that is held after the defects liability period. */
export const retention: Tick = {
  about: 'contract',
  async judge({ request: { tickDate }, state, judgement }, contract) {
    const { contractNo, liabilityMonths } = contract
    const since = contract.acceptedOn ?? contract.terminatedOn
    if (since === undefined) return
    const totals = await state.load(contractTotals, contractNo)
    const heldFen = heldRetention(totals, await state.find(settlements, contractNo))
    judgement.apply(R32Late, { since, liabilityMonths, today: tickDate, heldFen })
  },
}
