import * as z from 'zod/mini'
import { canonicalBytes } from '../canonical/index.js'
import { hexDigest, mspId, timestamp } from '../schema/fields.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { acts, type Act } from './acts.js'

/** `Propose`: many people are registered by one. */
export const proposalRequest = requestType('a proposal', { acts })
export type ProposalRequest = RequestOf<typeof proposalRequest>

/** `Consent`: to what was proposed, by its digest. */
export const consentRequest = requestType('a consent', { proposal: hexDigest })
export type ConsentRequest = RequestOf<typeof consentRequest>

const ProposalV1 = z.strictObject({
  kind: z.literal('proposal'),
  version: z.literal(1),
  id: hexDigest,
  acts,
  /** `IN_FORCE` with the consent of the last node organisation; the acts were carried out then. */
  status: z.enum(['PROPOSED', 'IN_FORCE']),
  /** One of each organisation: whose administrator, by which key, when. */
  consents: z.array(z.strictObject({ msp: mspId, key: hexDigest, time: timestamp })),
  /** It lapses if it is not in force by then. */
  until: timestamp,
  time: timestamp,
  tx: hexDigest,
})

/** What administrators propose, and who has consented. Key: `proposal:<id>`. */
export const proposals = recordType('proposal', 'a proposal', ProposalV1)
export type Proposal = z.infer<typeof ProposalV1>

/**
 * The bytes whose SHA-256 is a proposal's id: who consents compares it with what they have computed from the acts themselves.
 *
 * @param network the channel's genesis hash: a consent holds for one network only
 */
export function proposalPreimage(network: string, proposed: readonly Act[]): Uint8Array {
  const content = { label: 'caizheng-proposal-v1', network, acts: proposed }
  return canonicalBytes(content)
}
