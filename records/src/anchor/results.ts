import * as z from 'zod/mini'
import { parseCanonical } from '../canonical/index.js'
import { hexDigest } from '../schema/fields.js'
import { read } from '../schema/read.js'
import { parseAnchor, type Anchor } from './anchor.js'

/** What `AnchorDocument` answers. */
export interface AnchorResult {
  /** `false`: the same anchor was there already, and nothing was written. */
  readonly created: boolean
  readonly anchor: Anchor
}

/** What the three listing functions answer. */
export interface AnchorPage {
  /** Oldest first, by transaction time. */
  readonly anchors: readonly Anchor[]
  /** Pass it to the next call; empty after the last page. */
  readonly bookmark: string
}

const Result = z.strictObject({ created: z.boolean(), anchor: z.unknown() })
const Page = z.strictObject({ anchors: z.array(z.unknown()), bookmark: z.string() })

/** @throws {RecordError} or {@link CanonicalError} where the bytes are no such answer. */
export function parseAnchorResult(bytes: string | Uint8Array): AnchorResult {
  const { created, anchor } = read(Result, parseCanonical(bytes), 'an anchor result')
  return { created, anchor: parseAnchor(anchor) }
}

/** @throws {RecordError} or {@link CanonicalError} where the bytes are no such answer. */
export function parseAnchorPage(bytes: string | Uint8Array): AnchorPage {
  const { anchors, bookmark } = read(Page, parseCanonical(bytes), 'a page of anchors')
  return { anchors: anchors.map((anchor) => parseAnchor(anchor)), bookmark }
}

/** The name of the event of a transaction that created an anchor; the only event of the evidence contract. */
export const ANCHOR_CREATED_EVENT = 'AnchorCreated'

/** The event's payload; the record itself is in the transaction's writes. */
export const AnchorCreated = z.strictObject({ kind: z.literal('anchorCreated'), version: z.literal(1), id: hexDigest })
export type AnchorCreated = z.infer<typeof AnchorCreated>

/** The largest page that the listing functions give. */
export const MAX_PAGE_SIZE = 100
