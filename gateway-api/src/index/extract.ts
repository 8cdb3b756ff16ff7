import { anchorKey, parseAnchor } from '@caizheng/records'
import type { FollowedBlock } from '@caizheng/client-sdk'
import type { IndexedAnchor } from './anchor-index.js'

/** What a block adds to the index, and what it holds that this version can't read. */
export interface Extract {
  readonly anchors: readonly IndexedAnchor[]
  readonly unreadable: readonly { readonly key: string; readonly reason: string }[]
}

/**
 * The anchors that a block wrote: of valid transactions only, since the writes of invalid ones stand in the block too but
 * never reached the state.
 */
export function anchorsOf(block: FollowedBlock, chaincode: string): Extract {
  const anchors: IndexedAnchor[] = []
  const unreadable: { key: string; reason: string }[] = []
  for (const transaction of block.transactions) {
    if (!transaction.valid) continue
    for (const write of transaction.writes) {
      if (write.namespace !== chaincode || write.isDelete || !write.key.startsWith(anchorKey(''))) continue
      try {
        const record = parseAnchor(write.value)
        if (anchorKey(record.id) !== write.key) throw new Error(`holds the record ${record.id}`)
        anchors.push({
          id: record.id,
          block: block.number,
          index: transaction.index,
          transaction: transaction.txId,
          project: record.project,
          type: record.type,
          sha256: record.digests.sha256,
          sm3: record.digests.sm3,
          record: Buffer.from(write.value).toString('utf8'),
        })
      } catch (error) {
        unreadable.push({ key: write.key, reason: error instanceof Error ? error.message : String(error) })
      }
    }
  }
  return { anchors, unreadable }
}
