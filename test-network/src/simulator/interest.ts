import type { MetadataEntry } from '../ledger/index.js'

/** The name under which a key's metadata holds its endorsement policy. */
export const VALIDATION_PARAMETER = 'VALIDATION_PARAMETER'

/** A private collection that a transaction touched. */
export interface CollectionInterest {
  name: string
  /** Whether values were read, so that only members can come to the same result. */
  privateReads: boolean
}

/** Which policies a transaction will be judged by in one namespace; the gateway plans its endorsers from it. */
export interface NamespaceInterest {
  namespace: string
  /** Whether some public write (or a read alone) falls under the chaincode's own policy. */
  namespacePolicy: boolean
  /** Serialized `SignaturePolicyEnvelope`s of the written keys that carry one, private keys among them. */
  keyPolicies: Uint8Array[]
  /** Collections that were read, or in which a key without a policy of its own was written. */
  collections: CollectionInterest[]
}

/** Collects, while a transaction is simulated, which policies its writes touch. */
export class Interest {
  readonly #namespaces = new Map<string, NamespaceInterest>()
  readonly #privateReads = new Map<string, Set<string>>()

  addWrite(namespace: string, metadata: MetadataEntry[] | undefined): void {
    const interest = this.#of(namespace)
    if (!addKeyPolicy(interest, metadata)) interest.namespacePolicy = true
  }

  addPrivateWrite(namespace: string, collection: string, metadata: MetadataEntry[] | undefined): void {
    const interest = this.#of(namespace)
    if (!addKeyPolicy(interest, metadata)) collectionOf(interest, collection)
  }

  addPrivateRead(namespace: string, collection: string): void {
    const collections = this.#privateReads.get(namespace) ?? new Set()
    this.#privateReads.set(namespace, collections.add(collection))
  }

  /** A namespace in which nothing was written, also not privately, still needs its chaincode's policy. */
  forNamespaces(namespaces: Iterable<string>): NamespaceInterest[] {
    for (const namespace of namespaces) {
      if (!this.#namespaces.has(namespace)) this.#of(namespace).namespacePolicy = true
    }
    for (const [namespace, collections] of this.#privateReads) {
      for (const name of collections) collectionOf(this.#of(namespace), name).privateReads = true
    }
    return [...this.#namespaces.values()].filter(({ namespace }) => !isSystem(namespace))
  }

  #of(namespace: string): NamespaceInterest {
    let interest = this.#namespaces.get(namespace)
    if (!interest) {
      interest = { namespace, namespacePolicy: false, keyPolicies: [], collections: [] }
      this.#namespaces.set(namespace, interest)
    }
    return interest
  }
}

/** Chaincodes that are part of every peer have no definition to plan by; `lscc` is read of Fabric's old lifecycle. */
function isSystem(namespace: string): boolean {
  return namespace.startsWith('_') || namespace === 'lscc'
}

function addKeyPolicy(interest: NamespaceInterest, metadata: MetadataEntry[] | undefined): boolean {
  const policy = metadata?.find(({ name }) => name === VALIDATION_PARAMETER)?.value
  if (policy) interest.keyPolicies.push(policy)
  return policy !== undefined
}

function collectionOf(interest: NamespaceInterest, name: string): CollectionInterest {
  let collection = interest.collections.find((one) => one.name === name)
  if (!collection) interest.collections.push((collection = { name, privateReads: false }))
  return collection
}
