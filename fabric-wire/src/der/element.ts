/** One element of DER: its tag, where its content starts and ends, and where it begins itself. */
export interface Element {
  readonly tag: number
  readonly at: number
  readonly start: number
  readonly end: number
}

/** Reads the element at `at` with single-byte tag and shortest definite length; undefined for anything else. */
export function readElement(der: Uint8Array, at: number, limit: number): Element | undefined {
  const tag = der[at]
  let length = der[at + 1]
  if (tag === undefined || length === undefined || (tag & 0x1f) === 0x1f) return undefined
  let start = at + 2
  if (length >= 0x80) {
    const size = length & 0x7f
    if (size === 0 || size > 4 || der[start] === 0) return undefined
    length = 0
    for (let i = 0; i < size; i++) length = length * 256 + (der[start++] ?? 0)
    if (length < 0x80) return undefined
  }
  const end = start + length
  return end > limit ? undefined : { tag, at, start, end }
}

/** The elements that fill `start` to `end` exactly; undefined if they don't. */
export function readElements(der: Uint8Array, start: number, end: number): Element[] | undefined {
  const elements: Element[] = []
  let at = start
  while (at < end) {
    const element = readElement(der, at, end)
    if (element === undefined) return undefined
    elements.push(element)
    at = element.end
  }
  return elements
}
