import {
  decodeLoose,
  encode,
  FabricMSPConfig,
  MSPConfig,
  parsePolicyExpression,
  PolicyType,
  SignaturePolicyEnvelope,
  type ConfigGroup,
} from '@caizheng/fabric-wire'
import { requireOwnList } from './revocation-list.js'

/** A change of a channel's configuration: edits a copy of the tree. Versions are none of its business. */
export type ConfigChange = (channel: ConfigGroup) => void

/** Several changes as one update. */
export const together =
  (...changes: readonly ConfigChange[]): ConfigChange =>
  (channel) => {
    for (const change of changes) change(channel)
  }

/**
 * Has an organisation's MSP refuse the certificates of a revocation list.
 *
 * @param list - PEM, signed by a CA of the organisation
 * @throws Error where the channel has no such organisation, or none of its CAs signed the list: an MSP passes over such a
 *   list in silence
 */
export const revoking =
  (mspId: string, list: string): ConfigChange =>
  (channel) => {
    changeMsp(channel, mspId, (msp) => {
      requireOwnList(msp, Buffer.from(list))
      return { ...msp, revocationList: [...msp.revocationList, Buffer.from(list)] }
    })
  }

/**
 * Changes an organisation's MSP wherever it stands, under Application and under Orderer.
 *
 * @throws Error where the channel has no such organisation
 */
export function changeMsp(
  channel: ConfigGroup,
  mspId: string,
  change: (msp: FabricMSPConfig) => FabricMSPConfig,
): void {
  let found = false
  for (const organization of [...channel.groups.values()].flatMap(({ groups }) => [...groups.values()])) {
    const value = organization.values.get('MSP')
    if (!value) continue
    const { type, config } = decodeLoose(MSPConfig, value.value)
    const msp = decodeLoose(FabricMSPConfig, config)
    if (msp.name !== mspId) continue
    found = true
    value.value = encode(MSPConfig, { type, config: encode(FabricMSPConfig, change(msp)) })
  }
  if (!found) throw new Error(`MSP ${mspId} is unknown`)
}

/** Takes an organisation out of the application. Policies that name it go on naming it. */
export const withoutOrganization =
  (name: string): ConfigChange =>
  (channel) => {
    groupAt(channel, 'Application').groups.delete(name)
  }

/** Puts an organisation into the application, or another in its place. */
export const withOrganization =
  (name: string, organization: ConfigGroup): ConfigChange =>
  (channel) => {
    groupAt(channel, 'Application').groups.set(name, organization)
  }

/**
 * Sets a signature policy, with the `modPolicy` that it had, or `Admins`.
 *
 * @param path - below the channel: `Application/LifecycleEndorsement`, or `Readers` for the channel's own
 * @param expression - `AND('FinanceMSP.admin','AuditMSP.admin')`
 * @throws PolicyError SYNTAX; Error where there is no such group
 */
export const withPolicy =
  (path: string, expression: string): ConfigChange =>
  (channel) => {
    const names = path.split('/')
    const name = names.pop() ?? ''
    const { policies } = groupAt(channel, ...names)
    const { version = 0, modPolicy = 'Admins' } = policies.get(name) ?? {}
    const value = encode(SignaturePolicyEnvelope, parsePolicyExpression(expression))
    policies.set(name, { version, modPolicy, policy: { type: PolicyType.SIGNATURE, value } })
  }

/** Sets a value, such as `BatchSize` of `Orderer`, with the `modPolicy` that it had, or `Admins`. */
export const withValue =
  (path: string, value: Uint8Array): ConfigChange =>
  (channel) => {
    const names = path.split('/')
    const name = names.pop() ?? ''
    const { values } = groupAt(channel, ...names)
    const { version = 0, modPolicy = 'Admins' } = values.get(name) ?? {}
    values.set(name, { version, modPolicy, value })
  }

/** @throws Error where there is no such group */
export function groupAt(channel: ConfigGroup, ...names: readonly string[]): ConfigGroup {
  return names.reduce((group, name) => {
    const child = group.groups.get(name)
    if (child) return child
    throw new Error(`the channel's configuration has no group ${names.join('/')}`)
  }, channel)
}
