import type { Client } from '@caizheng/client-sdk'

/** The public state as the blocks make it: by key, the JSON of each record that a chaincode holds. */
export async function stateOf(client: Client, namespace: string): Promise<Map<string, unknown>> {
  const state = new Map<string, unknown>()
  const height = await client.height()
  for await (const { number, transactions } of client.followBlocks({ from: 0 })) {
    const writes = transactions.filter(({ valid }) => valid).flatMap((transaction) => transaction.writes)
    for (const write of writes.filter((one) => one.namespace === namespace)) {
      if (write.isDelete) state.delete(write.key)
      else state.set(write.key, JSON.parse(Buffer.from(write.value).toString()))
    }
    if (number === height - 1) break
  }
  return state
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
