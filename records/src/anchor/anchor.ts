import * as z from 'zod/mini'
import { hexDigest, mspId, timestamp } from '../schema/fields.js'
import { read } from '../schema/read.js'
import { readVersions } from '../schema/versions.js'
import { anchorRequestShape, type AnchorRequest } from './request.js'

/** Who submitted, as the certificate says; never as an argument claims. */
export const Submitter = z.strictObject({
  /** The MSP id of the organisation whose CA issued the certificate. */
  msp: mspId,
  /** SHA-256 over the certificate's issuer and subject names (DER, in this order): stays when the certificate is renewed. */
  id: hexDigest,
  /** SHA-256 over the certificate's SubjectPublicKeyInfo (DER): the key that signed. */
  key: hexDigest,
})
export type Submitter = z.infer<typeof Submitter>

/** A document's anchor as stored on the chain, version 1: canonical JSON at the state key {@link anchorKey}. */
export const AnchorV1 = z.strictObject({
  kind: z.literal('anchor'),
  version: z.literal(1),
  /** The channel's identity: SHA-256 of the genesis block's header (DER), hex. */
  network: hexDigest,
  /** SHA-256 of {@link anchorIdPreimage}, hex. */
  id: hexDigest,
  ...anchorRequestShape,
  submitter: Submitter,
  /** The transaction's timestamp, which every endorsing node compared with its own clock (within five minutes). */
  time: timestamp,
  /** The transaction id. */
  tx: hexDigest,
})

/** Any version of an anchor record. Later versions join this union; none ever leaves it. */
export type Anchor = z.infer<typeof AnchorV1>

/**
 * Reads a stored anchor of any version, from its bytes, its text or a parsed value. Bytes and text must be canonical.
 *
 * @throws {RecordError} `RECORD_INVALID`; {@link CanonicalError} where bytes or text are not canonical JSON.
 */
export function parseAnchor(input: unknown): Anchor {
  return readVersions('anchor', { 1: (value) => read(AnchorV1, value, 'an anchor record') }, input)
}

/** The part of a record that its submitter stated: what is compared when the same document comes again. */
export function requestOf(anchor: Anchor): AnchorRequest {
  const { project, type, number, issuer, digests, size, mime, provenance, previous } = anchor
  return {
    project,
    type,
    number,
    issuer,
    digests,
    ...(size === undefined ? {} : { size }),
    ...(mime === undefined ? {} : { mime }),
    provenance,
    ...(previous === undefined ? {} : { previous }),
  }
}
