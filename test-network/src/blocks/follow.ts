import type { Ledger } from '../ledger/index.js'

export interface FollowOptions {
  from: number
  /** The last block wanted; open-ended where absent. */
  to?: number
  signal: AbortSignal
}

/**
 * Serialized blocks from a number on, waiting for those to come. It reads one block at a time from the ledger and
 * keeps none, so that a reader who is slow, or who never reads on, holds up nobody.
 */
export async function* followBlocks(
  ledger: Ledger,
  { from, to = Infinity, signal }: FollowOptions,
): AsyncIterable<Uint8Array> {
  const commits = new CommitSignal(ledger, signal)
  try {
    for (let number = from; number <= to && !signal.aborted; number += 1) {
      while (number >= ledger.height) {
        await commits.next()
        if (signal.aborted) return
      }
      const block = await ledger.block(number)
      if (!block) throw new Error(`block ${String(number)} is missing from the ledger`)
      yield block
    }
  } finally {
    commits.close()
  }
}

/** Wakes a follower at the next commit or at the end of its stream. */
class CommitSignal {
  #wake: (() => void) | undefined
  #missed = false
  readonly #stop: () => void

  constructor(ledger: Ledger, signal: AbortSignal) {
    const notify = (): void => {
      if (this.#wake) this.#wake()
      else this.#missed = true
      this.#wake = undefined
    }
    const forget = ledger.onCommit(notify)
    signal.addEventListener('abort', notify)
    this.#stop = () => {
      forget()
      signal.removeEventListener('abort', notify)
    }
  }

  async next(): Promise<void> {
    if (!this.#missed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    this.#missed = false
  }

  close(): void {
    this.#stop()
  }
}
