import { channelConfigOf, lastConfigIndex, parseBlock, type ChannelConfig } from '@caizheng/fabric-wire'
import type { Ledger } from '../ledger/index.js'

/** The configuration in force at a ledger's tip, and the block that holds it: each block names it. */
export async function lastConfiguration(ledger: Ledger): Promise<{ config: ChannelConfig; block: number }> {
  const read = async (number: number): Promise<Uint8Array> => {
    const bytes = await ledger.block(number)
    if (bytes) return bytes
    throw new Error(`block ${String(number)} is missing from the ledger`)
  }
  const block = ledger.tip.number === 0 ? 0 : lastConfigIndex(parseBlock(await read(ledger.tip.number)))
  return { config: channelConfigOf(await read(block)), block }
}
