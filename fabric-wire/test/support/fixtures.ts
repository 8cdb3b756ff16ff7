import { readFileSync } from 'node:fs'
import { channelConfigOf, parseBlock, type Block, type ChannelConfig } from '../../src/index.js'

const root = new URL('../../../test/fixtures/fabric/', import.meta.url)

/** A file of the recorded network: see test/fixtures/fabric/README.md. */
export function fixture(path: string): Uint8Array {
  return readFileSync(new URL(path, root))
}

export function fixtureText(path: string): string {
  return readFileSync(new URL(path, root), 'utf8')
}

export const BLOCK_NUMBERS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]

export function recordedBlock(number: number): Block {
  return parseBlock(fixture(`chain/blocks/${number}.block`))
}

export const genesisConfig: ChannelConfig = channelConfigOf(fixture('chain/blocks/0.block'))

/** The configuration in force before a block: block 10 updated it. */
export function configBefore(number: number): ChannelConfig {
  return number <= 10 ? genesisConfig : channelConfigOf(recordedBlock(10))
}
