import { ChannelHeader, decodeLoose, Payload, SignatureHeader, type Identity } from '@caizheng/fabric-wire'
import { common, orderer } from '@hyperledger/fabric-protos'
import type { Channel, Resource } from '../channel/index.js'

/** How far a request's time may be from the node's clock, ms. */
const TIME_WINDOW = 15 * 60 * 1000

const { BAD_REQUEST, FORBIDDEN, NOT_FOUND } = common.Status

/** What a deliver request asks for, once it was found in order. */
export interface Seek {
  from: number
  to: number
  /** Answer NOT_FOUND instead of waiting for a block that is not there yet. */
  failIfNotReady: boolean
  /** Leave the transactions out; configuration blocks keep theirs. */
  headersOnly: boolean
  /** Who asks. */
  reader: Identity
}

/** What guards a deliver service: a resource, or a policy by its path. */
export type ReadAccess = Resource | `/${string}`

/** A request that ends with this status and no block. */
export class SeekRefused extends Error {
  constructor(
    readonly status: number,
    reason: string,
  ) {
    super(reason)
    this.name = 'SeekRefused'
  }
}

/** Reads a deliver request and checks that its signer may read the channel. @throws SeekRefused */
export async function openSeek(
  channel: Channel,
  envelope: InstanceType<typeof common.Envelope>,
  policy: ReadAccess,
): Promise<Seek> {
  const payload = envelope.getPayload_asU8()
  const { header, data } = read(() => decodeLoose(Payload, payload))
  if (!header) throw new SeekRefused(BAD_REQUEST, 'envelope has no header')
  const { channelId, timestamp } = read(() => decodeLoose(ChannelHeader, header.channelHeader))
  if (!timestamp) throw new SeekRefused(BAD_REQUEST, 'channel header in envelope must contain timestamp')
  if (Math.abs(channel.clock().getTime() - Number(timestamp.seconds) * 1000) > TIME_WINDOW) {
    throw new SeekRefused(BAD_REQUEST, 'envelope timestamp is too far from current server time')
  }
  if (channelId !== channel.id) throw new SeekRefused(NOT_FOUND, 'channel not found')
  const seek = read(() => orderer.SeekInfo.deserializeBinary(data))
  const reader = await requireReader(channel, envelope, policy)
  return { ...resolve(seek, channel.ledger.height), reader }
}

/**
 * Who signed a deliver request, if he may read the channel as it is configured now. Asked again whenever the
 * configuration changes while blocks are sent.
 * @throws SeekRefused
 */
export async function requireReader(
  channel: Channel,
  envelope: InstanceType<typeof common.Envelope>,
  policy: ReadAccess,
): Promise<Identity> {
  const payload = envelope.getPayload_asU8()
  const { creator } = read(() =>
    decodeLoose(SignatureHeader, decodeLoose(Payload, payload).header?.signatureHeader ?? new Uint8Array()),
  )
  try {
    const reader = await channel.caller(creator, payload, envelope.getSignature_asU8())
    channel.authorize(policy, reader)
    return reader
  } catch (error) {
    throw new SeekRefused(FORBIDDEN, error instanceof Error ? error.message : String(error))
  }
}

function resolve(seek: InstanceType<typeof orderer.SeekInfo>, height: number): Omit<Seek, 'reader'> {
  const [start, stop] = [seek.getStart(), seek.getStop()]
  if (!start || !stop) throw new SeekRefused(BAD_REQUEST, 'missing start or stop')
  const from = startOf(start, height)
  const to = stopOf(stop, start, from, height)
  if (to < from) throw new SeekRefused(BAD_REQUEST, 'start number greater than stop number')
  return {
    from,
    to,
    failIfNotReady: seek.getBehavior() === orderer.SeekInfo.SeekBehavior.FAIL_IF_NOT_READY,
    headersOnly: seek.getContentType() === orderer.SeekInfo.SeekContentType.HEADER_WITH_SIG,
  }
}

function startOf(position: InstanceType<typeof orderer.SeekPosition>, height: number): number {
  if (position.hasOldest()) return 0
  if (position.hasNewest()) return height - 1
  if (position.hasNextCommit()) return height
  const number = position.getSpecified()?.getNumber()
  if (number === undefined) throw new SeekRefused(BAD_REQUEST, 'unknown start position')
  if (number > height) throw new SeekRefused(NOT_FOUND, 'the start lies beyond the next block')
  return number
}

function stopOf(
  position: InstanceType<typeof orderer.SeekPosition>,
  start: InstanceType<typeof orderer.SeekPosition>,
  from: number,
  height: number,
): number {
  if (position.hasOldest()) return from
  if (position.hasNewest()) return start.hasNewest() ? from : height - 1
  const number = position.getSpecified()?.getNumber()
  if (number === undefined) throw new SeekRefused(BAD_REQUEST, 'unknown stop position')
  return number
}

function read<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw new SeekRefused(BAD_REQUEST, error instanceof Error ? error.message : String(error))
  }
}
