import { accountChanges, accountChangeSignature, accounts, type AccountChangeSignature } from '@caizheng/records'
import { ofContract } from '../../business/of-contract.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'

const SIGNERS = ['OWNER_PAYMENT_OFFICER', 'FINANCE_APPROVER'] as const

/**
 * The owner's or finance's signature under a change of payee. The last one, no earlier than the wait is over, puts the account
 * in force (R19).
 */
export const signAccountChange: TransactionType<AccountChangeSignature> = {
  name: 'SignAccountChange',
  request: accountChangeSignature,
  authority: [{ role: 'OWNER_PAYMENT_OFFICER', of: 'owner' }, { role: 'FINANCE_APPROVER' }],
  place: ofContract,
  async run({ request: { contractNo, account }, actor, state, moment: { time, day }, judgement, tx }) {
    const change = await state.load(accountChanges, contractNo, account)
    requireStatus(change, 'PROPOSED')
    const { key, role, uscc } = actor
    if (change.signatures.some((one) => one.role === role)) {
      throw new Refusal('RECORD_EXISTS', { kind: 'signature', id: [contractNo, account, role] })
    }
    const signatures = [...change.signatures, { key, role, uscc, time }]
    const complete = SIGNERS.every((needed) => signatures.some((one) => one.role === needed))
    if (complete && day < change.notBefore) {
      judgement
        .add('R19', [{ outcome: 'REJECT', case: 'WAIT', expected: `≥ ${change.notBefore}`, actual: day }])
        .refuse()
    }
    const event = { time, tx }
    const record = { ...change, signatures, status: complete ? ('IN_FORCE' as const) : change.status, ...event }
    await state.save(accountChanges, [contractNo, account], record)
    if (complete) {
      const { accountDigest } = change
      await state.save(accounts, [contractNo, account], {
        ...(await state.load(accounts, contractNo, account)),
        accountDigest,
        ...event,
      })
    }
    return { record }
  },
}
