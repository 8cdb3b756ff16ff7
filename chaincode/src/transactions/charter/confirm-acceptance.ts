import {
  acceptanceConfirmation,
  acceptanceParties,
  acceptances,
  contracts,
  projects,
  type AcceptanceConfirmation,
  type AcceptanceParty,
  type Contract,
} from '@caizheng/records'
import { ofContract } from '../../business/of-contract.js'
import { requirePast } from '../../business/require-past.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { passGate, gatesOf } from '../../business/works.js'
import { R14 } from '../../rules/r14-gates.js'
import { R41 } from '../../rules/r41-acceptance.js'

/** 竣工验收合格: with every party's signature (R41). From this day on the defects liability period runs (R32). */
export const confirmAcceptance: TransactionType<AcceptanceConfirmation> = {
  name: 'ConfirmAcceptance',
  request: acceptanceConfirmation,
  authority: [{ role: 'OWNER_PROJECT_LEAD', of: 'owner' }],
  place: ofContract,
  async run({ request: { contractNo, acceptedOn }, state, moment: { time, day }, judgement, tx }) {
    const contract = await state.load(contracts, contractNo)
    const acceptance = await state.load(acceptances, contractNo)
    requireStatus(acceptance, 'OPEN')
    const { projectCode } = contract
    const gates = gatesOf(contract, await state.load(projects, projectCode))
    judgement
      .apply(R14, { step: 'ACCEPTANCE', on: acceptedOn, gates, needs: ['COMPLETION'] })
      .apply(R41, {
        needed: neededParties(contract),
        signatures: acceptance.signatures,
        testReports: acceptance.testReportsDigest !== undefined,
      })
      .refuse()
    requireStatus(contract, 'COMPLETED')
    requirePast({ acceptedOn }, day)
    const event = { time, tx }
    await state.save(contracts, [contractNo], { ...contract, status: 'ACCEPTED', acceptedOn, ...event })
    await passGate(state, projectCode, 'ACCEPTANCE', acceptedOn, event)
    const record = { ...acceptance, status: 'ACCEPTED' as const, acceptedOn, ...event }
    await state.save(acceptances, [contractNo], record)
    return { record }
  },
}

/** Works are accepted by all five; goods and services by those who ordered and who delivered. */
function neededParties({ contractKind }: Contract): readonly AcceptanceParty[] {
  return contractKind === 'WORKS' ? acceptanceParties : ['owner', 'contractor']
}
