import type { Client } from '@caizheng/client-sdk'

/** The bytes of one block as they were found. */
export interface FoundBlock {
  readonly bytes: Uint8Array
  /** For people: a file's name, a peer's address. */
  readonly from: string
}

/** Where blocks come from. */
export interface BlockSource {
  /** For people. */
  readonly name: string
  /** How many blocks there are, for progress; `undefined` where nobody knows. */
  height(): Promise<number | undefined>
  /** The blocks from this number on, in order, up to the height. */
  blocks(from: number): AsyncIterable<FoundBlock>
}

/**
 * The chain as one peer has it now. The peer is believed in nothing: every block is judged.
 *
 * @throws {CaizhengError} from `height` and `blocks`
 */
export function peerSource(client: Client): BlockSource {
  const from = client.profile.gateway
  return {
    name: from,
    height: () => client.height(),
    async *blocks(first) {
      const height = await client.height()
      if (first >= height) return
      let left = height - first
      for await (const bytes of client.followBlockBytes({ from: first })) {
        yield { bytes, from }
        if (--left === 0) return
      }
    },
  }
}
