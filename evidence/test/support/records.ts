import { sha256, sm3, toHex } from '@caizheng/fabric-wire'
import { anchorIdPreimage, type Anchor } from '@caizheng/records'
import { batchId, buildBatch, newLeaf, type Batch, type BatchRecord, type Leaf } from '../../src/index.js'
import { NETWORK } from './network.js'

export const DOCUMENT = new TextEncoder().encode('施工合同 HT-2026-001\n合同价 9,200,000.00 元\n')

const submitter = { msp: 'FinanceMSP', id: 'a1'.repeat(32), key: 'b2'.repeat(32) }
const time = '2026-11-23T02:04:29.118Z'

function described(document: Uint8Array) {
  return {
    project: '2303-331003-04-01-000001',
    type: 'CONTRACT' as const,
    number: 'HT-2026-001',
    issuer: '12331003000001011C',
    digests: { sha256: toHex(sha256(document)), sm3: toHex(sm3(document)) },
    provenance: { sourceSystem: '合同管理系统', generatedAt: '2026-11-23', generator: 'export 4.2' },
  }
}

/** The record of a document, as the contract stores it. */
export function anchorOf(document: Uint8Array, change: Partial<Anchor> = {}): Anchor {
  const place = { network: NETWORK, submitter, ...described(document), ...change }
  const { project, type, digests } = place
  const preimage = anchorIdPreimage({ ...place, project, type, digest: digests.sha256 })
  return {
    kind: 'anchor',
    version: 1,
    id: toHex(sha256(preimage)),
    size: document.length,
    time,
    tx: 'c3'.repeat(32),
    ...place,
  }
}

export function leafOf(document: Uint8Array, salt?: string): Leaf {
  return newLeaf({ ...described(document), size: document.length }, salt)
}

/** A batch of small documents, with its record as the contract stores it. */
export function batchOf(
  size: number,
  change: Partial<BatchRecord> = {},
): {
  documents: Uint8Array[]
  batch: Batch
  record: BatchRecord
} {
  const documents = Array.from({ length: size }, (_, i) => new TextEncoder().encode(`document ${i} of ${size}`))
  const batch = buildBatch(documents.map((document, i) => leafOf(document, i.toString(16).padStart(32, '0'))))
  const place = { network: NETWORK, submitter, roots: batch.roots, ...change }
  const record: BatchRecord = {
    kind: 'batch',
    version: 1,
    id: batchId(place),
    leafFormat: 'caizheng-leaf-v1',
    size,
    time,
    tx: 'd4'.repeat(32),
    lane: 'finance-1',
    sequence: 1,
    ...place,
  }
  return { documents, batch, record }
}
