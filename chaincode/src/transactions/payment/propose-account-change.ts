import {
  accountChangeRequest,
  accountChanges,
  accounts,
  contracts,
  settingOf,
  type AccountChange,
  type AccountChangeRequest,
} from '@caizheng/records'
import { secretKey } from '../../business/account-secret.js'
import { anchor } from '../../business/anchor.js'
import { ofContract } from '../../business/of-contract.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'
import { addDays } from '../../rules/days.js'
import { R19Registration } from '../../rules/r19-account.js'
import { ACCOUNTS } from '../../state/collections.js'

/**
 * A change of payee, as the contractor asks for it (R19): the number and salt as transient data. It needs the owner's and
 * finance's signature, and takes effect after the days of waiting in which a fraud would be noticed.
 */
export const proposeAccountChange: TransactionType<AccountChangeRequest> = {
  name: 'ProposeAccountChange',
  request: accountChangeRequest,
  authority: [{ role: 'CONTRACTOR_PROJECT_MANAGER', of: 'contractor' }],
  place: ofContract,
  async run({ request, actor, state, moment: { time, day }, settings, judgement, tx, context }) {
    const { document, ...change } = request
    const { contractNo, account, accountDigest } = change
    await state.load(accounts, contractNo, account)
    const open = await state.find(accountChanges, contractNo, account)
    if (open?.status === 'PROPOSED')
      throw new Refusal('RECORD_EXISTS', { kind: 'accountChange', id: [contractNo, account] })
    const { secret, digest } = context.accountSecret()
    judgement.apply(R19Registration, { given: accountDigest, computed: digest }).refuse()
    const { projectCode } = await state.load(contracts, contractNo)
    const { key, role, uscc } = actor
    const record: AccountChange = {
      kind: 'accountChange',
      version: 1,
      ...change,
      signatures: [{ key, role, uscc, time }],
      notBefore: addDays(day, settingOf(settings, 'R19', 'changeWaitDays') as number),
      status: 'PROPOSED',
      anchor: await anchor(context, projectCode, uscc, document),
      time,
      tx,
    }
    await state.save(accountChanges, [contractNo, account], record)
    await context.stub.putPrivateData(ACCOUNTS, secretKey(contractNo, account, accountDigest), secret)
    return { record }
  },
}
