import { runningDigest, toHex } from '@caizheng/fabric-wire'
import { breathe } from './breathe.js'

/** SHA-256 and SM3 of a file, in lower-case hexadecimal. */
export interface Digests {
  readonly sha256: string
  readonly sm3: string
}

// Small enough that a slow machine answers to the mouse between two of them.
const chunkBytes = 512 * 1024

/**
 * Hashes a file of any size without holding it: a chunk at a time, and the page lives on between them.
 *
 * @param onProgress told how many bytes are done
 * @throws DOMException if the file can't be read (it was moved, or changed meanwhile)
 */
export async function hashFile(file: Blob, onProgress: (done: number) => void = () => undefined): Promise<Digests> {
  const sha256 = runningDigest('sha256')
  const sm3 = runningDigest('sm3')
  for (let at = 0; at < file.size; at += chunkBytes) {
    const chunk = new Uint8Array(await file.slice(at, at + chunkBytes).arrayBuffer())
    sha256.update(chunk)
    sm3.update(chunk)
    onProgress(at + chunk.length)
    await breathe()
  }
  return { sha256: toHex(sha256.digest()), sm3: toHex(sm3.digest()) }
}
