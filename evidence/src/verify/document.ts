import { sha256, sm3, toHex } from '@caizheng/fabric-wire'
import type { LeafDocument } from '../leaf/leaf.js'
import { EvidenceError } from '../fault.js'

/** A document to verify: its bytes, or its digests where the bytes are elsewhere (64 lower-case hexadecimal digits each). */
export type DocumentInput = Uint8Array | { readonly sha256: string; readonly sm3?: string }

/** What can be compared of a document. */
export interface DocumentDigests {
  readonly sha256: string
  readonly sm3: string | undefined
  readonly size: number | undefined
}

const DIGEST = /^[0-9a-f]{64}$/

/**
 * @param onlySha256 leaves SM3 aside
 * @throws EvidenceError DIGEST_FORM
 */
export function digestsOf(document: DocumentInput, onlySha256 = false): DocumentDigests {
  if (document instanceof Uint8Array) {
    const digest = toHex(sha256(document))
    return { sha256: digest, sm3: onlySha256 ? undefined : toHex(sm3(document)), size: document.length }
  }
  for (const value of [document.sha256, document.sm3]) {
    if (value !== undefined && !(typeof value === 'string' && DIGEST.test(value))) {
      throw new EvidenceError('DIGEST_FORM', { value: String(value) })
    }
  }
  return { sha256: document.sha256, sm3: onlySha256 ? undefined : document.sm3, size: undefined }
}

/** Documents that an evidence file is about, found by SHA-256. */
export class DocumentIndex<T extends { readonly document: LeafDocument }> {
  readonly #bySha256 = new Map<string, T[]>()

  constructor(entries: readonly T[]) {
    for (const entry of entries) {
      const { sha256 } = entry.document.digests
      const others = this.#bySha256.get(sha256)
      if (others === undefined) this.#bySha256.set(sha256, [entry])
      else others.push(entry)
    }
  }

  /**
   * The entry that a document matches in everything that is known of it.
   *
   * @throws EvidenceError DOCUMENT_DIGEST or DOCUMENT_SIZE
   */
  find({ sha256, sm3, size }: DocumentDigests): T {
    const same = this.#bySha256.get(sha256)
    if (same === undefined) throw new EvidenceError('DOCUMENT_DIGEST', { algorithm: 'SHA-256', actual: sha256 })
    const sameSm3 = same.filter(({ document }) => sm3 === undefined || document.digests.sm3 === sm3)
    if (sameSm3[0] === undefined) throw new EvidenceError('DOCUMENT_DIGEST', { algorithm: 'SM3', actual: sm3 ?? '' })
    const match = sameSm3.find(({ document }) => size === undefined || (document.size ?? size) === size)
    if (match === undefined) {
      throw new EvidenceError('DOCUMENT_SIZE', { actual: size ?? 0, expected: sameSm3[0].document.size ?? 0 })
    }
    return match
  }
}
