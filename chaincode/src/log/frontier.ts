import { nodeHash, type Algorithm } from './hashers.js'

/**
 * A growing tree of RFC 9162 by the roots of its perfect subtrees, largest first: their sizes are the binary digits of the
 * tree's. Appending and the root cost no more than one hash a digit, whatever the tree holds.
 */
export type Frontier = readonly string[]

/** The frontier with one leaf more. `size`: leaves before it. */
export function append(algorithm: Algorithm, frontier: Frontier, size: number, leaf: string): Frontier {
  const roots = [...frontier]
  let right = leaf
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = roots.pop()
    if (left === undefined) throw new RangeError(`The frontier does not belong to a tree of ${size}`)
    right = nodeHash(algorithm, left, right)
  }
  return [...roots, right]
}

/** The tree's root. @throws RangeError for a tree without leaves. */
export function rootOf(algorithm: Algorithm, frontier: Frontier): string {
  const last = frontier.at(-1)
  if (last === undefined) throw new RangeError('A tree without leaves')
  return frontier.slice(0, -1).reduceRight((right, left) => nodeHash(algorithm, left, right), last)
}
