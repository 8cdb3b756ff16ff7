import {
  contracts,
  contractTotals,
  defectLists,
  guaranteeRelease,
  guarantees,
  projects,
  settlements,
  type GuaranteeRelease,
} from '@caizheng/records'
import { ofContract } from '../../business/of-contract.js'
import { requirePast } from '../../business/require-past.js'
import { releaseFacts } from '../../business/retention.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { gatesOf } from '../../business/works.js'
import { R14 } from '../../rules/r14-gates.js'
import { R32 } from '../../rules/r32-retention-release.js'

/**
 * 退还保函: the owner gives a deposit or a letter back. One for quality that a settlement counts on waits for the end of the defects
 * liability period and for supervision's word that no defect is open; the owner gives its own with this (R32). One that no
 * settlement counts on, or that another took the place of, may go at any time. One for performance waits for acceptance.
 */
export const releaseGuarantee: TransactionType<GuaranteeRelease> = {
  name: 'ReleaseGuarantee',
  request: guaranteeRelease,
  authority: [{ role: 'OWNER_PROJECT_LEAD', of: 'owner' }],
  place: ofContract,
  async run({ request: { contractNo, guaranteeNo, releasedOn }, state, moment: { time, day }, judgement, tx }) {
    const guarantee = await state.load(guarantees, contractNo, guaranteeNo)
    requireStatus(guarantee, 'HELD')
    requirePast({ releasedOn }, day)
    const contract = await state.load(contracts, contractNo)
    const totals = await state.load(contractTotals, contractNo)
    const left = BigInt(totals.qualityGuaranteeFen) - BigInt(guarantee.amountFen)
    const { approval } = (await state.find(settlements, contractNo)) ?? {}
    const quality = guarantee.depositKind === 'QUALITY'
    if (quality && left < BigInt(approval?.guaranteeFen ?? '0')) {
      const facts = releaseFacts(contract, await state.find(defectLists, contractNo))
      const signed = [...facts.signed, 'owner']
      judgement.apply(R32, { ...facts, signed, on: releasedOn, outcome: 'REJECT' })
    }
    if (guarantee.depositKind === 'PERFORMANCE' && contract.terminatedOn === undefined) {
      const gates = gatesOf(contract, await state.load(projects, contract.projectCode))
      judgement.apply(R14, { step: 'RELEASE', on: releasedOn, gates, needs: ['ACCEPTANCE'] })
    }
    judgement.refuse()
    if (quality) {
      await state.save(contractTotals, [contractNo], { ...totals, qualityGuaranteeFen: String(left), time })
    }
    const record = { ...guarantee, status: 'RELEASED' as const, releasedOn, time, tx }
    await state.save(guarantees, [contractNo, guaranteeNo], record)
    return { record }
  },
}
