import { decodeLoose } from '../codec/index.js'
import {
  AnchorPeers,
  FabricMSPConfig,
  MSPConfig,
  OrdererAddresses,
  type AnchorPeer,
  type ConfigGroup,
} from '../messages/index.js'
import { createMsp, type Msp } from '../msp/index.js'
import { ConfigError } from './error.js'

/** An organisation of a channel. */
export interface Organization {
  /** Its name in the configuration, most often the same as the MSP id. */
  readonly name: string
  readonly mspid: string
  readonly msp: Msp
  readonly anchorPeers: readonly AnchorPeer[]
  /** Addresses of its orderers. */
  readonly endpoints: readonly string[]
}

/** @throws {ConfigError} `INVALID_CONFIG` @throws {IdentityError} `INVALID_MSP` or `MALFORMED` */
export function readOrganization(name: string, group: ConfigGroup): Organization {
  const value = (key: string): Uint8Array => group.values.get(key)?.value ?? new Uint8Array(0)
  const { type, config } = decodeLoose(MSPConfig, value('MSP'))
  if (type !== 0) throw new ConfigError('INVALID_CONFIG', `${name} has an MSP of type ${type}; only X.509 is read`)
  const msp = createMsp(decodeLoose(FabricMSPConfig, config))
  return {
    name,
    mspid: msp.mspid,
    msp,
    anchorPeers: decodeLoose(AnchorPeers, value('AnchorPeers')).anchorPeers,
    endpoints: decodeLoose(OrdererAddresses, value('Endpoints')).addresses,
  }
}
