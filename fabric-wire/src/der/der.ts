import { readElements, type Element } from './element.js'

/** One element of DER with the bytes it is made of. */
export interface Der {
  readonly tag: number
  /** Without tag and length. */
  readonly content: Uint8Array
  /** With tag and length. */
  readonly whole: Uint8Array
  /** The elements that its content is made of; undefined if it is made of anything else. */
  children(): readonly Der[] | undefined
}

function nodeOf(der: Uint8Array, { tag, at, start, end }: Element): Der {
  return {
    tag,
    content: der.subarray(start, end),
    whole: der.subarray(at, end),
    children: () => readElements(der, start, end)?.map((element) => nodeOf(der, element)),
  }
}

/**
 * Reads bytes that must be exactly one element of DER: single-byte tags, shortest definite lengths, nothing after it.
 *
 * @param tag which it must be; any unless given
 */
export function readDer(der: Uint8Array, tag?: number): Der | undefined {
  const [element, ...more] = readElements(der, 0, der.length) ?? []
  if (element === undefined || more.length > 0 || (tag !== undefined && element.tag !== tag)) return undefined
  return nodeOf(der, element)
}
