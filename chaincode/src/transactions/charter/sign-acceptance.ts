import { acceptances, acceptanceSigning, contracts, type AcceptanceSigning } from '@caizheng/records'
import { ofContract } from '../../business/of-contract.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'
import { R07Signature } from '../../rules/r07-chief-signature.js'

/** 五方签署: each party's own lead, for that party alone (R41); supervision's is the chief engineer (R07). */
export const signAcceptance: TransactionType<AcceptanceSigning> = {
  name: 'SignAcceptance',
  request: acceptanceSigning,
  authority: [
    { role: 'OWNER_PROJECT_LEAD', of: 'owner', when: { party: 'owner' } },
    { role: 'SURVEY_LEAD', of: 'survey', when: { party: 'survey' } },
    { role: 'DESIGN_LEAD', of: 'design', when: { party: 'design' } },
    { role: 'CHIEF_SUPERVISION_ENGINEER', of: 'supervision', when: { party: 'supervision' } },
    { role: 'CONTRACTOR_PROJECT_MANAGER', of: 'contractor', when: { party: 'contractor' } },
  ],
  duty: 'R41',
  async place({ contractNo }, state) {
    const { project, parties } = await ofContract({ contractNo }, state)
    const { surveyUscc: survey, designUscc: design } = (await state.find(acceptances, contractNo)) ?? {}
    const named = { ...(survey === undefined ? {} : { survey }), ...(design === undefined ? {} : { design }) }
    return { ...(project === undefined ? {} : { project }), parties: { ...parties, ...named } }
  },
  async run({ request: { contractNo, acceptanceNo, party }, actor, state, moment: { time }, judgement, tx }) {
    const acceptance = await state.load(acceptances, contractNo)
    if (acceptance.acceptanceNo !== acceptanceNo) {
      throw new Refusal('RECORD_NOT_FOUND', { kind: 'acceptance', id: [contractNo, acceptanceNo] })
    }
    requireStatus(acceptance, 'OPEN')
    const { key, role, uscc } = actor
    if (party === 'supervision') {
      const { supervisionFirmUscc } = await state.load(contracts, contractNo)
      judgement.apply(R07Signature, { role, uscc, supervisionFirmUscc }).refuse()
    }
    if (acceptance.signatures.some((one) => one.party === party)) {
      throw new Refusal('RECORD_EXISTS', { kind: 'signature', id: [contractNo, acceptanceNo, party] })
    }
    const signatures = [...acceptance.signatures, { party, key, role, uscc, time }]
    const record = { ...acceptance, signatures, time, tx }
    await state.save(acceptances, [contractNo], record)
    return { record }
  },
}
