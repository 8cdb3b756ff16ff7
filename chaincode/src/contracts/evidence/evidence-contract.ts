import {
  ANCHOR_CREATED_EVENT,
  anchorIdPreimage,
  canonicalBytes,
  canonicalize,
  isProjectCode,
  parseAnchorRequest,
  parseBatchRequest,
  parseCheckpointRequest,
  parseNetworkRequest,
  type Anchor,
  type AnchorCreated,
  type AnchorRequest,
  type AnchorResult,
  type NetworkResult,
} from '@caizheng/records'
import { Info, Returns, Transaction } from 'fabric-contract-api'
import { malformed, readDigest, readJson, readNumber, readPageSize, readText } from '../../guards/input.js'
import { sha256, submitterOf } from '../../identity/submitter.js'
import { judgeNewAnchor, judgeRepeatedAnchor } from '../../rules/evidence/anchor.js'
import { networkOf } from '../../rules/network.js'
import { findAnchor, findAnchorBytes, saveAnchor } from '../../state/evidence/anchors.js'
import type { AnchorLookup } from '../../state/evidence/anchor-index.js'
import { listAnchors } from '../../state/evidence/anchor-pages.js'
import { findNetwork, loadNetwork, saveNetwork } from '../../state/network.js'
import { findBatchBytes } from '../../state/evidence/batches.js'
import { findCheckpointBytes, findLogBytes } from '../../state/evidence/checkpoints.js'
import { listEntries, listLanes } from '../../state/evidence/lane-pages.js'
import { findLaneBytes } from '../../state/evidence/lanes.js'
import { anchorBatch } from './batches.js'
import { makeCheckpoint } from './checkpoints.js'
import { CaizhengContract } from '../caizheng-contract.js'
import { CallContext } from '../call-context.js'
import { Refusal } from '../../refusals/refusal.js'
import { refuseBreaches } from '../../refusals/breaches.js'

/** Anchors of documents and of batches: written once, in a place of each submitter's own. */
@Info({ title: 'EvidenceContract', description: 'Anchors of documents and batches' })
export class EvidenceContract extends CaizhengContract {
  constructor() {
    // By name: a bundler may rename the class.
    super('EvidenceContract')
  }

  /**
   * Writes the network record, once, under the key-level policy of all its organisations.
   *
   * @param request canonical JSON of a `NetworkRequest`.
   * @returns canonical JSON of a `NetworkResult`; the same request again writes nothing.
   * @throws {Refusal} `CALLER_NOT_ALLOWED`, `NETWORK_CONFLICT`, and those of the arguments.
   */
  @Transaction()
  @Returns('string')
  async Bootstrap(ctx: CallContext, request: string): Promise<string> {
    const network = networkOf(readJson('request', request, parseNetworkRequest), ctx.stub.getChannelID())
    const caller = ctx.clientIdentity.getMSPID()
    if (!network.organizations.includes(caller)) {
      throw new Refusal('CALLER_NOT_ALLOWED', { caller, organizations: network.organizations })
    }
    const existing = await findNetwork(ctx.stub)
    if (existing === undefined) await saveNetwork(ctx.stub, network)
    else if (canonicalize(existing) !== canonicalize(network))
      throw new Refusal('NETWORK_CONFLICT', { network: existing })
    return canonicalize({ created: existing === undefined, network } satisfies NetworkResult)
  }

  /** @returns canonical JSON of the network record. @throws {Refusal} `NETWORK_MISSING` */
  @Transaction(false)
  @Returns('string')
  async GetNetwork(ctx: CallContext): Promise<string> {
    return canonicalize(await loadNetwork(ctx.stub))
  }

