import { settlements, type Settlement } from '@caizheng/records'
import type { SettlementGrant } from '../rules/r02-payment-ceiling.js'
import { Refusal } from '../refusals/refusal.js'
import type { State } from './state.js'

/** A contract's settlement, which must have this number. @throws {Refusal} `RECORD_NOT_FOUND` */
export async function requireSettlement(state: State, contractNo: string, settlementNo: string): Promise<Settlement> {
  const settlement = await state.load(settlements, contractNo)
  if (settlement.settlementNo === settlementNo) return settlement
  throw new Refusal('RECORD_NOT_FOUND', { kind: 'settlement', id: [contractNo, settlementNo] })
}

/** What a settlement lets be paid, once it is approved. */
export function grantOf(settlement: Settlement | undefined): SettlementGrant | undefined {
  if (settlement?.approval === undefined) return undefined
  const { approvedFen, payableFen, cashRetentionFen } = settlement.approval
  return {
    approvedFen: BigInt(approvedFen),
    payableFen: BigInt(payableFen),
    cashRetentionFen: BigInt(cashRetentionFen),
    signed: settlement.status === 'SIGNED',
  }
}
