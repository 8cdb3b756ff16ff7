export type DigestAlgorithm = 'sha256' | 'sm3'

/**
 * A digest of bytes that come in pieces, for documents that are larger than memory.
 *
 * @example
 * const digest = runningDigest('sm3')
 * for await (const chunk of stream) digest.update(chunk)
 * toHex(digest.digest())
 */
export interface RunningDigest {
  /** Takes the next piece. */
  update(bytes: Uint8Array): RunningDigest
  /** The digest of all pieces; nothing may be given after it. */
  digest(): Uint8Array
}
