/** One element of DER. */
export interface DerElement {
  readonly tag: number
  /** The element with its tag and length. */
  readonly bytes: Uint8Array
  readonly content: Uint8Array
}

export const DerTag = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  sequence: 0x30,
  set: 0x31,
} as const

/** The bytes are not DER, or not of the structure asked for. */
export class DerError extends Error {
  override readonly name = 'DerError'
}

/**
 * The elements that fill the bytes, to the last one: single-byte tags, definite lengths in their shortest form.
 *
 * @throws DerError
 */
export function readElements(bytes: Uint8Array): DerElement[] {
  const elements: DerElement[] = []
  for (let at = 0; at < bytes.length;) {
    const element = readElement(bytes, at)
    elements.push(element)
    at += element.bytes.length
  }
  return elements
}

/** The elements inside of one of this tag. @throws DerError */
export function open(element: DerElement | undefined, tag: number): DerElement[] {
  return readElements(contentOf(element, tag))
}

/** The content of an element of this tag. @throws DerError */
export function contentOf(element: DerElement | undefined, tag: number): Uint8Array {
  if (element?.tag === tag) return element.content
  throw new DerError(`An element of tag ${tag} is missing`)
}

/** An OBJECT IDENTIFIER in its dotted form. @throws DerError */
export function readObjectIdentifier(element: DerElement | undefined): string {
  const arcs: number[] = []
  let arc = 0
  for (const byte of contentOf(element, DerTag.oid)) {
    arc = arc * 128 + (byte & 0x7f)
    if (!Number.isSafeInteger(arc)) throw new DerError('An object identifier is too large')
    if (byte & 0x80) continue
    arcs.push(arc)
    arc = 0
  }
  const [head = 0, ...rest] = arcs
  const first = Math.min(Math.floor(head / 40), 2)
  return [first, head - first * 40, ...rest].join('.')
}

/** A BIT STRING of whole bytes. @throws DerError */
export function readBitString(element: DerElement | undefined): Uint8Array {
  const content = contentOf(element, DerTag.bitString)
  if (content[0] === 0) return content.subarray(1)
  throw new DerError('A bit string is not of whole bytes')
}

function readElement(bytes: Uint8Array, at: number): DerElement {
  const tag = bytes[at] ?? 0
  let length = bytes[at + 1]
  if (length === undefined || (tag & 0x1f) === 0x1f) throw new DerError('An element has no length or a long tag')
  let start = at + 2
  if (length >= 0x80) {
    const size = length & 0x7f
    if (size === 0 || size > 3 || bytes[start] === 0) throw new DerError('A length is not in its shortest form')
    length = 0
    for (const byte of bytes.subarray(start, start + size)) length = length * 256 + byte
    if (length < 0x80) throw new DerError('A length is not in its shortest form')
    start += size
  }
  const end = start + length
  if (end > bytes.length) throw new DerError('An element is longer than what holds it')
  return { tag, bytes: bytes.subarray(at, end), content: bytes.subarray(start, end) }
}
