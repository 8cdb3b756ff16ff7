import type { BatchedDocument } from '../batches/batches.js'
import type { Services } from './services.js'
import { parseAnchor } from '@caizheng/records'
import type { IndexedAnchor } from '../index/anchor-index.js'
import type { OutboxEntry } from '../outbox/outbox.js'

/** A document that is not on the chain (yet), as the API shows it. */
export function pendingView(entry: OutboxEntry): Record<string, unknown> {
  const request = JSON.parse(entry.request) as Record<string, unknown>
  const refusal = entry.outcome?.state === 'REFUSED' ? { refusal: entry.outcome.refusal } : {}
  return {
    state: entry.state,
    place: pathOf(entry.place),
    project: entry.project,
    type: entry.type,
    number: request['number'],
    digests: { sha256: entry.sha256, sm3: entry.sm3 },
    acceptedAt: entry.acceptedAt,
    attempts: entry.attempts,
    ...(entry.lastError === undefined ? {} : { lastError: entry.lastError }),
    ...refusal,
  }
}

/** An anchor with its place in the chain; the transaction's place in the block only where the index has it. */
export type AnchorPlaceOnChain = Pick<IndexedAnchor, 'id' | 'block' | 'transaction' | 'record'> & {
  readonly index?: number
}

/** An anchor on the chain, as the API shows it. */
export function anchoredView(anchor: AnchorPlaceOnChain): Record<string, unknown> {
  const record = parseAnchor(anchor.record)
  return {
    id: anchor.id,
    state: 'ANCHORED',
    block: anchor.block,
    ...(anchor.index === undefined ? {} : { index: anchor.index }),
    transaction: anchor.transaction,
    time: record.time,
    evidence: `/v1/documents/${record.digests.sha256}/evidence?anchor=${anchor.id}`,
    anchor: record,
  }
}

/** Where the state of an accepted document is found. */
export function pathOf(place: string): string {
  return `/v1/submissions/${place}`
}

/** A document in a batch on the chain, as the API shows it. Its salt is for its evidence file alone. */
export function batchedView({ entry, batch, index }: BatchedDocument): Record<string, unknown> {
  const place = pathOf(entry.place)
  return {
    id: entry.place,
    state: 'ANCHORED',
    place,
    block: batch.block,
    transaction: batch.record.tx,
    time: batch.record.time,
    evidence: `${place}/evidence`,
    document: JSON.parse(entry.request) as object,
    leaf: index,
    batch: batch.record,
    ...(batch.missing.length === 0 ? {} : { missing: batch.missing }),
  }
}

/** What became of an accepted document, whichever way it goes. */
export function submissionView(
  { index, batches }: Pick<Services, 'index' | 'batches'>,
  entry: OutboxEntry,
): Record<string, unknown> {
  const batched = batches.of(entry)
  if (batched !== undefined) return batchedView(batched)
  if (entry.outcome?.state !== 'ANCHORED') return pendingView(entry)
  return anchoredView(index.find(entry.outcome.id) ?? entry.outcome)
}
