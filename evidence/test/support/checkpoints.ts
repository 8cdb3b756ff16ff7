import { sha256, toHex } from '@caizheng/fabric-wire'
import { canonicalBytes, type CheckpointRecord } from '@caizheng/records'
import { buildLog, treeHashers, type BatchLog, type BatchRecord } from '../../src/index.js'
import { NETWORK } from './network.js'
import { batchOf } from './records.js'

export interface TestLog {
  readonly batches: readonly BatchRecord[]
  /** The log after its first `size` batches. */
  readonly log: (size: number) => BatchLog
  /** The checkpoint number `number`, of the first `size` batches. */
  readonly checkpoint: (number: number, size: number, change?: Partial<CheckpointRecord>) => CheckpointRecord
}

/** A log of small batches, and checkpoints of it as the contract stores them. */
export function testLog(size: number): TestLog {
  const batches = Array.from({ length: size }, (_, i) => batchOf(i + 1).record)
  const leaf = (record: BatchRecord) => {
    const bytes = canonicalBytes(record)
    return { leaf: { sha256: toHex(treeHashers.sha256.leaf(bytes)), sm3: toHex(treeHashers.sm3.leaf(bytes)) } }
  }
  const log = (count: number) => buildLog(batches.slice(0, count).map(leaf))
  return {
    batches,
    log,
    checkpoint: (number, count, change = {}) => ({
      kind: 'checkpoint',
      version: 1,
      network: NETWORK,
      number,
      size: count,
      roots: log(count).roots,
      lanes: [{ id: 'ab'.repeat(32), from: number, through: number === 1 ? count : number }],
      ...(number === 1 ? {} : { previous: toHex(sha256(Uint8Array.of(number))) }),
      submitter: { msp: 'AuditMSP', id: 'a1'.repeat(32), key: 'b2'.repeat(32) },
      time: '2026-11-23T02:04:29.118Z',
      tx: 'd5'.repeat(32),
      ...change,
    }),
  }
}
