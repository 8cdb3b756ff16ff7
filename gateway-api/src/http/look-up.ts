import type { BatchedDocument } from '../batches/batches.js'
import type { OutboxEntry } from '../outbox/outbox.js'
import type { Services } from './services.js'
import type { AnchorPlaceOnChain } from './views.js'

/** All that this gateway knows of a file. */
export interface Found {
  /** Oldest first. */
  readonly anchors: readonly AnchorPlaceOnChain[]
  /** This gateway's own in batches: the chain knows their roots only. */
  readonly batched: readonly BatchedDocument[]
  readonly pending: readonly OutboxEntry[]
}

/**
 * Looks a digest up as SHA-256, then as SM3. What this gateway anchored a moment ago counts as anchored although its
 * block is not indexed yet: who was answered 201 must find it.
 */
export function lookUp(services: Pick<Services, 'index' | 'outbox' | 'batches'>, digest: string): Found {
  for (const algorithm of ['sha256', 'sm3'] as const) {
    const anchors: AnchorPlaceOnChain[] = services.index.byDigest(algorithm, digest)
    const batched: BatchedDocument[] = []
    const pending: OutboxEntry[] = []
    for (const entry of services.outbox.byDigest(algorithm, digest)) {
      const outcome = entry.outcome
      const inBatch = services.batches.of(entry)
      if (inBatch !== undefined) batched.push(inBatch)
      else if (outcome?.state !== 'ANCHORED') pending.push(entry)
      else if (!anchors.some(({ id }) => id === outcome.id)) anchors.push(outcome)
    }
    if (anchors.length + batched.length + pending.length > 0) return { anchors, batched, pending }
  }
  return { anchors: [], batched: [], pending: [] }
}
