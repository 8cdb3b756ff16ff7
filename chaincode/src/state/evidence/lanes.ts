import { canonicalBytes, laneKey, parseCanonical, parseLane, type Lane, type LaneEntry } from '@caizheng/records'
import type { ChaincodeStub } from '../../fabric.js'

const INDEX = 'lane-entry'

/** The stored bytes of a lane's head, or `undefined` before its first batch. */
export async function findLaneBytes(stub: ChaincodeStub, id: string): Promise<Uint8Array | undefined> {
  const bytes = await stub.getState(laneKey(id))
  return bytes.length === 0 ? undefined : bytes
}

/** A lane's head, or `undefined` before its first batch. */
export async function findLane(stub: ChaincodeStub, id: string): Promise<Lane | undefined> {
  const bytes = await findLaneBytes(stub, id)
  return bytes === undefined ? undefined : parseLane(bytes)
}

/**
 * Moves a lane's head, and writes the entry that stays: which batch has this number, and its leaf hashes for the log that
 * joins the lanes. Heads move with every batch; whoever reads entries conflicts with none.
 */
export async function advanceLane(stub: ChaincodeStub, lane: Lane, leaf: LaneEntry['leaf']): Promise<void> {
  await stub.putState(laneKey(lane.id), canonicalBytes(lane))
  await stub.putState(entryKey(stub, lane.id, lane.sequence), canonicalBytes({ batch: lane.batch, leaf }))
}

/** The entry of a lane's batch by its number, or `undefined`. */
export async function findEntry(
  stub: ChaincodeStub,
  lane: string,
  sequence: number,
): Promise<Omit<LaneEntry, 'sequence'> | undefined> {
  const bytes = await stub.getState(entryKey(stub, lane, sequence))
  return bytes.length === 0 ? undefined : (parseCanonical(bytes) as Omit<LaneEntry, 'sequence'>)
}

function entryKey(stub: ChaincodeStub, lane: string, sequence: number): string {
  // Padded, so that entries come in their order.
  return stub.createCompositeKey(INDEX, [lane, String(sequence).padStart(16, '0')])
}
