import * as z from 'zod/mini'
import { parseCanonical } from '../canonical/index.js'
import { channel, hexDigest, limits, mspId } from '../schema/fields.js'
import { read } from '../schema/read.js'
import { readVersions } from '../schema/versions.js'

const organizations = z.array(mspId).check(
  z.minLength(1),
  z.maxLength(limits.organizations),
  z.refine((ids) => new Set(ids).size === ids.length, 'must not name an organisation twice'),
)

export const networkRequestShape = {
  /** SHA-256 of the genesis block's header (DER), hex. */
  genesis: hexDigest,
  /** The organisations that run nodes: all of them must endorse a later change of the network record. */
  organizations,
}

/** What `Bootstrap` takes, once in a channel's life. */
export const NetworkRequest = z.strictObject(networkRequestShape)
export type NetworkRequest = z.infer<typeof NetworkRequest>

/** The channel's identity as its chaincode knows it, version 1: canonical JSON at the state key {@link NETWORK_KEY}. */
export const NetworkV1 = z.strictObject({
  kind: z.literal('network'),
  version: z.literal(1),
  genesis: hexDigest,
  channel,
  /** In ascending order. */
  organizations,
})
export type Network = z.infer<typeof NetworkV1>

/** The state key of the one network record. */
export const NETWORK_KEY = 'network'

/** What `Bootstrap` answers. */
export interface NetworkResult {
  /** `false`: the same record was there already. */
  readonly created: boolean
  readonly network: Network
}

/** @throws {RecordError} with everything wrong in it. */
export function parseNetworkRequest(value: unknown): NetworkRequest {
  return read(NetworkRequest, value, 'a network request')
}

/** Reads a stored network record of any version. @throws {RecordError} or {@link CanonicalError} */
export function parseNetwork(input: unknown): Network {
  return readVersions('network', { 1: (value) => read(NetworkV1, value, 'a network record') }, input)
}

const Result = z.strictObject({ created: z.boolean(), network: z.unknown() })

/** @throws {RecordError} or {@link CanonicalError} where the bytes are no such answer. */
export function parseNetworkResult(bytes: string | Uint8Array): NetworkResult {
  const { created, network } = read(Result, parseCanonical(bytes), 'a network result')
  return { created, network: parseNetwork(network) }
}
