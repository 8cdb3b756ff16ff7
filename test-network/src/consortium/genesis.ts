import { createHash, randomBytes } from 'node:crypto'
import {
  ChannelHeader,
  ConfigEnvelope,
  encode,
  Envelope,
  HeaderType,
  Metadata,
  OrdererBlockMetadata,
  Payload,
  SignatureHeader,
  WireBlock,
} from '@caizheng/fabric-wire'
import { channelGroup } from './channel-config.js'
import type { ConsortiumDefinition } from './definition.js'
import type { ConsortiumMaterial } from './material.js'

/**
 * Block 0 of the channel, serialized: the configuration that everything after rests on. It is unsigned, as in every
 * Fabric channel: whoever joins compares its hash with the one that the other members hold.
 *
 * The nonce and the time make each network's block different, even where the certificates are the same.
 */
export function genesisBlock(definition: ConsortiumDefinition, material: ConsortiumMaterial, now: Date): Uint8Array {
  const nonce = randomBytes(24)
  const channelHeader = encode(ChannelHeader, {
    type: HeaderType.CONFIG,
    version: 1,
    timestamp: { seconds: Math.floor(now.getTime() / 1000) },
    channelId: definition.channel,
    // The hash of nonce and creator, and nobody is the creator
    txId: sha256(nonce).toString('hex'),
  })
  const payload = encode(Payload, {
    header: { channelHeader, signatureHeader: encode(SignatureHeader, { nonce }) },
    data: encode(ConfigEnvelope, { config: { channelGroup: channelGroup(definition, material) } }),
  })
  const envelope = encode(Envelope, { payload })
  const nothing = new Uint8Array(0)
  const lastConfig = encode(Metadata, { value: encode(OrdererBlockMetadata, { lastConfig: {} }) })
  return encode(WireBlock, {
    header: { dataHash: sha256(envelope) },
    data: { data: [envelope] },
    metadata: { metadata: [lastConfig, nothing, nothing, nothing, nothing] },
  })
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
