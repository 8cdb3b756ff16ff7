import type { Client } from '@caizheng/client-sdk'
import { canonicalize } from '@caizheng/records'
import { administratorsOf, firstAdministrators } from './administrators.js'
import type { Cast } from './cast.js'

/**
 * Writes the network's identity and the pilots' first administrators into `charter`, once: where that is there, nothing is
 * written.
 *
 * @param network its genesis hash, and the organisations that run nodes
 * @returns the first administrator's client
 */
export async function bootstrapCharter(
  cast: Cast,
  network: { readonly id: string; readonly organizations: readonly string[] },
): Promise<Client> {
  const [{ msp, personId }] = firstAdministrators
  const { client } = await cast.person(msp, personId)
  const administrators = await administratorsOf(cast)
  const request = { genesis: network.id, organizations: [...network.organizations], administrators }
  await client.submit({
    chaincode: 'charter',
    function: 'CharterContract:Bootstrap',
    arguments: [canonicalize(request)],
  })
  return client
}
