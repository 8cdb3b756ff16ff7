import * as z from 'zod/mini'
import { hexDigest, timestamp } from '../schema/fields.js'
import { count } from '../schema/amounts.js'
import { businessNumber, codeName, day } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'

/** Kilograms as a decimal string. */
const kilograms = z.string().check(z.regex(/^(0|[1-9]\d{0,11})$/, 'must be whole kilograms (R26)'))

const shape = {
  evidenceNo: businessNumber,
  contractNo: businessNumber,
  day,
  periodNo: count(10_000),
  /** Photos or video stills, with place in millionths of a degree; `takenAt` with its offset, in Asia/Shanghai. */
  photos: z
    .array(
      z.strictObject({
        digest: hexDigest,
        takenAt: z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/, 'must be a time with +08:00')),
        latE6: z.int().check(z.minimum(-90_000_000), z.maximum(90_000_000)),
        lonE6: z.int().check(z.minimum(-180_000_000), z.maximum(180_000_000)),
      }),
    )
    .check(z.maxLength(100)),
  weighings: z
    .array(
      z.strictObject({
        batchNo: businessNumber,
        material: codeName,
        netKg: kilograms,
        ticketCount: count(100_000),
        ticketsDigest: hexDigest,
      }),
    )
    .check(z.maxLength(100)),
  /** Who was there: a count and a salted digest of the list. */
  checkIn: z.exactOptional(z.strictObject({ workers: count(100_000), digest: hexDigest })),
}

/** `RecordSiteEvidence` */
export const siteEvidenceRequest = requestType('site evidence', shape)
export type SiteEvidenceRequest = RequestOf<typeof siteEvidenceRequest>

const SiteEvidenceV1 = z.strictObject({
  kind: z.literal('siteEvidence'),
  version: z.literal(1),
  ...shape,
  recordedBy: hexDigest,
  time: timestamp,
  tx: hexDigest,
})

/** A day's evidence of a site. Key: `siteEvidence:<contractNo>:<evidenceNo>`. */
export const siteEvidence = recordType('siteEvidence', 'site evidence', SiteEvidenceV1)
export type SiteEvidence = z.infer<typeof SiteEvidenceV1>

/** Where a photo was first seen (R24). Key: `photo:<digest>`. */
export const photos = recordType(
  'photo',
  "a photo's first place",
  z.strictObject({
    kind: z.literal('photo'),
    version: z.literal(1),
    digest: hexDigest,
    contractNo: businessNumber,
    evidenceNo: businessNumber,
  }),
)
