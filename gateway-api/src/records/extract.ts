import type { FollowedBlock } from '@caizheng/client-sdk'
import { kindOfKey, type Description } from './kinds.js'

/** A write of a record that the index keeps. */
export interface WrittenRecord extends Description {
  readonly kind: string
  /** What follows the kind in its key. */
  readonly id: string
  readonly block: number
  /** Place of the transaction in its block. */
  readonly index: number
  readonly transaction: string
  /** The transaction's name, such as `SubmitApplication`. */
  readonly by: string
  /** The record in canonical JSON, byte for byte as stored on the chain. */
  readonly record: string
}

export interface ExtractedRecords {
  readonly records: readonly WrittenRecord[]
  readonly unreadable: readonly { readonly key: string; readonly reason: string }[]
}

/** The business records that a block's valid transactions wrote, in their order. */
export function recordsOf(block: FollowedBlock): ExtractedRecords {
  const records: WrittenRecord[] = []
  const unreadable: { key: string; reason: string }[] = []
  for (const { valid, writes, index, txId: transaction, function: called = '' } of block.transactions) {
    if (!valid) continue
    for (const { namespace, key, value, isDelete } of writes) {
      const found = isDelete ? undefined : kindOfKey(namespace, key)
      if (found === undefined) continue
      const { kind, parse, describe } = found
      try {
        const description = describe(parse(value) as never)
        const place = { block: block.number, index, transaction, by: called.replace(/^.*:/, '') }
        const record = Buffer.from(value).toString('utf8')
        records.push({ kind, id: key.slice(kind.length + 1), ...place, ...description, record })
      } catch (error) {
        unreadable.push({ key, reason: error instanceof Error ? error.message : String(error) })
      }
    }
  }
  return { records, unreadable }
}
