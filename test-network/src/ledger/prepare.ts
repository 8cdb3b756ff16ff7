import {
  BlockMetadataIndex,
  Metadata,
  TxValidationCode,
  blockHash,
  dataHash,
  encode,
  encodeBlock,
  equalBytes,
  type Block,
} from '@caizheng/fabric-wire'
import { LedgerError } from './errors.js'
import { historyChanges } from './history.js'
import { BlockToLive } from './private/block-to-live.js'
import { privateChanges } from './private/commit.js'
import { commitHash } from './state/commit-hash.js'
import { CommittedState } from './state/committed.js'
import { hashedExpiryChanges } from './state/expiry.js'
import { validateReads } from './state/mvcc.js'
import { transactionIdOf } from './replay.js'
import { stateChanges } from './state/changes.js'
import type { Change, Database } from './store/database.js'
import { blockKey, checkpointKey, hashKey, headerKey, transactionKey } from './store/keys.js'
import { encodeCheckpoint, encodeNumber, encodeTransaction } from './store/records.js'
import type { Candidate, CommittedBlock } from './types.js'

/** What the next block builds on. */
export interface Tip {
  readonly height: number
  readonly hash: Uint8Array
  readonly commitHash: Uint8Array
}

interface PreparedBlock extends CommittedBlock {
  readonly changes: Change[]
}

/** Places in a peer's block metadata. */
const METADATA_COUNT = 5

/**
 * Works out all that a block changes, and writes nothing.
 *
 * @throws LedgerError `OUT_OF_ORDER`, `INVALID_BLOCK`, `DAMAGED`
 */
export async function prepareBlock(
  block: Block,
  candidates: readonly Candidate[],
  tip: Tip,
  database: Database,
): Promise<PreparedBlock> {
  refuseMisfit(block, candidates, tip)
  const { number } = block.header
  const hash = blockHash(block.header)
  const committed = new CommittedState(database)
  const { codes, updates } = await validateReads(number, candidates, committed)
  // As in a peer, the genesis block changes no state and starts the chain of commit hashes with nothing.
  const commit = number === 0 ? new Uint8Array() : commitHash(codes, updates, tip.commitHash)
  // Invalid transactions take their ids too, as in a peer, or its verdict on a repetition would be another.
  const txIds = candidates.map(({ txId }, i) => txId || transactionIdOf(block.data[i] as Uint8Array))
  const bytes = encodeBlock({ ...block, metadata: peerMetadata(block, codes, commit) })
  const blockToLive = new BlockToLive(committed)
  const changes: Change[] = [
    { key: blockKey(number), record: bytes },
    { key: headerKey(number), record: hash },
    { key: hashKey(hash), record: encodeNumber(number) },
    ...(await transactionChanges(number, txIds, codes, database)),
    ...stateChanges(updates),
    ...(await hashedExpiryChanges(number, updates, blockToLive, database)),
    ...(await privateChanges({ number, candidates, codes, updates, blockToLive, database })),
    ...historyChanges(number, candidates, codes),
    { key: checkpointKey, record: encodeCheckpoint({ height: number + 1, hash, commitHash: commit }) },
  ]
  return { number, hash, commitHash: commit, bytes, codes, txIds, changes }
}

function refuseMisfit({ header, data }: Block, candidates: readonly Candidate[], tip: Tip): void {
  if (header.number !== tip.height || (tip.height > 0 && !equalBytes(header.previousHash, tip.hash))) {
    throw new LedgerError(
      'OUT_OF_ORDER',
      `Block ${header.number} does not follow the tip: commit block ${tip.height} with the tip's hash as its previous hash.`,
    )
  }
  const refuse = (reason: string): never => {
    throw new LedgerError('INVALID_BLOCK', `Block ${header.number} is refused: ${reason}.`)
  }
  if (!equalBytes(dataHash(data), header.dataHash)) refuse('its data do not match the data hash of its header')
  if (candidates.length !== data.length) {
    refuse(`it holds ${data.length} transactions, and ${candidates.length} candidates were given`)
  }
  const pending = candidates.findIndex(({ code }) => code === TxValidationCode.NOT_VALIDATED)
  if (pending >= 0) refuse(`transaction ${pending} has not been validated`)
}

function peerMetadata(block: Block, codes: Uint8Array, commit: Uint8Array): Uint8Array[] {
  const metadata = [...block.metadata]
  while (metadata.length < METADATA_COUNT) metadata.push(new Uint8Array())
  metadata[BlockMetadataIndex.TRANSACTIONS_FILTER] = codes
  if (commit.length > 0) metadata[BlockMetadataIndex.COMMIT_HASH] = encode(Metadata, { value: commit })
  return metadata
}

/** The first transaction with an id keeps it: a later one with the same id was refused as a duplicate. */
async function transactionChanges(
  number: number,
  txIds: readonly string[],
  codes: Uint8Array,
  database: Database,
): Promise<Change[]> {
  const first = new Map<string, number>()
  txIds.forEach((txId, index) => {
    if (txId !== '' && !first.has(txId)) first.set(txId, index)
  })
  const rows = [...first].map(([txId, index]) => ({ key: transactionKey(txId), index }))
  const known = await database.getMany(rows.map(({ key }) => key))
  return rows
    .filter((_, i) => known[i] === undefined)
    .map(({ key, index }) => ({
      key,
      record: encodeTransaction({ block: number, index, code: codes[index] as number }),
    }))
}
