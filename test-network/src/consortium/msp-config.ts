import { encode, FabricMSPConfig, MSPConfig } from '@caizheng/fabric-wire'
import type { AuthorityMaterial } from './material.js'

/**
 * An organisation's trust anchors as the channel holds them: its two roots, and NodeOUs that read the role from a
 * certificate.
 */
export function mspConfig({ mspId, ca, tlsCa }: AuthorityMaterial): Uint8Array {
  const root = Buffer.from(ca.certificatePem)
  const unit = (organizationalUnitIdentifier: string) => ({ certificate: root, organizationalUnitIdentifier })
  const config = encode(FabricMSPConfig, {
    name: mspId,
    rootCerts: [root],
    tlsRootCerts: [Buffer.from(tlsCa.certificatePem)],
    cryptoConfig: { signatureHashFamily: 'SHA2', identityIdentifierHashFunction: 'SHA256' },
    fabricNodeOus: {
      enable: true,
      clientOuIdentifier: unit('client'),
      peerOuIdentifier: unit('peer'),
      adminOuIdentifier: unit('admin'),
      ordererOuIdentifier: unit('orderer'),
    },
  })
  return encode(MSPConfig, { type: 0, config })
}
