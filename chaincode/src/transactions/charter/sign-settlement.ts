import { settlementSigning, settlements, settingOf, type Settlement, type SettlementSigning } from '@caizheng/records'
import { ofContract } from '../../business/of-contract.js'
import { requirePast } from '../../business/require-past.js'
import { requireSettlement } from '../../business/settlement.js'
import { requireStatus } from '../../business/status.js'
import type { Call, TransactionType } from '../../business/transaction.js'
import { passGate } from '../../business/works.js'
import { malformed } from '../../guards/input.js'
import { Refusal } from '../../refusals/refusal.js'
import { addDays } from '../../rules/days.js'

/**
 * 结算签认, by the contractor and by the owner, each once. With both it is final: what is payable may be applied for, the owner's
 * day begins the days of payment (R21), and what was paid too much comes back within its days (R02).
 */
export const signSettlement: TransactionType<SettlementSigning> = {
  name: 'SignSettlement',
  request: settlementSigning,
  authority: [
    { role: 'CONTRACTOR_PROJECT_MANAGER', of: 'contractor' },
    { role: 'OWNER_PROJECT_LEAD', of: 'owner' },
  ],
  place: ofContract,
  async run(call) {
    const {
      request: { contractNo, settlementNo, confirmedOn },
      actor: { key, role, uscc },
      state,
      moment: { time, day },
      tx,
    } = call
    const settlement = await requireSettlement(state, contractNo, settlementNo)
    requireStatus(settlement, 'APPROVED')
    const party = role === 'OWNER_PROJECT_LEAD' ? ('owner' as const) : ('contractor' as const)
    if (settlement.signatures.some((one) => one.party === party)) {
      throw new Refusal('RECORD_EXISTS', { kind: 'signature', id: [contractNo, settlementNo, party] })
    }
    if ((confirmedOn === undefined) === (party === 'owner')) {
      const problem =
        party === 'owner' ? 'is missing: the owner says when it confirms' : "is of the owner's signature only"
      throw malformed('request', [{ at: '/confirmedOn', problem }])
    }
    if (confirmedOn !== undefined) requireConfirmable(settlement, confirmedOn, day)
    const signatures = [...settlement.signatures, { party, key, role, uscc, time }]
    const confirmed = confirmedOn === undefined ? {} : { confirmedOn }
    const signed = { ...settlement, ...confirmed, signatures, time, tx }
    const record = signatures.length === 2 ? final(call, signed) : signed
    await state.save(settlements, [contractNo], record)
    if (record.status === 'SIGNED') await passGate(state, record.projectCode, 'SETTLEMENT', day, { time, tx })
    return { record }
  },
}

function requireConfirmable({ approval }: Settlement, confirmedOn: string, today: string): void {
  requirePast({ confirmedOn }, today)
  const approvedOn = approval?.approvedOn ?? today
  if (confirmedOn < approvedOn) throw new Refusal('STATUS_CONFLICT', { confirmedOn, approvedOn })
}

/** With the second signature: an over-payment has its last day. */
function final({ settings, moment: { day } }: Call<SettlementSigning>, settlement: Settlement): Settlement {
  const overpaid = (settlement.approval?.overpaidFen ?? '0') !== '0'
  const days = settingOf(settings, 'R02', 'settlementOverpayReturnDays') as number
  return { ...settlement, status: 'SIGNED', ...(overpaid ? { returnBy: addDays(day, days) } : {}) }
}
