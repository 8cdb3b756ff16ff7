import { createHash } from 'node:crypto'
import { verifyIdentitySignatureAsync, type Identity } from '@caizheng/fabric-wire'

/** How many verdicts are kept: those of the transactions that are under way. */
const MOST_KNOWN = 4096

/**
 * Verifies signatures on the thread pool, each once. In this network one process plays every node, so that the same
 * signature of the same bytes comes by three endorsers, then the orderer and the committer.
 */
export class SignatureVerifier {
  readonly #known = new Map<string, Promise<boolean>>()

  verify(identity: Identity, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
    const digest = createHash('sha256').update(identity.key).update(signature).update(message).digest('base64')
    let verdict = this.#known.get(digest)
    if (!verdict) {
      verdict = verifyIdentitySignatureAsync(identity, message, signature)
      if (this.#known.size >= MOST_KNOWN) this.#forgetOldest()
      this.#known.set(digest, verdict)
    }
    return verdict
  }

  #forgetOldest(): void {
    for (const digest of this.#known.keys()) {
      this.#known.delete(digest)
      return
    }
  }
}
