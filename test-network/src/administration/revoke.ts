import type { Consortium } from '../consortium/index.js'
import { administratorsOf } from '../identities.js'
import { revoking } from './changes.js'
import type { ChannelEndpoints } from './endpoints.js'
import { updateChannel } from './update.js'

/**
 * Puts a revocation list into an organisation's MSP by an update of the configuration, signed by the administrators of all
 * node organisations and by the organisation's own, whom the policy asks for.
 *
 * @param list - PEM
 * @throws Error where the organisation is unknown or its CA didn't sign the list; UpdateRefused
 */
export async function revoke(
  consortium: Consortium,
  endpoints: ChannelEndpoints,
  mspId: string,
  list: string,
): Promise<void> {
  const own = consortium.organizations.get(mspId) ?? consortium.ordererOrganizations.get(mspId)
  const signers = new Map(administratorsOf(consortium))
  if (own) signers.set(mspId, own.admin)
  await updateChannel(endpoints, revoking(mspId, list), [...signers.values()])
}
