import { verify, X509Certificate } from 'node:crypto'
import { parseRevocationList, type FabricMSPConfig, type RevocationList } from '@caizheng/fabric-wire'

/** @throws Error where the list can't be read, or no CA of the MSP signed it */
export function requireOwnList({ name, rootCerts, intermediateCerts }: FabricMSPConfig, list: Uint8Array): void {
  const read = readList(list)
  if ([...rootCerts, ...intermediateCerts].some((authority) => hasSigned(authority, read))) return
  throw new Error(`The revocation list is not signed by a CA of ${name}`)
}

function readList(list: Uint8Array): RevocationList {
  try {
    return parseRevocationList(list)
  } catch (cause) {
    throw new Error('The revocation list cannot be read', { cause })
  }
}

function hasSigned(authority: Uint8Array, { signed }: RevocationList): boolean {
  const { publicKey } = new X509Certificate(authority)
  return signed.digest !== undefined && verify(signed.digest, signed.tbs, publicKey, signed.signature)
}