  /**
   * Anchors a document. The record says who submitted by the certificate, and when by the transaction's time.
   *
   * @param request canonical JSON of an `AnchorRequest`.
   * @returns canonical JSON of an `AnchorResult`; the same request again writes nothing and answers `created: false`.
   * @throws {Refusal} `ANCHOR_CONFLICT`, `PREVIOUS_NOT_FOUND`, `PREVIOUS_MISMATCH`, `GENERATED_IN_FUTURE`,
   *   `NETWORK_MISSING`, and those of the arguments.
   */
  @Transaction()
  @Returns('string')
  async AnchorDocument(ctx: CallContext, request: string): Promise<string> {
    const asked = readJson('request', request, parseAnchorRequest)
    const anchor = await anchorOf(ctx, asked)
    const existing = await findAnchor(ctx.stub, anchor.id)
    if (existing !== undefined) {
      refuseBreaches(judgeRepeatedAnchor(existing, asked))
      return canonicalize({ created: false, anchor: existing } satisfies AnchorResult)
    }
    const previous = asked.previous === undefined ? undefined : await findAnchor(ctx.stub, asked.previous)
    refuseBreaches(judgeNewAnchor(asked, previous, anchor.time))
    await saveAnchor(ctx.stub, anchor)
    const event: AnchorCreated = { kind: 'anchorCreated', version: 1, id: anchor.id }
    ctx.stub.setEvent(ANCHOR_CREATED_EVENT, canonicalBytes(event))
    return canonicalize({ created: true, anchor } satisfies AnchorResult)
  }

  /**
   * The stored bytes of an anchor and nothing else: endorsed by all organisations and never submitted, the answer is a
   * receipt. It reads one key, writes nothing and takes no notice of transient data.
   *
   * @throws {Refusal} `ANCHOR_NOT_FOUND`
   */
  @Transaction(false)
  @Returns('string')
  async GetAnchor(ctx: CallContext, id: string): Promise<string> {
    const bytes = await findAnchorBytes(ctx.stub, readDigest('id', id))
    if (bytes === undefined) throw new Refusal('ANCHOR_NOT_FOUND', { id })
    return textOf(bytes)
  }

  /** Every anchor of one document, whoever submitted it. `algorithm`: `sha256` or `sm3`. */
  @Transaction(false)
  @Returns('string')
  async FindByDigest(
    ctx: CallContext,
    algorithm: string,
    digest: string,
    pageSize: string,
    bookmark: string,
  ): Promise<string> {
    if (algorithm !== 'sha256' && algorithm !== 'sm3')
      throw malformed('algorithm', [{ at: '', problem: 'must be sha256 or sm3' }])
    const lookup = { by: 'digest', algorithm, digest: readDigest('digest', digest) } as const
    return page(ctx, lookup, pageSize, bookmark)
  }

  /** A project's anchors. */
  @Transaction(false)
  @Returns('string')
  async ListByProject(ctx: CallContext, project: string, pageSize: string, bookmark: string): Promise<string> {
    readText('project', project, isProjectCode, 'must be a project code such as 2303-331003-04-01-000001')
    return page(ctx, { by: 'project', project }, pageSize, bookmark)
  }

  /**
   * The anchors that name this one as their previous version: usually one, more where several submitters replaced it.
   *
   * @throws {Refusal} `ANCHOR_NOT_FOUND`
   */
  @Transaction(false)
  @Returns('string')
  async ListVersions(ctx: CallContext, id: string, pageSize: string, bookmark: string): Promise<string> {
    const anchor = await findAnchor(ctx.stub, readDigest('id', id))
    if (anchor === undefined) throw new Refusal('ANCHOR_NOT_FOUND', { id })
    return page(ctx, { by: 'previous', previous: anchor.id }, pageSize, bookmark)
  }

  /**
   * Anchors a tree of documents. The chaincode gives it its number in the lane and the digest of the batch before it.
   *
   * @param request canonical JSON of a `BatchRequest`.
   * @returns canonical JSON of a `BatchResult`; the same root again writes nothing, in whichever lane: `created: false`.
   * @throws {Refusal} `BATCH_CONFLICT`, `NETWORK_MISSING`, and those of the arguments.
   */
  @Transaction()
  @Returns('string')
  async AnchorBatch(ctx: CallContext, request: string): Promise<string> {
    return anchorBatch(ctx, readJson('request', request, parseBatchRequest))
  }

