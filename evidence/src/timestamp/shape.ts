import { readDer, type Der } from '@caizheng/fabric-wire'
import { EvidenceError } from '../fault.js'

export function malformed(reason: string): EvidenceError {
  return new EvidenceError('TIMESTAMP_FORM', { why: reason })
}

/**
 * One element of DER with the given tag, and nothing after it.
 *
 * @throws EvidenceError TIMESTAMP_FORM
 */
export function element(bytes: Uint8Array, tag: number, what: string): Der {
  const found = readDer(bytes, tag)
  if (found === undefined) throw malformed(`${what} is not in DER`)
  return found
}

/**
 * The elements that one is made of.
 *
 * @throws EvidenceError TIMESTAMP_FORM
 */
export function childrenOf(node: Der, what: string): readonly Der[] {
  const children = node.children()
  if (children === undefined) throw malformed(`${what} is not in DER`)
  return children
}

/**
 * The elements that one is made of, if they have exactly these tags. A tag in a list of its own may be absent.
 *
 * @throws EvidenceError TIMESTAMP_FORM
 */
export function fields(node: Der, tags: readonly (number | readonly [number])[], what: string): (Der | undefined)[] {
  const children = [...childrenOf(node, what)]
  const found = tags.map((tag) => {
    const [wanted, optional] = typeof tag === 'number' ? [tag, false] : [tag[0], true]
    if (children[0]?.tag === wanted) return children.shift()
    if (optional) return undefined
    throw malformed(`${what} lacks a part`)
  })
  if (children.length > 0) throw malformed(`${what} has a part too many`)
  return found
}
