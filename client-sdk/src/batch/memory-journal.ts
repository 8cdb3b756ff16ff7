import type { Journal, JournalledBatch } from './journal.js'

/**
 * A journal that lives as long as its process: for runs that can begin anew, such as the command line's. It holds what is
 * unsettled and forgets the rest.
 */
export class MemoryJournal implements Journal {
  readonly #unsettled = new Map<string, JournalledBatch>()

  begin(batch: JournalledBatch): Promise<void> {
    this.#unsettled.set(batch.request.roots.sha256, batch)
    return Promise.resolve()
  }

  settle(root: string): Promise<void> {
    this.#unsettled.delete(root)
    return Promise.resolve()
  }

  unsettled(): readonly JournalledBatch[] {
    return [...this.#unsettled.values()]
  }
}
