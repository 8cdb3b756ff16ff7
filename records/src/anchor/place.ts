import { canonicalBytes } from '../canonical/index.js'
import type { DocumentType } from '../codes/document-type.js'

/** What decides where an anchor lives. */
export interface AnchorPlace {
  readonly network: string
  readonly project: string
  readonly type: DocumentType
  /** The document's SHA-256, hex. */
  readonly digest: string
  readonly submitter: { readonly msp: string; readonly id: string }
}

/**
 * The bytes whose SHA-256 (hex) is an anchor's id. Hashing is the caller's: this package runs in browsers as in chaincode.
 *
 * The submitter is part of it, so each has a place of its own and nobody can take another's; the network is, so an anchor
 * of a trial channel is no anchor of the real one.
 *
 * @example
 * ```ts
 * const id = createHash('sha256').update(anchorIdPreimage(place)).digest('hex')
 * ```
 */
export function anchorIdPreimage(place: AnchorPlace): Uint8Array {
  const { network, project, type, digest, submitter } = place
  return canonicalBytes({
    label: 'caizheng-anchor-id-v1',
    network,
    project,
    type,
    digest,
    submitter: { msp: submitter.msp, id: submitter.id },
  })
}

/** The state key of an anchor. */
export function anchorKey(id: string): string {
  return `anchor:${id}`
}
