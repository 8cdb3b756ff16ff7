import type { ConfigGroup } from '../../messages/index.js'
import { IdentityError, parseCertificate } from '../../certificate/index.js'
import { PolicyError } from '../../policy/index.js'
import { WireError } from '../../errors.js'
import { readChannelConfig, type ChannelConfig } from '../channel-config.js'
import { ConfigError } from '../error.js'
import type { Organization } from '../organization.js'
import { requireConsensusRules } from './consensus.js'
import { requireValues } from './values.js'

/**
 * Reads the configuration that an update makes, and refuses it where Fabric would: unknown or contradictory values, MSPs
 * that can't be set up, capabilities that nobody has, an MSP id that changed.
 *
 * @param present the configuration in force
 * @param group what `authorizeUpdate` made of it
 * @throws {ConfigError} `INVALID_UPDATE`
 */
export function requireSuccessor(present: ChannelConfig, group: ConfigGroup): ChannelConfig {
  requireValues(group)
  const next = read(present, group)
  requireMspIds('orderer', present.ordererOrganizations, next.ordererOrganizations)
  requireMspIds('application', present.organizations, next.organizations)
  for (const { name, endpoints } of next.ordererOrganizations) {
    if (endpoints.length === 0) refuse(`some orderer organizations endpoints are empty: [${name}]`)
  }
  for (const organization of [...next.organizations, ...next.ordererOrganizations]) requireTlsRoots(organization)
  requireConsensusRules(present, next)
  return next
}

function read(present: ChannelConfig, group: ConfigGroup): ChannelConfig {
  try {
    return readChannelConfig(present.channelId, { sequence: present.sequence + 1, channelGroup: group })
  } catch (cause) {
    const known = [ConfigError, IdentityError, PolicyError, WireError].some((kind) => cause instanceof kind)
    if (!known) throw cause
    throw new ConfigError('INVALID_UPDATE', `initializing channelconfig failed: ${(cause as Error).message}`, { cause })
  }
}

function requireMspIds(kind: string, before: readonly Organization[], after: readonly Organization[]): void {
  for (const { name, mspid } of before) {
    const successor = after.find((organization) => organization.name === name)
    if (!successor || successor.mspid === mspid) continue
    refuse(`${kind} org ${name} attempted to change MSP ID from ${mspid} to ${successor.mspid}`)
  }
}

/** A peer sets an MSP's TLS roots up with it, and stops where they are none. */
function requireTlsRoots({ name, msp }: Organization): void {
  for (const pem of [...msp.config.tlsRootCerts, ...msp.config.tlsIntermediateCerts]) {
    let isRoot = false
    try {
      const certificate = parseCertificate(pem)
      isRoot = certificate.isCa && certificate.subjectKeyId !== undefined
    } catch (error) {
      if (!(error instanceof IdentityError)) throw error
    }
    if (!isRoot) refuse(`setting up the MSP manager failed: a TLS root of ${name} is no CA`)
  }
}

function refuse(reason: string): never {
  throw new ConfigError('INVALID_UPDATE', reason)
}
