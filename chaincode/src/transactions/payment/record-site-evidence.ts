import {
  contractTotals,
  momentOf,
  photos,
  siteEvidence,
  siteEvidenceRequest,
  type SiteEvidence,
  type SiteEvidenceRequest,
} from '@caizheng/records'
import { ofContract } from '../../business/of-contract.js'
import type { State } from '../../business/state.js'
import type { TransactionType } from '../../business/transaction.js'
import { R24Photos, type PhotoPlaces } from '../../rules/r24-reuse.js'

/** A day's evidence of a site: digests of photos, weighings, check-ins. It stops the stall clock (R37). */
export const recordSiteEvidence: TransactionType<SiteEvidenceRequest> = {
  name: 'RecordSiteEvidence',
  request: siteEvidenceRequest,
  authority: [
    { role: 'CONTRACTOR_CLERK', of: 'contractor' },
    { role: 'SUPERVISION_ENGINEER', of: 'supervision' },
  ],
  place: ofContract,
  async run({ request, actor, state, moment: { time }, judgement, tx }) {
    const { contractNo, evidenceNo } = request
    judgement.apply(R24Photos, await places(state, request)).refuse()
    const record: SiteEvidence = { kind: 'siteEvidence', version: 1, ...request, recordedBy: actor.key, time, tx }
    if (await state.create(siteEvidence, [contractNo, evidenceNo], record)) {
      for (const { digest } of request.photos) {
        if ((await state.find(photos, digest)) === undefined) {
          await state.create(photos, [digest], { kind: 'photo', version: 1, digest, contractNo, evidenceNo })
        }
      }
      const totals = await state.load(contractTotals, contractNo)
      // Evidence may come late and out of order: the clock counts from the latest.
      const last = totals.lastEvidenceAt
      const lastEvidenceAt = last !== undefined && momentOf(last) > momentOf(time) ? last : time
      await state.save(contractTotals, [contractNo], { ...totals, lastEvidenceAt, time })
    }
    return { record: await state.load(siteEvidence, contractNo, evidenceNo) }
  },
}

async function places(state: State, request: Omit<SiteEvidenceRequest, 'at'>): Promise<PhotoPlaces> {
  const seen = await Promise.all(request.photos.map(({ digest }) => state.find(photos, digest)))
  const elsewhere = seen
    .filter((photo) => photo !== undefined)
    .filter(({ contractNo, evidenceNo }) => contractNo !== request.contractNo || evidenceNo !== request.evidenceNo)
  return { elsewhere, photos: request.photos.length }
}
