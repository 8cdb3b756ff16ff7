import { batchKey, canonicalBytes, parseBatch, type BatchRecord } from '@caizheng/records'
import type { ChaincodeStub } from '../../fabric.js'

/** A batch's stored bytes, or `undefined`. Reads this one key and nothing else: a receipt's read set shows it. */
export async function findBatchBytes(stub: ChaincodeStub, id: string): Promise<Uint8Array | undefined> {
  const bytes = await stub.getState(batchKey(id))
  return bytes.length === 0 ? undefined : bytes
}

/** A batch of any version, or `undefined`. */
export async function findBatch(stub: ChaincodeStub, id: string): Promise<BatchRecord | undefined> {
  const bytes = await findBatchBytes(stub, id)
  return bytes === undefined ? undefined : parseBatch(bytes)
}

/** Writes a new batch and gives the bytes written. The caller has checked that its place is empty. */
export async function saveBatch(stub: ChaincodeStub, batch: BatchRecord): Promise<Uint8Array> {
  const bytes = canonicalBytes(batch)
  await stub.putState(batchKey(batch.id), bytes)
  return bytes
}
