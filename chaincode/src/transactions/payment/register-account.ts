import {
  accountRequest,
  accounts,
  contracts,
  programmeOf,
  projects,
  type Account,
  type AccountRequest,
} from '@caizheng/records'
import { secretKey } from '../../business/account-secret.js'
import { ofContract } from '../../business/of-contract.js'
import type { TransactionType } from '../../business/transaction.js'
import { R19Payees, R19Registration } from '../../rules/r19-account.js'
import { ACCOUNTS } from '../../state/collections.js'

/**
 * Registers where a contract's money goes. The number and its salt come as transient data and lie in a private collection of
 * finance and construction; the state has the digest only. A change of payee is another transaction: this one writes once.
 *
 * @throws {Refusal} `ARGUMENT_MALFORMED` without the transient data; `RULES_BROKEN` R19
 */
export const registerAccount: TransactionType<AccountRequest> = {
  name: 'RegisterAccount',
  request: accountRequest,
  authority: [{ role: 'CONTRACTOR_PROJECT_MANAGER', of: 'contractor' }],
  place: ofContract,
  async run({ request, actor, state, moment: { time }, judgement, tx, context }) {
    const { contractNo, account, holderUscc, accountDigest } = request
    const { contractorUscc, projectCode } = await state.load(contracts, contractNo)
    const { persons } = programmeOf(await state.load(projects, projectCode))
    if (holderUscc !== contractorUscc) {
      judgement.add('R19', [{ outcome: 'REJECT', case: 'HOLDER', expected: contractorUscc, actual: holderUscc }])
    }
    const { secret, digest } = context.accountSecret()
    judgement
      .apply(R19Registration, { given: accountDigest, computed: digest })
      .apply(R19Payees, { payees: [account], persons, outcome: 'REJECT' })
      .refuse()
    const record: Account = { kind: 'account', version: 1, ...request, registeredBy: actor.key, time, tx }
    if (await state.create(accounts, [contractNo, account], record)) {
      await context.stub.putPrivateData(ACCOUNTS, secretKey(contractNo, account, accountDigest), secret)
    }
    return { record: await state.load(accounts, contractNo, account) }
  },
}
