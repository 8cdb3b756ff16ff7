import { consentRequest, proposals, type ConsentRequest } from '@caizheng/records'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'
import { consentTo, lapsed } from './consents.js'

/**
 * Consents to what another organisation's administrator proposed, named by its digest: a consent to other content is another
 * proposal's.
 *
 * @throws {Refusal} `RECORD_NOT_FOUND`; `STATUS_CONFLICT` for a proposal that lapsed
 */
export const consent: TransactionType<ConsentRequest> = {
  name: 'Consent',
  request: consentRequest,
  authority: [{ role: 'CONSORTIUM_ADMIN' }],
  async run(call) {
    const { request, state, moment } = call
    const proposal = await state.load(proposals, request.proposal)
    if (lapsed(proposal, moment.time)) {
      throw new Refusal('STATUS_CONFLICT', { kind: 'proposal', status: 'LAPSED', until: proposal.until })
    }
    return consentTo(call, proposal)
  },
}
