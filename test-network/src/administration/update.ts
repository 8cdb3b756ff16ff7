import { randomBytes } from 'node:crypto'
import {
  ChannelHeader,
  computeUpdate,
  concatBytes,
  ConfigUpdate,
  ConfigUpdateEnvelope,
  copyOfConfig,
  encode,
  Envelope,
  HeaderType,
  Payload,
  SignatureHeader,
  type ChannelConfig,
  type ConfigSignature,
} from '@caizheng/fabric-wire'
import { common } from '@hyperledger/fabric-protos'
import type { Signer } from '../consortium/index.js'
import { broadcastToAll } from './broadcast.js'
import type { ConfigChange } from './changes.js'
import type { ChannelEndpoints } from './endpoints.js'
import { readConfiguration } from './query.js'

/** How long an accepted update may take to reach every peer, ms. */
const PATIENCE = 60_000

/** The orderers refused an update. */
export class UpdateRefused extends Error {
  override readonly name = 'UpdateRefused'

  constructor(
    /** Of Fabric's `common.Status`: 400 for an update at fault or without consent, 403 for a sender without access. */
    readonly status: number,
    /** The orderers' reason. */
    readonly info: string,
  ) {
    super(`The update was refused with status ${String(status)}: ${info}`)
  }
}

/**
 * Changes the configuration of a channel, embedded or of real Fabric: makes the update from the configuration in force,
 * has it signed, hands it to the orderers, and waits until every peer has it.
 *
 * @param signers - administrators who consent; with none, the update carries no signature
 * @param submitter - who hands it over; the first signer, if left out
 * @returns the configuration that is in force then
 * @throws UpdateRefused; ConfigError INVALID_UPDATE where the change changes nothing
 * @example
 * await updateChannel(network.endpoints, withoutOrganization('TaxMSP'), admins)
 */
export async function updateChannel(
  endpoints: ChannelEndpoints,
  change: ConfigChange,
  signers: readonly Signer[],
  submitter: Signer | undefined = signers[0],
): Promise<ChannelConfig> {
  if (!submitter) throw new Error('an update needs somebody to submit it')
  const update = await makeUpdate(endpoints, change, submitter)
  const signatures = signers.map((signer) => signUpdate(update, signer))
  return submitUpdate(endpoints, update, signatures, submitter)
}

/** The bytes of the update that makes this change, which each administrator signs. */
export async function makeUpdate(
  { channel, peers }: ChannelEndpoints,
  change: ConfigChange,
  reader: Signer,
): Promise<Uint8Array> {
  const { group } = await readConfiguration(first(peers), channel, reader)
  const wanted = copyOfConfig(group)
  change(wanted)
  return encode(ConfigUpdate, computeUpdate(channel, group, wanted))
}

/** An administrator's consent to an update. */
export function signUpdate(update: Uint8Array, { creator, sign }: Signer): ConfigSignature {
  const signatureHeader = encode(SignatureHeader, { creator, nonce: randomBytes(24) })
  return { signatureHeader, signature: sign(concatBytes(signatureHeader, update)) }
}

/**
 * Hands an update to the orderers and waits until every peer has a configuration of a later sequence.
 *
 * @param reader - who asks the peers; the submitter, if left out
 * @throws UpdateRefused; Error where a peer does not get it in time
 */
export async function submitUpdate(
  { channel, peers, orderers }: ChannelEndpoints,
  update: Uint8Array,
  signatures: readonly ConfigSignature[],
  submitter: Signer,
  reader = submitter,
): Promise<ChannelConfig> {
  const { sequence } = await readConfiguration(first(peers), channel, reader)
  const { status, info } = await broadcastToAll(orderers, asEnvelope(channel, update, signatures, submitter))
  if (status !== Number(common.Status.SUCCESS)) throw new UpdateRefused(status, info)
  const deadline = Date.now() + PATIENCE
  for (const peer of peers) {
    while ((await readConfiguration(peer, channel, reader)).sequence <= sequence) {
      if (Date.now() > deadline) throw new Error(`${peer.name} did not get the update in time`)
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
  return readConfiguration(first(peers), channel, reader)
}

function asEnvelope(
  channel: string,
  configUpdate: Uint8Array,
  signatures: readonly ConfigSignature[],
  { creator, sign }: Signer,
): Uint8Array {
  const channelHeader = encode(ChannelHeader, {
    type: HeaderType.CONFIG_UPDATE,
    timestamp: { seconds: Math.floor(Date.now() / 1000) },
    channelId: channel,
  })
  const payload = encode(Payload, {
    header: { channelHeader, signatureHeader: encode(SignatureHeader, { creator, nonce: randomBytes(24) }) },
    data: encode(ConfigUpdateEnvelope, { configUpdate, signatures }),
  })
  return encode(Envelope, { payload, signature: sign(payload) })
}

function first<T>([one]: readonly T[]): T {
  if (one === undefined) throw new Error('the channel has no peers')
  return one
}
