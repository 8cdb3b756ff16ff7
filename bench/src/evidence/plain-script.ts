import { hash, randomBytes } from 'node:crypto'
import type { Client, DocumentDigests, DocumentToAnchor } from '@caizheng/client-sdk'

/**
 * The plainest way to anchor batches: the same leaves, both trees by the fastest hash that Node has, every path taken, roots
 * submitted, some in flight. No checks, no journal, no receipts, no evidence, nothing after a failure: what the batcher
 * costs more than this is what those cost.
 *
 * @returns documents a second
 */
export async function plainScript(
  client: Client,
  documents: readonly DocumentToAnchor[],
  size: number,
  inFlight: number,
): Promise<number> {
  const started = performance.now()
  let next = 0
  const lane = async (name: string): Promise<void> => {
    while (next < documents.length) {
      const leaves = documents.slice(next, (next += size)).map(leafOf)
      const trees = { sha256: treeOf('sha256', leaves), sm3: treeOf('sm3', leaves) }
      const root = (levels: Uint8Array[]) => Buffer.from(levels.at(-1) as Uint8Array).toString('hex')
      const request =
        `{"lane":"${name}","leafFormat":"caizheng-leaf-v1","roots":{"sha256":"${root(trees.sha256)}",` +
        `"sm3":"${root(trees.sm3)}"},"size":${leaves.length}}`
      await client.submit({ chaincode: 'evidence', function: 'EvidenceContract:AnchorBatch', arguments: [request] })
      for (let index = 0; index < leaves.length; index++) {
        pathOf(trees.sha256, index)
        pathOf(trees.sm3, index)
      }
    }
  }
  await Promise.all(Array.from({ length: inFlight }, (_, index) => lane(`plain-${index}`)))
  return documents.length / ((performance.now() - started) / 1000)
}

const encoder = new TextEncoder()

/** Keys in the order that canonical JSON has them, so that JSON.stringify writes it. */
function leafOf({ document, about }: DocumentToAnchor): Uint8Array {
  const { sha256, sm3, size } = document as DocumentDigests
  const { issuer, number, project, provenance, type } = about
  const { generatedAt, generator, sourceSystem } = provenance ?? {}
  const leaf = {
    digests: { sha256, sm3 },
    format: 'caizheng-leaf-v1',
    issuer,
    number,
    project,
    provenance: { generatedAt, generator, sourceSystem },
    salt: randomBytes(16).toString('hex'),
    size,
    type,
  }
  return encoder.encode(`\0${JSON.stringify(leaf)}`)
}

function treeOf(algorithm: string, leaves: readonly Uint8Array[]): Uint8Array[] {
  let level = new Uint8Array(leaves.length * 32)
  leaves.forEach((leaf, index) => level.set(hash(algorithm, leaf, 'buffer'), index * 32))
  const levels = [level]
  const pair = new Uint8Array(65).fill(1, 0, 1)
  while (level.length > 32) {
    const above = new Uint8Array(Math.ceil(level.length / 64) * 32)
    for (let at = 0; at < above.length; at += 32) {
      const both = level.subarray(2 * at, 2 * at + 64)
      if (both.length === 32) above.set(both, at)
      else {
        pair.set(both, 1)
        above.set(hash(algorithm, pair, 'buffer'), at)
      }
    }
    levels.push((level = above))
  }
  return levels
}

function pathOf(levels: readonly Uint8Array[], index: number): Uint8Array[] {
  const path: Uint8Array[] = []
  for (let level = 0, at = index; level < levels.length - 1; level++, at >>>= 1) {
    const sibling = (at ^ 1) * 32
    const hashes = levels[level] as Uint8Array
    if (sibling < hashes.length) path.push(hashes.slice(sibling, sibling + 32))
  }
  return path
}
