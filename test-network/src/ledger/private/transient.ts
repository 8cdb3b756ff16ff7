import { equalBytes } from '@caizheng/fabric-wire'
import { LedgerError } from '../errors.js'
import type { Change, Database } from '../store/database.js'
import { NUMBER_BYTES } from '../store/keys.js'
import { decodeNumber, encodeNumber } from '../store/records.js'
import { allTransient, partsOfTransient, transientKey } from './keys.js'
import type { OrganizationPrivateWrites, PrivateWriteSet } from './types.js'
import { decodeWriteSets, encodeWriteSets } from './write-sets.js'

/** How many blocks an endorsed transaction may wait before its private writes are forgotten; that of a stock peer. */
const RETENTION = 20_000

interface Waiting extends OrganizationPrivateWrites {
  /** The ledger's height at the endorsement. */
  readonly height: number
}

/**
 * The private writes of transactions that are endorsed and not committed. They are on the disk too, so that one that is
 * submitted after a restart finds them; a power cut may take them, and then the members commit without the values.
 */
export class TransientStore {
  private readonly waiting = new Map<string, Map<string, Waiting>>()

  private constructor(private readonly database: Database) {}

  /** Reads what was waiting when the ledger was closed. */
  static async open(database: Database): Promise<TransientStore> {
    const store = new TransientStore(database)
    for await (const [stored, record] of database.scan(allTransient)) {
      const { txId, organization } = partsOfTransient(stored)
      const height = decodeNumber(record.subarray(0, NUMBER_BYTES), stored)
      store.remember(txId, { organization, height, sets: decodeWriteSets(record.subarray(NUMBER_BYTES)) })
    }
    return store
  }

  /** What is there of the transaction stays: organisations may have come to different results. */
  async keep(txId: string, organization: string, sets: readonly PrivateWriteSet[], height: number): Promise<void> {
    const merged = [...(this.waiting.get(txId)?.get(organization)?.sets ?? [])]
    for (const set of sets) if (!merged.some((one) => isSame(one, set))) merged.push(set)
    // First the memory: the transaction may be submitted before this write is done.
    this.remember(txId, { organization, height, sets: merged })
    const record = Buffer.concat([encodeNumber(height), encodeWriteSets(merged)])
    try {
      await this.database.write([{ key: transientKey(txId, organization), record }], false)
    } catch (cause) {
      throw new LedgerError('WRITE_FAILED', 'Private writes could not be kept. Look at the disk.', { cause })
    }
  }

  of(txId: string): OrganizationPrivateWrites[] {
    return [...(this.waiting.get(txId)?.values() ?? [])]
  }

  /** The changes that forget what a block committed, and what has waited for too long. */
  *forgetting(txIds: readonly string[], block: number): Generator<Change> {
    for (const txId of new Set([...txIds, ...this.expired(block)])) {
      for (const organization of this.waiting.get(txId)?.keys() ?? []) yield { key: transientKey(txId, organization) }
    }
  }

  /** Forgets them in the memory too, once the block is on the disk. */
  forget(txIds: readonly string[], block: number): void {
    for (const txId of [...txIds, ...this.expired(block)]) this.waiting.delete(txId)
  }

  private expired(block: number): string[] {
    if (block % RETENTION !== 0 || block === 0) return []
    return [...this.waiting].flatMap(([txId, organizations]) =>
      [...organizations.values()].every(({ height }) => height < block - RETENTION) ? [txId] : [],
    )
  }

  private remember(txId: string, waiting: Waiting): void {
    const organizations = this.waiting.get(txId) ?? new Map<string, Waiting>()
    organizations.set(waiting.organization, waiting)
    this.waiting.set(txId, organizations)
  }
}

function isSame(a: PrivateWriteSet, b: PrivateWriteSet): boolean {
  return a.namespace === b.namespace && a.collection === b.collection && equalBytes(a.rwset, b.rwset)
}
