import { canonicalBytes, LEAF_FORMAT, parseAnchorRequest, RecordError, type AnchorRequest } from '@caizheng/records'
import { EvidenceError, why } from '../fault.js'
import { decodeCanonical } from '../format/canonical.js'

export { LEAF_FORMAT }

/** What a leaf says of its document: what a single anchor says too, without a place for an earlier version. */
export type LeafDocument = Omit<AnchorRequest, 'previous'>

/**
 * One document of a batch. `salt` is 128 random bits as hexadecimal: whoever holds a path sees its neighbours' hashes, and
 * could otherwise find out by trying which document stands behind them.
 */
export interface Leaf extends LeafDocument {
  readonly format: typeof LEAF_FORMAT
  readonly salt: string
}

/** Most bytes of a leaf. */
export const MAX_LEAF_BYTES = 16_384
const SALT = /^[0-9a-f]{32}$/

/** A fresh salt from the platform's cryptographic random source. */
export function newSalt(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Makes the leaf of a document.
 *
 * @param salt 32 hexadecimal digits; a fresh one unless given. Journal it before the root is submitted: without it the leaf
 *   cannot be made again.
 * @throws EvidenceError SCHEMA if the document does not follow the rules of an anchor
 * @example
 * const leaf = newLeaf({ digests, type: 'INVOICE', number: '2612', issuer, project, provenance })
 */
export function newLeaf(document: LeafDocument, salt: string = newSalt()): Leaf {
  return checkLeaf({ ...document, format: LEAF_FORMAT, salt })
}

/**
 * Checks that a value is a leaf.
 *
 * @throws EvidenceError SCHEMA
 */
export function checkLeaf(value: unknown): Leaf {
  const { format, salt, document } = readLeaf(value)
  return { ...document, format, salt }
}

function readLeaf(value: unknown): Pick<Leaf, 'format' | 'salt'> & { readonly document: LeafDocument } {
  const { format, salt, ...document } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Leaf>
  if (format !== LEAF_FORMAT) throw new EvidenceError('SCHEMA', { path: '/format', why: `must be ${LEAF_FORMAT}` })
  if (typeof salt !== 'string' || !SALT.test(salt)) {
    throw new EvidenceError('SCHEMA', { path: '/salt', why: 'must be 32 lower-case hexadecimal digits' })
  }
  if ('previous' in document) throw new EvidenceError('SCHEMA', { path: '/previous', why: 'has no place in a leaf' })
  try {
    return { document: parseAnchorRequest(document), format, salt }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    throw new EvidenceError('SCHEMA', { path: '/', why: why(error) }, { cause: error })
  }
}

/** True if the value is a leaf; for schemas. */
export function isLeaf(value: unknown): value is Leaf {
  try {
    readLeaf(value)
    return true
  } catch {
    return false
  }
}

/** The leaf's bytes, canonical JSON: what both trees hash. */
export function encodeLeaf(leaf: Leaf): Uint8Array {
  return canonicalBytes(leaf)
}

/**
 * Reads a leaf's bytes.
 *
 * @throws EvidenceError TOO_LARGE, NOT_JSON, NOT_CANONICAL or SCHEMA
 */
export function decodeLeaf(bytes: Uint8Array): Leaf {
  return checkLeaf(decodeCanonical(bytes, MAX_LEAF_BYTES))
}
