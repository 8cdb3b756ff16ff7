import { chaincodeDefinition, type ChaincodeName } from '@caizheng/chaincode'
import { openTrust, encodeTrust, trustFrom, type Trust, type TrustedDefinition } from '@caizheng/evidence'
import { channelConfigOf } from '@caizheng/fabric-wire'
import type { County } from './county.js'

/** What a verifier pins of a county: the definitions of these chaincodes, where its blocks have them committed. */
export async function trustOf({ network, administrator }: County, names: readonly ChaincodeName[]): Promise<Trust> {
  const chaincodes: TrustedDefinition[] = []
  for await (const { number, transactions } of administrator.followBlocks({ from: 0 })) {
    for (const [transaction, { writes }] of transactions.entries()) {
      for (const name of names) {
        const key = `namespaces/fields/${name}/Sequence`
        if (!writes.some((write) => write.namespace === '_lifecycle' && write.key === key)) continue
        const { version } = chaincodeDefinition(name)
        chaincodes.push({ name, version, sequence: 1, committed: { block: number, transaction } })
      }
    }
    if (chaincodes.length === names.length) break
  }
  const { definition, genesis } = network.consortium
  return openTrust(
    encodeTrust(
      trustFrom(channelConfigOf(genesis), {
        network: network.id,
        organizations: definition.organizations.filter(({ peer }) => peer !== undefined),
        chaincodes,
        validity: { from: new Date('2020-01-01'), until: new Date('2040-01-01') },
        trial: true,
      }),
    ),
  )
}
