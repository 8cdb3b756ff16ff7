import type { DocumentToAnchor } from '@caizheng/client-sdk'
import type { AnchorRequest } from '@caizheng/records'
import type { Outbox } from '../outbox/outbox.js'

/** Rows read at once: enough for one batch. */
const PAGE = 4_096

/** The documents that wait for a batch, as they come; it ends when it is told to. One reader a source. */
export class BatchSource {
  private ended = false
  private wake: (() => void) | undefined

  constructor(private readonly outbox: Pick<Outbox, 'toBatch'>) {}

  /** Something was journalled: look again. */
  poke(): void {
    this.wake?.()
  }

  end(): void {
    this.ended = true
    this.poke()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<DocumentToAnchor, void, void> {
    let last = 0
    while (!this.ended) {
      const rows = this.outbox.toBatch(last, PAGE)
      if (rows.length === 0) {
        await new Promise<void>((resolve) => (this.wake = resolve))
        continue
      }
      for (const { seq, place, request } of rows) {
        if (this.ended) return
        last = seq
        yield toAnchor(place, JSON.parse(request) as AnchorRequest)
      }
    }
  }
}

function toAnchor(place: string, { digests, size, previous, ...about }: AnchorRequest): DocumentToAnchor {
  // Acceptance saw to it that there is a size, and sent what has a predecessor another way.
  if (size === undefined || previous !== undefined) throw new Error(`the document at ${place} is not one for a batch`)
  return { key: place, document: { ...digests, size }, about }
}
