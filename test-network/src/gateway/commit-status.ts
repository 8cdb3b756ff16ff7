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
    let settle: ((place: TransactionPlace) => void) | undefined
    const later = new Promise<TransactionPlace>((resolve, reject) => {
      settle = resolve
      signal.addEventListener('abort', () => {
        reject(new RpcError(status.CANCELLED, 'the caller no longer waits'))
      })
    })
    later.catch(() => undefined)
    // Listening begins before looking, so that a commit between the two is not missed.
    const waiting = this.#waiting.get(txId) ?? new Set()
    this.#waiting.set(txId, waiting)
    if (settle) waiting.add(settle)
    try {
      return (await this.ledger.transaction(txId)) ?? (await later)
    } finally {
      if (settle) waiting.delete(settle)
      if (waiting.size === 0) this.#waiting.delete(txId)
    }
  }

  close(): void {
    this.#stop()
  }
}
