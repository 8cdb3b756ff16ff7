import { verify, X509Certificate } from 'node:crypto'
import { createMsp, parseRevocationList, type ChannelConfig, type RevocationList } from '@caizheng/fabric-wire'
import { AccessError } from './access.js'

/**
 * A channel's configuration with one more revocation list in an organisation's MSP.
 *
 * @throws AccessError where the organisation is unknown, or none of its CAs signed the list: an MSP would pass over
 *   such a list in silence
 */
export function withRevocationList(config: ChannelConfig, mspId: string, list: Uint8Array): ChannelConfig {
  const msp = config.msps.get(mspId)
  if (!msp) throw new AccessError(`MSP ${mspId} is unknown`)
  const { rootCerts, intermediateCerts, revocationList } = msp.config
  if (![...rootCerts, ...intermediateCerts].some((authority) => hasSigned(authority, read(list)))) {
    throw new AccessError(`The revocation list is not signed by a CA of ${mspId}`)
  }
  const changed = createMsp({ ...msp.config, revocationList: [...revocationList, list] })
  const organizations = (all: ChannelConfig['organizations']) =>
    all.map((organization) => (organization.mspid === mspId ? { ...organization, msp: changed } : organization))
  return {
    ...config,
    organizations: organizations(config.organizations),
    ordererOrganizations: organizations(config.ordererOrganizations),
    msps: new Map([...config.msps, [mspId, changed]]),
  }
}

function read(list: Uint8Array): RevocationList {
  try {
    return parseRevocationList(list)
  } catch (cause) {
    throw new AccessError('The revocation list cannot be read', { cause })
  }
}

function hasSigned(authority: Uint8Array, { signed }: RevocationList): boolean {
  const { publicKey } = new X509Certificate(authority)
  return signed.digest !== undefined && verify(signed.digest, signed.tbs, publicKey, signed.signature)
}