  /**
   * The stored bytes of a batch and nothing else, for receipts; as {@link GetAnchor}.
   *
   * @throws {Refusal} `BATCH_NOT_FOUND`
   */
  @Transaction(false)
  @Returns('string')
  async GetBatch(ctx: CallContext, id: string): Promise<string> {
    const bytes = await findBatchBytes(ctx.stub, readDigest('id', id))
    if (bytes === undefined) throw new Refusal('BATCH_NOT_FOUND', { id })
    return textOf(bytes)
  }

  /** The stored bytes of a lane's head: its last number and batch. @throws {Refusal} `LANE_NOT_FOUND` */
  @Transaction(false)
  @Returns('string')
  async GetLane(ctx: CallContext, id: string): Promise<string> {
    const bytes = await findLaneBytes(ctx.stub, readDigest('id', id))
    if (bytes === undefined) throw new Refusal('LANE_NOT_FOUND', { id })
    return textOf(bytes)
  }

  /** All lanes, with how far each is joined. */
  @Transaction(false)
  @Returns('string')
  async ListLanes(ctx: CallContext, pageSize: string, bookmark: string): Promise<string> {
    return canonicalize(await listLanes(ctx.stub, readPageSize(pageSize), bookmark))
  }

  /** A lane's batches by number, from one on, with their leaf hashes: what proofs of the log are made from. */
  @Transaction(false)
  @Returns('string')
  async ListBatches(ctx: CallContext, lane: string, from: string, pageSize: string): Promise<string> {
    const id = readDigest('lane', lane)
    return canonicalize(await listEntries(ctx.stub, id, readNumber('from', from), readPageSize(pageSize)))
  }

  /**
   * Joins lanes into the one log, up to the numbers that the request names.
   *
   * @param request canonical JSON of a `CheckpointRequest`.
   * @returns canonical JSON of a `CheckpointResult`; the same request again writes nothing: `created: false`.
   * @throws {Refusal} `CHECKPOINT_CONFLICT`, `LANE_ALREADY_JOINED`, `LANE_ENTRY_NOT_FOUND`, `CHECKPOINT_TOO_LARGE`,
   *   `NETWORK_MISSING`, and those of the arguments.
   */
  @Transaction()
  @Returns('string')
  async Checkpoint(ctx: CallContext, request: string): Promise<string> {
    return makeCheckpoint(ctx, readJson('request', request, parseCheckpointRequest))
  }

  /** The stored bytes of a checkpoint and nothing else, for receipts. @throws {Refusal} `CHECKPOINT_NOT_FOUND` */
  @Transaction(false)
  @Returns('string')
  async GetCheckpoint(ctx: CallContext, checkpoint: string): Promise<string> {
    const number = readNumber('checkpoint', checkpoint)
    const bytes = await findCheckpointBytes(ctx.stub, number)
    if (bytes === undefined) throw new Refusal('CHECKPOINT_NOT_FOUND', { number })
    return textOf(bytes)
  }

  /** The stored bytes of the log's head: its last checkpoint and size. @throws {Refusal} `CHECKPOINT_NOT_FOUND` before the first */
  @Transaction(false)
  @Returns('string')
  async GetLog(ctx: CallContext): Promise<string> {
    const bytes = await findLogBytes(ctx.stub)
    if (bytes === undefined) throw new Refusal('CHECKPOINT_NOT_FOUND')
    return textOf(bytes)
  }
}

async function anchorOf(ctx: CallContext, request: AnchorRequest): Promise<Anchor> {
  const { genesis: network } = await loadNetwork(ctx.stub)
  const submitter = submitterOf(ctx.clientIdentity)
  const { project, type, digests } = request
  const id = sha256(anchorIdPreimage({ network, project, type, digest: digests.sha256, submitter }))
  const time = ctx.stub.getDateTimestamp().toISOString()
  return { kind: 'anchor', version: 1, network, id, ...request, submitter, time, tx: ctx.stub.getTxID() }
}

async function page(ctx: CallContext, lookup: AnchorLookup, pageSize: string, bookmark: string): Promise<string> {
  return canonicalize(await listAnchors(ctx.stub, lookup, readPageSize(pageSize), bookmark))
}

function textOf(stored: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(stored)
}
