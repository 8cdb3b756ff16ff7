import { CollectionConfigPackage, decodeLoose, StateData } from '@caizheng/fabric-wire'
import { collectionsKey, LIFECYCLE_NAMESPACE } from '../../consortium/index.js'
import type { CommittedState } from '../state/committed.js'

/** How many blocks the values of collections live, by the definitions of the state before a block. */
export class BlockToLive {
  private readonly known = new Map<string, Promise<ReadonlyMap<string, number>>>()

  constructor(private readonly state: CommittedState) {}

  /** The block whose commit ends what `block` writes in the collection; undefined where it is kept for ever. */
  async expiry(namespace: string, collection: string, block: number): Promise<number | undefined> {
    let collections = this.known.get(namespace)
    if (!collections) {
      collections = this.read(namespace)
      this.known.set(namespace, collections)
    }
    const blocks = (await collections).get(collection) ?? 0
    return blocks > 0 && Number.isSafeInteger(block + blocks + 1) ? block + blocks + 1 : undefined
  }

  private async read(namespace: string): Promise<ReadonlyMap<string, number>> {
    const key = collectionsKey(namespace)
    const stored = await this.state.get({ namespace: LIFECYCLE_NAMESPACE, collection: undefined, key })
    const bytes = (stored && decodeLoose(StateData, stored.value).bytes) ?? new Uint8Array()
    return new Map(
      decodeLoose(CollectionConfigPackage, bytes).config.flatMap(({ staticCollectionConfig: config }) =>
        config ? [[config.name, Number(config.blockToLive)]] : [],
      ),
    )
  }
}
