import { createHash } from 'node:crypto'

/** The two algorithms of the log's trees. */
export const algorithms = ['sha256', 'sm3'] as const
export type Algorithm = (typeof algorithms)[number]

/** RFC 9162's hash of a leaf: HASH(0x00 || data), hex. */
export function leafHash(algorithm: Algorithm, data: Uint8Array): string {
  return createHash(algorithm).update(Uint8Array.of(0)).update(data).digest('hex')
}

/** RFC 9162's hash of an inner node: HASH(0x01 || left || right), hex. */
export function nodeHash(algorithm: Algorithm, left: string, right: string): string {
  return createHash(algorithm).update(Uint8Array.of(1)).update(left, 'hex').update(right, 'hex').digest('hex')
}
