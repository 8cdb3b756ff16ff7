import {
  canonicalBytes,
  checkpointKey,
  LOG_KEY,
  parseCanonical,
  parseCheckpoint,
  parseLog,
  type CheckpointRecord,
  type Log,
} from '@caizheng/records'
import type { ChaincodeStub } from '../../fabric.js'

/** A checkpoint's stored bytes, or `undefined`. Reads this one key and nothing else: a receipt's read set shows it. */
export async function findCheckpointBytes(stub: ChaincodeStub, number: number): Promise<Uint8Array | undefined> {
  const bytes = await stub.getState(checkpointKey(number))
  return bytes.length === 0 ? undefined : bytes
}

/** A checkpoint of any version, or `undefined`. */
export async function findCheckpoint(stub: ChaincodeStub, number: number): Promise<CheckpointRecord | undefined> {
  const bytes = await findCheckpointBytes(stub, number)
  return bytes === undefined ? undefined : parseCheckpoint(bytes)
}

/** Writes a new checkpoint and gives the bytes written. */
export async function saveCheckpoint(stub: ChaincodeStub, checkpoint: CheckpointRecord): Promise<Uint8Array> {
  const bytes = canonicalBytes(checkpoint)
  await stub.putState(checkpointKey(checkpoint.number), bytes)
  return bytes
}

/** The stored bytes of the log's head, or `undefined` before the first checkpoint. */
export async function findLogBytes(stub: ChaincodeStub): Promise<Uint8Array | undefined> {
  const bytes = await stub.getState(LOG_KEY)
  return bytes.length === 0 ? undefined : bytes
}

/** The log's head, or `undefined` before the first checkpoint. */
export async function findLog(stub: ChaincodeStub): Promise<Log | undefined> {
  const bytes = await findLogBytes(stub)
  return bytes === undefined ? undefined : parseLog(bytes)
}

export async function saveLog(stub: ChaincodeStub, log: Log): Promise<void> {
  await stub.putState(LOG_KEY, canonicalBytes(log))
}

/** Number of a lane's last batch that is in the log; 0 where none is. Apart from the lane's head, which moves meanwhile. */
export async function findJoined(stub: ChaincodeStub, lane: string): Promise<number> {
  const bytes = await stub.getState(joinedKey(lane))
  return bytes.length === 0 ? 0 : (parseCanonical(bytes) as number)
}

export async function saveJoined(stub: ChaincodeStub, lane: string, through: number): Promise<void> {
  await stub.putState(joinedKey(lane), canonicalBytes(through))
}

function joinedKey(lane: string): string {
  return `joined:${lane}`
}
