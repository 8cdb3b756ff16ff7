import { committedValue, type PrivateBlock, type PrivateDraft } from './commit.js'
import { partsOfPrivateExpiry, privateExpiryMark, privateExpiryOf } from './keys.js'
import { readWriteSet } from './write-sets.js'

/** Removes the private writes whose `blockToLive` ends with this block, and the values that nobody wrote since. */
export async function expirePrivateWrites(block: PrivateBlock, draft: PrivateDraft): Promise<void> {
  const mark = privateExpiryMark(block.number)
  if (!block.database.getSync(mark)) return
  draft.changes.push({ key: mark })
  for await (const [stored] of block.database.scan(privateExpiryOf(block.number))) {
    draft.changes.push({ key: stored })
    const { of, place } = partsOfPrivateExpiry(stored)
    const kept = []
    for (const set of draft.records.get(of.organization, place)) {
      if (set.namespace !== of.namespace || set.collection !== of.collection) {
        kept.push(set)
        continue
      }
      const { writes, metadataWrites } = readWriteSet(set)
      for (const { key } of writes) draft.index.remove(of, key, place)
      for (const { key } of [...writes, ...metadataWrites]) {
        if (draft.updates.get(of, key)) continue
        const value = committedValue(block.database, of, key)
        if (value?.version.blockNum !== place.block) continue
        draft.updates.set(of, key, { value: undefined, version: value.version })
      }
    }
    draft.records.set(of.organization, place, kept)
  }
}
