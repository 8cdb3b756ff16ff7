import type { ChannelConfig, StaticCollectionConfig } from '@caizheng/fabric-wire'
import { LIFECYCLE_NAMESPACE } from '../consortium/index.js'
import { implicitCollection, implicitOrganization, openCollection, type Collection } from './collection.js'
import type { Definitions, StateReader } from './definitions.js'

/** The private data collections of the channel's chaincodes: those of the definitions, and one for each organisation. */
export class Collections {
  readonly #opened = new WeakMap<StaticCollectionConfig, Collection>()
  readonly #implicit = new Map<string, Collection>()

  constructor(
    private readonly config: ChannelConfig,
    private readonly definitions: Definitions,
  ) {}

  /**
   * A collection by its name. As in a peer, the implicit one of an organisation that the channel does not have is found
   * too; `isDefined` tells.
   */
  async find(state: StateReader, namespace: string, name: string): Promise<Collection | undefined> {
    const explicit = await this.#definitionsOf(state, namespace)
    if (!explicit) return undefined
    const implicit = this.implicit(name)
    if (implicit) return implicit
    const config = explicit.find((collection) => collection.name === name)
    return config && this.open(config)
  }

  /** The implicit collection of this name; undefined for a name of another kind. */
  implicit(name: string): Collection | undefined {
    const organization = implicitOrganization(name)
    return organization === undefined ? undefined : this.#implicitOf(organization)
  }

  /** Reads a definition, once. */
  open(config: StaticCollectionConfig): Collection {
    let collection = this.#opened.get(config)
    if (!collection) this.#opened.set(config, (collection = openCollection(config)))
    return collection
  }

  /** Whether a chaincode has this collection: a simulation may touch no other. */
  async isDefined(state: StateReader, namespace: string, name: string): Promise<boolean> {
    const organization = implicitOrganization(name)
    if (organization !== undefined && !this.#hasOrganization(organization)) return false
    return (await this.find(state, namespace, name)) !== undefined
  }

  async #definitionsOf(state: StateReader, namespace: string): Promise<readonly StaticCollectionConfig[] | undefined> {
    if (namespace === LIFECYCLE_NAMESPACE) return []
    return (await this.definitions.find(state, namespace))?.collections
  }

  #hasOrganization(mspId: string): boolean {
    return this.config.organizations.some(({ mspid }) => mspid === mspId)
  }

  #implicitOf(mspId: string): Collection {
    let collection = this.#implicit.get(mspId)
    if (!collection) {
      collection = openCollection(implicitCollection(mspId))
      // Names of organisations that don't exist come from callers, and are not remembered.
      if (this.#hasOrganization(mspId)) this.#implicit.set(mspId, collection)
    }
    return collection
  }
}
