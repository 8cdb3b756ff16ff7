import { audit, peerSource, type AuditReport, type Doubt } from '@caizheng/audit'
import { encodeTrust, openTrust, trustFrom } from '@caizheng/evidence'
import { channelConfigOf } from '@caizheng/fabric-wire'
import { chaincodeDefinition } from '@caizheng/chaincode'
import type { County } from './county.js'

/** Replays a county's whole ledger from the administrator's peer. */
export function auditOf({ network, administrator }: County): Promise<AuditReport> {
  const { definition, genesis } = network.consortium
  const { name, version } = chaincodeDefinition('evidence')
  const file = trustFrom(channelConfigOf(genesis), {
    network: network.id,
    organizations: definition.organizations.filter(({ peer }) => peer !== undefined),
    chaincodes: [{ name, version, sequence: 1, committed: { block: 1, transaction: 0 } }],
    validity: { from: new Date('2020-01-01'), until: new Date('2040-01-01') },
  })
  return audit({ trust: openTrust(encodeTrust(file)), source: peerSource(administrator) })
}

/** What is wrong or can't be told, for a failing test to say. */
export function told({ doubts }: AuditReport): string[] {
  const serious = doubts.filter(({ grade, code }: Doubt) => grade !== 'NOTICE' && code !== 'PRIVATE_FIELD')
  return serious.map(({ code, block, key, text }) => `${code}, block ${block}, ${key ?? ''}: ${text.en}`)
}
