import type { Sqlite } from './database.js'

interface Work {
  readonly run: () => unknown
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Runs the writes of one turn of the event loop in one database transaction, so that a burst of requests shares one sync
 * of the disk. Each write is all or nothing by its own savepoint: one that throws takes back only itself. A promise
 * resolves only after the commit; when the commit fails, all of them reject and nothing is written.
 */
export class GroupCommit {
  private pending: Work[] = []

  constructor(private readonly database: Sqlite) {}

  write<T>(run: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.pending.length === 0) setImmediate(() => this.flush())
      this.pending.push({ run, resolve: resolve as (value: unknown) => void, reject })
    })
  }

  /** Commits what is waiting now. Call it before closing the database. */
  flush(): void {
    const batch = this.pending
    this.pending = []
    if (batch.length === 0) return
    try {
      this.database.exec('BEGIN IMMEDIATE')
      const settled = batch.map((work) => this.attempt(work))
      this.database.exec('COMMIT')
      for (const settle of settled) settle()
    } catch (error) {
      // A full disk makes SQLite take the whole transaction back by itself.
      if (this.database.inTransaction) this.database.exec('ROLLBACK')
      for (const work of batch) work.reject(error)
    }
  }

  private attempt(work: Work): () => void {
    this.database.exec('SAVEPOINT work')
    try {
      const value = work.run()
      this.database.exec('RELEASE work')
      return () => work.resolve(value)
    } catch (error) {
      if (!this.database.inTransaction) throw error
      this.database.exec('ROLLBACK TO work; RELEASE work')
      return () => work.reject(error)
    }
  }
}
