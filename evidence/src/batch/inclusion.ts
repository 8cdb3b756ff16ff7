import { fromHex, toHex } from '@caizheng/fabric-wire'
import { EvidenceError } from '../fault.js'
import type { BatchSubject } from '../file/schema.js'
import type { Leaf } from '../leaf/leaf.js'
import { rootOfMultiproof, treeHashers, type TreeAlgorithm } from '../merkle/index.js'
import type { BatchRecord } from './record.js'

const encoder = new TextEncoder()

/**
 * The bytes of a leaf that was read from a canonical file, after the prefix of a leaf: its keys stand in canonical order already,
 * so writing them as they stand gives what `encodeLeaf` gives, at a third of the cost. Were it ever otherwise, no root would
 * match.
 */
function prefixedBytesOf(leaf: Leaf): Uint8Array {
  return encoder.encode(`\0${JSON.stringify(leaf)}`)
}

/**
 * Checks that all leaves of a file are in the anchored trees: size and roots are those of the record.
 *
 * @param subject as `decodeEvidence` gives it
 * @param algorithms which of the two trees
 * @throws EvidenceError INCLUSION_SIZE, INCLUSION_PROOF or INCLUSION_ROOT
 */
export function checkInclusion(
  subject: BatchSubject,
  record: BatchRecord,
  algorithms: readonly TreeAlgorithm[] = ['sha256', 'sm3'],
): void {
  if (subject.size !== record.size) {
    throw new EvidenceError('INCLUSION_SIZE', { actual: subject.size, expected: record.size })
  }
  const leaves = subject.leaves.map(({ index, leaf }) => ({ index, bytes: prefixedBytesOf(leaf) }))
  for (const algorithm of algorithms) {
    const hasher = treeHashers[algorithm]
    const root = rootOfMultiproof(
      hasher,
      leaves.map(({ index, bytes }) => ({ index, hash: hasher.prefixedLeaf(bytes) })),
      subject.size,
      subject.nodes[algorithm].map(fromHex),
    )
    if (root === undefined) throw new EvidenceError('INCLUSION_PROOF', { size: subject.size })
    if (toHex(root) !== record.roots[algorithm]) throw new EvidenceError('INCLUSION_ROOT', { algorithm })
  }
}
