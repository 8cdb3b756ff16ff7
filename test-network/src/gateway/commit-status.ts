import { status } from '@grpc/grpc-js'
import type { Ledger, TransactionPlace } from '../ledger/index.js'
import { RpcError } from '../rpc/index.js'

/** Waits until transactions are committed: one listener on the ledger for all who wait. */
export class CommitWaiter {
  readonly #waiting = new Map<string, Set<(place: TransactionPlace) => void>>()
  readonly #stop: () => void

  constructor(private readonly ledger: Ledger) {
    this.#stop = ledger.onCommit(({ number, txIds, codes }) => {
      txIds.forEach((txId, index) => {
        const waiting = this.#waiting.get(txId)
        if (!waiting) return
        this.#waiting.delete(txId)
        for (const settle of waiting) settle({ block: number, index, code: codes[index] ?? 0 })
      })
    })
  }

  /** Where the transaction was committed, now or later. @throws RpcError CANCELLED when `signal` aborts first */
  async wait(txId: string, signal: AbortSignal): Promise<TransactionPlace> {
    const abandoned = new RpcError(status.CANCELLED, 'the caller no longer waits')
    if (signal.aborted) throw abandoned
    const { promise, settle, abandon } = deferred<TransactionPlace>()
    const giveUp = (): void => {
      abandon(abandoned)
    }
    signal.addEventListener('abort', giveUp)
    // Listening begins before looking, so that a commit between the two is not missed.
    const waiting = this.#waiting.get(txId) ?? new Set()
    this.#waiting.set(txId, waiting.add(settle))
    try {
      return (await this.ledger.transaction(txId)) ?? (await promise)
    } finally {
      signal.removeEventListener('abort', giveUp)
      waiting.delete(settle)
      if (waiting.size === 0 && this.#waiting.get(txId) === waiting) this.#waiting.delete(txId)
    }
  }

  close(): void {
    this.#stop()
  }
}

function deferred<T>(): { promise: Promise<T>; settle: (value: T) => void; abandon: (error: Error) => void } {
  let settle: (value: T) => void = () => undefined
  let abandon: (error: Error) => void = () => undefined
  const promise = new Promise<T>((resolve, reject) => {
    settle = resolve
    abandon = reject
  })
  // Where nobody waits any more, nobody is to be told.
  promise.catch(() => undefined)
  return { promise, settle, abandon }
}
