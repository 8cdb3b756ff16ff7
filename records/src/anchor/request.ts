import * as z from 'zod/mini'
import {
  bytesCount,
  dateOrTimestamp,
  hexDigest,
  documentType,
  limits,
  mime,
  projectCode,
  text,
  uscc,
} from '../schema/fields.js'
import { read } from '../schema/read.js'

/** Where a document came from before it was anchored: courts ask (人民法院在线诉讼规则 arts. 16 to 18). */
export const Provenance = z.strictObject({
  /** The system that made or holds the document. */
  sourceSystem: text(limits.sourceSystem),
  /** When it was made: a day in Asia/Shanghai or a UTC timestamp. A claim of the submitter. */
  generatedAt: dateOrTimestamp,
  /** How it was made: the program and version, or the procedure. */
  generator: text(limits.generator),
  /** Who or what witnessed the making, such as a notary or a time-stamp authority. */
  witness: z.exactOptional(text(limits.witness)),
})
export type Provenance = z.infer<typeof Provenance>

/** Both digests of the same bytes. SHA-256 names the document; SM3 (GB/T 32905) stands beside it. */
export const Digests = z.strictObject({ sha256: hexDigest, sm3: hexDigest })
export type Digests = z.infer<typeof Digests>

/** What a submitter says about a document: all that `AnchorDocument` takes, and the part of the record that it fills. */
export const anchorRequestShape = {
  /** The project's national code. */
  project: projectCode,
  type: documentType,
  /** The document's own number (文号), as printed on it. */
  number: text(limits.number),
  /** The unified social credit code of the unit that issued the document. */
  issuer: uscc,
  digests: Digests,
  /** Length in bytes; absent where only digests are known. */
  size: z.exactOptional(bytesCount),
  mime: z.exactOptional(mime),
  provenance: Provenance,
  /** The id of the anchor that this document replaces: same project, same type. */
  previous: z.exactOptional(hexDigest),
}

export const AnchorRequest = z.strictObject(anchorRequestShape)
export type AnchorRequest = z.infer<typeof AnchorRequest>

/**
 * Checks a request before it is sent, and again in the chaincode. Send it as `canonicalize(request)`.
 *
 * @throws {RecordError} with everything wrong in it.
 * @example
 * ```ts
 * parseAnchorRequest({
 *   project: '2303-331003-04-01-000001',
 *   type: 'CONTRACT',
 *   number: 'HT-2026-001',
 *   issuer: '12331003000001011C',
 *   digests: { sha256: '9f2c…', sm3: '41d0…' },
 *   provenance: { sourceSystem: '合同管理系统', generatedAt: '2026-11-23', generator: 'export 4.2' },
 * })
 * ```
 */
export function parseAnchorRequest(value: unknown): AnchorRequest {
  return read(AnchorRequest, value, 'an anchor request')
}
