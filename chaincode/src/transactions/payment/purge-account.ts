import { accountChanges, accountPurgeRequest, accounts, contracts, type AccountPurgeRequest } from '@caizheng/records'
import { secretKey } from '../../business/account-secret.js'
import { recordCorrection } from '../../business/correction.js'
import { ofContract } from '../../business/of-contract.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'
import { ACCOUNTS } from '../../state/collections.js'

/**
 * Purges the number and salt of an account that was changed, from every node of the collection and from what they keep of
 * earlier blocks. Finance's approver decides when nothing is left to pay to it; the number in force, and one that waits for
 * its signatures, stays. The digest remains on the chain and, without the salt, tells nothing.
 *
 * @throws {Refusal} `STATUS_CONFLICT` for a number in use, `RECORD_NOT_FOUND` for one that isn't kept
 */
export const purgeAccount: TransactionType<AccountPurgeRequest> = {
  name: 'PurgeAccount',
  request: accountPurgeRequest,
  authority: [{ role: 'FINANCE_APPROVER' }],
  place: ofContract,
  async run(call) {
    const {
      request: { contractNo, account, accountDigest, reason },
      state,
      moment: { day },
      context: { stub },
    } = call
    const { projectCode } = await state.load(contracts, contractNo)
    const inForce = await state.load(accounts, contractNo, account)
    const change = await state.find(accountChanges, contractNo, account)
    if (inForce.accountDigest === accountDigest)
      throw new Refusal('STATUS_CONFLICT', { accountDigest, status: 'IN_FORCE' })
    if (change?.status === 'PROPOSED' && change.accountDigest === accountDigest) {
      throw new Refusal('STATUS_CONFLICT', { accountDigest, status: 'PROPOSED' })
    }
    const key = secretKey(contractNo, account, accountDigest)
    const kept = await stub.getPrivateDataHash(ACCOUNTS, key)
    if (kept.length === 0) throw new Refusal('RECORD_NOT_FOUND', { kind: 'account', id: [contractNo, account] })
    await stub.purgePrivateData(ACCOUNTS, key)
    const what = { type: 'PurgeAccount', projectCode, subject: contractNo, reason, on: day }
    return { record: await recordCorrection(call, what) }
  },
}
