import type { Client } from '@caizheng/client-sdk'
import { canonicalize } from '@caizheng/records'
import type { Cast } from './cast.js'

/** The first administrator of the pilots' consortium. */
const ADMINISTRATOR = { personId: 'GENESIS-ADMIN', uscc: '113310030000000191', msp: 'FinanceMSP' } as const

/**
 * Writes the network's identity and the pilots' first administrator into `charter`, once: where that is there, nothing is
 * written.
 *
 * @param network its genesis hash, and the organisations that run nodes
 * @returns the administrator's client
 */
export async function bootstrapCharter(
  cast: Cast,
  network: { readonly id: string; readonly organizations: readonly string[] },
): Promise<Client> {
  const { personId, uscc, msp } = ADMINISTRATOR
  const { client } = await cast.person(msp, personId)
  const administrators = [{ personId, uscc, msp, key: await cast.key(msp, personId), validFrom: '2023-01-01' }]
  const request = { genesis: network.id, organizations: [...network.organizations], administrators }
  await client.submit({
    chaincode: 'charter',
    function: 'CharterContract:Bootstrap',
    arguments: [canonicalize(request)],
  })
  return client
}
