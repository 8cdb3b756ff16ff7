import { ChannelHeader, decodeLoose, Envelope, HeaderType, Payload, SignatureHeader } from '@caizheng/fabric-wire'
import { common } from '@hyperledger/fabric-protos'
import type { Channel } from '../channel/index.js'
import { configure, NoConsensus } from './configure.js'
import type { ConsenterIdentity } from './consenters.js'

/** Why an envelope is not taken for ordering, with the status of Fabric's broadcast service. */
export interface Refusal {
  status: number
  info: string
}

/** An envelope that may be ordered. */
export interface Admitted {
  /** What goes into a block: the envelope itself, or the configuration transaction that an update makes. */
  envelope: Uint8Array
  /** Whether it is a configuration transaction, which has a block of its own. */
  configures: boolean
}

const { BAD_REQUEST, FORBIDDEN, SERVICE_UNAVAILABLE } = common.Status
/** `ConsensusType.state`: only changes of the consensus itself are taken. */
const MAINTENANCE = 1

/**
 * What an orderer checks before it orders: form, channel, size, an unexpired creator whose signature is right and who
 * satisfies the channel's Writers. It does not look at endorsements: whether a transaction is valid is for the peers.
 * An update of the configuration it judges in full, and orders what comes out.
 */
export async function admit(
  channel: Channel,
  bytes: Uint8Array,
  consenters: readonly ConsenterIdentity[],
): Promise<Admitted | Refusal> {
  try {
    const { payload, signature } = decodeLoose(Envelope, bytes)
    const { header } = decodeLoose(Payload, payload)
    if (!header) return { status: BAD_REQUEST, info: 'could not convert message to signedData: Missing Header' }
    const { channelId, type } = decodeLoose(ChannelHeader, header.channelHeader)
    if (channelId !== channel.id) return { status: BAD_REQUEST, info: 'channel does not exist' }
    if (type === HeaderType.CONFIG) {
      return { status: BAD_REQUEST, info: 'message is of type that cannot be processed directly' }
    }
    const { creator } = decodeLoose(SignatureHeader, header.signatureHeader)
    const check = () => refuse(channel, { bytes, creator, payload, signature })
    if (type === HeaderType.CONFIG_UPDATE) return await admitUpdate(channel, bytes, consenters, check)
    if (channel.config.consensus.state === MAINTENANCE) {
      return { status: SERVICE_UNAVAILABLE, info: 'normal transactions are rejected: maintenance mode' }
    }
    return (await check()) ?? { envelope: bytes, configures: false }
  } catch (error) {
    return { status: BAD_REQUEST, info: error instanceof Error ? error.message : String(error) }
  }
}

async function admitUpdate(
  channel: Channel,
  update: Uint8Array,
  consenters: readonly ConsenterIdentity[],
  check: () => Promise<Refusal | undefined>,
): Promise<Admitted | Refusal> {
  const refusal = await check()
  if (refusal) {
    const info = `config update for existing channel did not pass initial checks: ${refusal.info}`
    return { ...refusal, info }
  }
  try {
    const envelope = await configure(channel, update, consenters)
    const tooLarge = sizeFault(channel, envelope)
    if (tooLarge === undefined) return { envelope, configures: true }
    return {
      status: BAD_REQUEST,
      info: `config update for existing channel did not pass final checks: ${tooLarge}`,
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (error instanceof NoConsensus) return { status: SERVICE_UNAVAILABLE, info: reason }
    const info = `error applying config update to existing channel '${channel.id}': ${reason}`
    return { status: BAD_REQUEST, info }
  }
}

interface Received {
  bytes: Uint8Array
  creator: Uint8Array
  payload: Uint8Array
  signature: Uint8Array
}

async function refuse(
  channel: Channel,
  { bytes, creator, payload, signature }: Received,
): Promise<Refusal | undefined> {
  const tooLarge = sizeFault(channel, bytes)
  if (tooLarge !== undefined) return { status: BAD_REQUEST, info: tooLarge }
  const policy = channel.config.consensus.state === MAINTENANCE ? '/Channel/Orderer/Writers' : '/Channel/Writers'
  // To an orderer an identity that is none is one that does not satisfy the policy
  const identity = await channel.signer(creator, payload, signature).catch(() => undefined)
  if (identity && channel.isExpired(identity)) {
    return { status: BAD_REQUEST, info: 'broadcast client identity expired' }
  }
  const reason = channel.config.policies.refusal(policy, identity ? [identity] : [])
  return reason === undefined ? undefined : { status: FORBIDDEN, info: `${reason}: permission denied` }
}

function sizeFault(channel: Channel, { length }: Uint8Array): string | undefined {
  const limit = channel.config.batchSize.absoluteMaxBytes
  if (length <= limit) return undefined
  return `message payload is ${String(length)} bytes and exceeds maximum allowed ${String(limit)} bytes`
}
