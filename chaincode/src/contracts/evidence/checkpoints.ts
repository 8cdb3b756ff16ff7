import { canonicalize, type CheckpointRequest, type CheckpointResult, type LaneEntry } from '@caizheng/records'
import { sha256, submitterOf } from '../../identity/submitter.js'
import { refuseBreaches } from '../../refusals/breaches.js'
import {
  appendLeaves,
  checkpointOf,
  isSameCheckpoint,
  judgeCheckpoint,
  judgeEntry,
  type LaneToJoin,
} from '../../rules/evidence/checkpoint.js'
import {
  findCheckpoint,
  findJoined,
  findLog,
  saveCheckpoint,
  saveJoined,
  saveLog,
} from '../../state/evidence/checkpoints.js'
import { findEntry } from '../../state/evidence/lanes.js'
import { loadNetwork } from '../../state/network.js'
import type { CallContext } from '../call-context.js'

/** Appends to the log what lanes hold beyond what it has of them. Reads what never changes again, so no batch in flight is hindered. */
export async function makeCheckpoint(
  { stub, clientIdentity }: CallContext,
  request: CheckpointRequest,
): Promise<string> {
  const { genesis: network } = await loadNetwork(stub)
  const existing = await findCheckpoint(stub, request.number)
  if (existing !== undefined && isSameCheckpoint(existing, request)) {
    return canonicalize({ created: false, checkpoint: existing } satisfies CheckpointResult)
  }
  const log = await findLog(stub)
  const lanes: LaneToJoin[] = []
  for (const { id, through } of request.lanes) lanes.push({ id, through, joined: await findJoined(stub, id) })
  refuseBreaches(judgeCheckpoint(request, log, lanes))

  const grown = appendLeaves(log, await leavesOf(stub, lanes))
  const context = {
    network,
    submitter: submitterOf(clientIdentity),
    time: stub.getDateTimestamp().toISOString(),
    tx: stub.getTxID(),
  }
  const checkpoint = checkpointOf(context, log, grown, lanes)
  const bytes = await saveCheckpoint(stub, checkpoint)
  for (const { id, through } of lanes) await saveJoined(stub, id, through)
  await saveLog(stub, { kind: 'log', version: 1, network, number: checkpoint.number, ...grown, digest: sha256(bytes) })
  return canonicalize({ created: true, checkpoint } satisfies CheckpointResult)
}

async function leavesOf(stub: CallContext['stub'], lanes: readonly LaneToJoin[]): Promise<LaneEntry['leaf'][]> {
  const leaves: LaneEntry['leaf'][] = []
  for (const { id, joined, through } of lanes) {
    for (let sequence = joined + 1; sequence <= through; sequence++) {
      const entry = await findEntry(stub, id, sequence)
      refuseBreaches(judgeEntry(entry, id, sequence))
      if (entry !== undefined) leaves.push(entry.leaf)
    }
  }
  return leaves
}
