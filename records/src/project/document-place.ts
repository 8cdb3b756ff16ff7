import * as z from 'zod/mini'
import { documentType, hexDigest, projectCode, uscc } from '../schema/fields.js'
import { text } from '../schema/fields.js'
import { recordType } from '../schema/record-type.js'

const DocumentPlaceV1 = z.strictObject({
  kind: z.literal('documentPlace'),
  version: z.literal(1),
  /** SHA-256 of the document. */
  digest: hexDigest,
  projectCode,
  type: documentType,
})

/** Where a document first stood behind a transaction (R24). Key: `documentPlace:<digest>`. */
export const documentPlaces = recordType('documentPlace', "a document's first place", DocumentPlaceV1)
export type DocumentPlace = z.infer<typeof DocumentPlaceV1>

const DocumentNumberV1 = z.strictObject({
  kind: z.literal('documentNumber'),
  version: z.literal(1),
  /** SHA-256 over issuer, type and number: the number may hold what a key may not. */
  id: hexDigest,
  issuer: uscc,
  type: documentType,
  number: text(100),
  projectCode,
})

/** The one project of a document's number (R25). Key: `documentNumber:<id>`. */
export const documentNumbers = recordType('documentNumber', "a document's number", DocumentNumberV1)
export type DocumentNumber = z.infer<typeof DocumentNumberV1>
