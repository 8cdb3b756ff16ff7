import * as z from 'zod/mini'
import { anchorRequestShape } from '../anchor/request.js'

const { type, number, digests, size, mime, provenance, previous } = anchorRequestShape

/** The document behind a transaction: anchored by the same transaction, in the name of the organisation that acts. */
export const documentReference = z.strictObject({ type, number, digests, size, mime, provenance, previous })
export type DocumentReference = z.infer<typeof documentReference>
