import { bool, bytes, embedded, enumeration, int32, message, repeated, string, type Infer } from '../codec/index.js'

/** Who signed: an MSP's id and, in `idBytes`, a certificate in PEM. */
export const SerializedIdentity = message('SerializedIdentity', { mspid: string(1), idBytes: bytes(2) })
export type SerializedIdentity = Infer<typeof SerializedIdentity>

/** The value `MSP` of an organisation; `type` 0 is a FabricMSPConfig. */
export const MSPConfig = message('MSPConfig', { type: int32(1), config: bytes(2) })
export type MSPConfig = Infer<typeof MSPConfig>

export const FabricOUIdentifier = message('FabricOUIdentifier', {
  certificate: bytes(1),
  organizationalUnitIdentifier: string(2),
})
export type FabricOUIdentifier = Infer<typeof FabricOUIdentifier>

/** Which organisational unit in a certificate's subject makes it a client, a peer, an admin or an orderer. */
export const FabricNodeOUs = message('FabricNodeOUs', {
  enable: bool(1),
  clientOuIdentifier: embedded(2, FabricOUIdentifier),
  peerOuIdentifier: embedded(3, FabricOUIdentifier),
  adminOuIdentifier: embedded(4, FabricOUIdentifier),
  ordererOuIdentifier: embedded(5, FabricOUIdentifier),
})
export type FabricNodeOUs = Infer<typeof FabricNodeOUs>

export const FabricCryptoConfig = message('FabricCryptoConfig', {
  signatureHashFamily: string(1),
  identityIdentifierHashFunction: string(2),
})
export type FabricCryptoConfig = Infer<typeof FabricCryptoConfig>

export const KeyInfo = message('KeyInfo', { keyIdentifier: string(1), keyMaterial: bytes(2) })
export type KeyInfo = Infer<typeof KeyInfo>

export const SigningIdentityInfo = message('SigningIdentityInfo', {
  publicSigner: bytes(1),
  privateSigner: embedded(2, KeyInfo),
})
export type SigningIdentityInfo = Infer<typeof SigningIdentityInfo>

/** An organisation's trust anchors and rules; certificates and revocation lists are PEM. */
export const FabricMSPConfig = message('FabricMSPConfig', {
  name: string(1),
  rootCerts: repeated(bytes(2)),
  intermediateCerts: repeated(bytes(3)),
  admins: repeated(bytes(4)),
  revocationList: repeated(bytes(5)),
  signingIdentity: embedded(6, SigningIdentityInfo),
  organizationalUnitIdentifiers: repeated(embedded(7, FabricOUIdentifier)),
  cryptoConfig: embedded(8, FabricCryptoConfig),
  tlsRootCerts: repeated(bytes(9)),
  tlsIntermediateCerts: repeated(bytes(10)),
  fabricNodeOus: embedded(11, FabricNodeOUs),
})
export type FabricMSPConfig = Infer<typeof FabricMSPConfig>

/** `MSPPrincipal.principalClassification`: which message `principal` holds. */
export const PrincipalClassification = {
  ROLE: 0,
  ORGANIZATION_UNIT: 1,
  IDENTITY: 2,
  ANONYMITY: 3,
  COMBINED: 4,
} as const

export const MSPPrincipal = message('MSPPrincipal', { principalClassification: enumeration(1), principal: bytes(2) })
export type MSPPrincipal = Infer<typeof MSPPrincipal>

/** `MSPRole.role`. */
export const MSPRoleType = { MEMBER: 0, ADMIN: 1, CLIENT: 2, PEER: 3, ORDERER: 4 } as const

export const MSPRole = message('MSPRole', { mspIdentifier: string(1), role: enumeration(2) })
export type MSPRole = Infer<typeof MSPRole>

export const OrganizationUnit = message('OrganizationUnit', {
  mspIdentifier: string(1),
  organizationalUnitIdentifier: string(2),
  certifiersIdentifier: bytes(3),
})
export type OrganizationUnit = Infer<typeof OrganizationUnit>

/** `MSPIdentityAnonymity.anonymityType`: 0 nominal, 1 anonymous. */
export const MSPIdentityAnonymity = message('MSPIdentityAnonymity', { anonymityType: enumeration(1) })
export type MSPIdentityAnonymity = Infer<typeof MSPIdentityAnonymity>

export const CombinedPrincipal = message('CombinedPrincipal', { principals: repeated(embedded(1, MSPPrincipal)) })
export type CombinedPrincipal = Infer<typeof CombinedPrincipal>
