import { batchIdPreimage, canonicalize, laneIdPreimage, type BatchRequest, type BatchResult } from '@caizheng/records'
import { sha256, submitterOf } from '../../identity/submitter.js'
import { leafHash } from '../../log/hashers.js'
import { refuseBreaches } from '../../refusals/breaches.js'
import { batchOf, judgeRepeatedBatch, laneAfter } from '../../rules/evidence/batch.js'
import { findBatch, saveBatch } from '../../state/evidence/batches.js'
import { advanceLane, findLane } from '../../state/evidence/lanes.js'
import { loadNetwork } from '../../state/network.js'
import type { CallContext } from '../call-context.js'

/** Anchors a tree of documents: one record, the next in its lane. */
export async function anchorBatch({ stub, clientIdentity }: CallContext, request: BatchRequest): Promise<string> {
  const { genesis: network } = await loadNetwork(stub)
  const submitter = submitterOf(clientIdentity)
  const id = sha256(batchIdPreimage({ network, submitter, roots: request.roots }))
  const existing = await findBatch(stub, id)
  if (existing !== undefined) {
    refuseBreaches(judgeRepeatedBatch(existing, request))
    return canonicalize({ created: false, batch: existing } satisfies BatchResult)
  }
  const laneId = sha256(laneIdPreimage({ network, submitter, lane: request.lane }))
  const time = stub.getDateTimestamp().toISOString()
  const context = { network, id, submitter, time, tx: stub.getTxID() }
  const batch = batchOf(request, context, await findLane(stub, laneId))
  const bytes = await saveBatch(stub, batch)
  const leaf = { sha256: leafHash('sha256', bytes), sm3: leafHash('sm3', bytes) }
  await advanceLane(stub, laneAfter(batch, laneId, sha256(bytes)), leaf)
  return canonicalize({ created: true, batch } satisfies BatchResult)
}
