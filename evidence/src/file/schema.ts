import * as z from 'zod/mini'
import { base64, hash, list, wholeNumber } from '../format/primitives.js'
import { leafSchema } from '../leaf/schema.js'
import { MAX_TREE_SIZE } from '../merkle/index.js'

export const EVIDENCE_KIND = 'caizheng-evidence'
export const EVIDENCE_VERSION = 1
export const FABRIC_RECEIPT = 'fabric-endorsed-query-v1'

const endorsement = z.strictObject({ endorser: base64, signature: base64 })

/** An endorsed query that was never submitted, in the parts that its signatures cover. */
export const fabricReceiptSchema = z.strictObject({
  type: z.literal(FABRIC_RECEIPT),
  /** common.ChannelHeader */
  channelHeader: base64,
  /** common.SignatureHeader */
  signatureHeader: base64,
  /** protos.ChaincodeProposalPayload */
  proposalPayload: base64,
  /** protos.ProposalResponsePayload: what every node signed, with its own identity appended */
  responsePayload: base64,
  /** One an organisation, ascending by MSP id. */
  endorsements: list(endorsement, 1, 32),
})

/** Room for other kinds of receipt: a verifier that doesn't know the type says "can't tell". */
const otherReceiptSchema = z.looseObject({
  type: z.string().check(z.regex(/^(?!fabric-endorsed-query-v1$)[a-z0-9-]{1,64}$/)),
})

/** A receipt of any type: those of other types are passed over. */
export const receiptSchema = z.union([fabricReceiptSchema, otherReceiptSchema])

/** One document in a record of its own. */
const anchorSubject = z.strictObject({ type: z.literal('anchor') })

/** Documents that are leaves of one anchored tree, proven together (`merkle/multiproof.ts`). */
const batchSubject = z.strictObject({
  type: z.literal('batch'),
  size: wholeNumber(1, MAX_TREE_SIZE),
  /** Ascending by index. */
  leaves: list(z.strictObject({ index: wholeNumber(0, MAX_TREE_SIZE - 1), leaf: leafSchema }), 1, 100_000),
  nodes: z.strictObject({ sha256: list(hash, 0, 2_000_000), sm3: list(hash, 0, 2_000_000) }),
})

/** Room for statements beside the receipt (an SM2 co-signature, a time-stamp token): reported apart, never instead of it. */
const cosignature = z.looseObject({ type: z.string().check(z.regex(/^[a-z0-9-]{1,64}$/)) })

/** Schema of the evidence file, published as `schema/evidence-v1.schema.json`. */
export const evidenceSchema = z.strictObject({
  kind: z.literal(EVIDENCE_KIND),
  version: z.literal(EVIDENCE_VERSION),
  subject: z.discriminatedUnion('type', [anchorSubject, batchSubject]),
  receipt: receiptSchema,
  cosignatures: list(cosignature, 0, 32),
})

/** What an evidence file holds. */
export type EvidenceFile = z.infer<typeof evidenceSchema>
export type EvidenceSubject = EvidenceFile['subject']
export type BatchSubject = z.infer<typeof batchSubject>
export type FabricReceipt = z.infer<typeof fabricReceiptSchema>
