import type { Client } from '@caizheng/client-sdk'

type State = Map<string, unknown>
/** What was read before, by client: blocks never change. */
const known = new WeakMap<Client, { next: number; namespaces: Map<string, State> }>()

/** The public state as the blocks make it: by key, the JSON of each record that a chaincode holds. */
export async function stateOf(client: Client, namespace: string): Promise<ReadonlyMap<string, unknown>> {
  const read = known.get(client) ?? { next: 0, namespaces: new Map<string, State>() }
  known.set(client, read)
  const height = await client.height()
  if (read.next < height) {
    for await (const { number, transactions } of client.followBlocks({ from: read.next })) {
      for (const { writes } of transactions.filter(({ valid }) => valid)) {
        for (const write of writes) {
          const state = read.namespaces.get(write.namespace) ?? new Map<string, unknown>()
          read.namespaces.set(write.namespace, state)
          if (write.isDelete) state.delete(write.key)
          else state.set(write.key, valueOf(write.value))
        }
      }
      read.next = number + 1
      if (read.next === height) break
    }
  }
  return read.namespaces.get(namespace) ?? new Map()
}

/** The system's own records are not JSON. */
function valueOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString())
  } catch {
    return bytes
  }
}

/** Every block's bytes, as a peer has it. */
export async function blocksOf(client: Client, channel: string): Promise<Uint8Array[]> {
  const blocks: Uint8Array[] = []
  const height = await client.height()
  for (let number = 0; number < height; number++) {
    const call = { chaincode: 'qscc', function: 'GetBlockByNumber', arguments: [channel, String(number)] }
    blocks.push(await client.evaluate(call))
  }
  return blocks
}
