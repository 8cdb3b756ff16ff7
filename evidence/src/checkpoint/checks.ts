import { fromHex } from '@caizheng/fabric-wire'
import { canonicalBytes, type CheckpointRecord } from '@caizheng/records'
import { EvidenceError } from '../fault.js'
import { treeHashers, verifyConsistency, verifyInclusion, type TreeAlgorithm } from '../merkle/index.js'
import type { CheckpointFile, LogMember } from './schema.js'

const ALGORITHMS: readonly TreeAlgorithm[] = ['sha256', 'sm3']

/**
 * Checks that the log of the kept checkpoint is the beginning of the current one's, by both roots.
 *
 * @throws EvidenceError KEPT_LATER, CONSISTENCY_ABSENT or CONSISTENCY_PROOF
 */
export function checkConsistency(
  kept: CheckpointRecord,
  current: CheckpointRecord,
  proofs: CheckpointFile['consistency'],
): void {
  if (kept.number > current.number) {
    throw new EvidenceError('KEPT_LATER', { kept: kept.number, number: current.number })
  }
  // Between logs of one size there is nothing to prove, but that they are the same.
  const same = kept.size === current.size
  const proof = proofs.find(({ size }) => size === kept.size)
  if (proof === undefined && !same && kept.size < current.size) {
    throw new EvidenceError('CONSISTENCY_ABSENT', { size: kept.size })
  }
  for (const algorithm of ALGORITHMS) {
    const nodes = same ? [] : (proof?.nodes[algorithm] ?? [])
    const [first, second] = [fromHex(kept.roots[algorithm]), fromHex(current.roots[algorithm])]
    if (!verifyConsistency(treeHashers[algorithm], kept.size, current.size, nodes.map(fromHex), first, second)) {
      throw new EvidenceError('CONSISTENCY_PROOF', { algorithm })
    }
  }
}

/**
 * Checks that a batch's record is a leaf of the log, by both roots.
 *
 * @throws EvidenceError MEMBER_ABSENT or MEMBER_PROOF
 */
export function checkMembership(id: string, current: CheckpointRecord, members: CheckpointFile['members']): LogMember {
  const member = members.find(({ record }) => record.id === id)
  if (member === undefined) throw new EvidenceError('MEMBER_ABSENT', { id })
  const bytes = canonicalBytes(member.record)
  for (const algorithm of ALGORITHMS) {
    const hasher = treeHashers[algorithm]
    const path = member.path[algorithm].map(fromHex)
    const root = fromHex(current.roots[algorithm])
    if (!verifyInclusion(hasher, hasher.leaf(bytes), member.index, current.size, path, root)) {
      throw new EvidenceError('MEMBER_PROOF', { id, algorithm })
    }
  }
  return member
}
