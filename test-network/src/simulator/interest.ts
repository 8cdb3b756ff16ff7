import type { MetadataEntry } from '../ledger/index.js'

/** The name under which a key's metadata holds its endorsement policy. */
export const VALIDATION_PARAMETER = 'VALIDATION_PARAMETER'

/** Which policies a transaction will be judged by in one namespace; the gateway plans its endorsers from it. */
export interface NamespaceInterest {
  namespace: string
  /** Whether some write (or a read alone) falls under the chaincode's own policy. */
  namespacePolicy: boolean
  /** Serialized `SignaturePolicyEnvelope`s of the written keys that carry one. */
  keyPolicies: Uint8Array[]
}

/** Collects, while a transaction is simulated, which policies its writes touch. */
export class Interest {
  readonly #namespaces = new Map<string, NamespaceInterest>()

  addWrite(namespace: string, metadata: MetadataEntry[] | undefined): void {
    const interest = this.#of(namespace)
    const policy = metadata?.find(({ name }) => name === VALIDATION_PARAMETER)?.value
    if (policy) interest.keyPolicies.push(policy)
    else interest.namespacePolicy = true
  }

  /** A namespace that was only read still needs its chaincode's policy. */
  forNamespaces(namespaces: Iterable<string>): NamespaceInterest[] {
    for (const namespace of namespaces) {
      if (!this.#namespaces.has(namespace)) this.#of(namespace).namespacePolicy = true
    }
    return [...this.#namespaces.values()].filter(({ namespace }) => !namespace.startsWith('_'))
  }

  #of(namespace: string): NamespaceInterest {
    let interest = this.#namespaces.get(namespace)
    if (!interest) {
      interest = { namespace, namespacePolicy: false, keyPolicies: [] }
      this.#namespaces.set(namespace, interest)
    }
    return interest
  }
}
