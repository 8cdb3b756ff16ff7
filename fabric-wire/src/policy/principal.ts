import { decodeLoose, encode } from '../codec/index.js'
import { IdentityError, parseCertificate } from '../certificate/index.js'
import { equalBytes } from '../crypto/index.js'
import {
  CombinedPrincipal,
  MSPIdentityAnonymity,
  MSPRole,
  MSPRoleType,
  OrganizationUnit,
  PrincipalClassification,
  SerializedIdentity,
  type MSPPrincipal,
} from '../messages/index.js'
import type { Identity } from '../msp/index.js'
import { PolicyError } from './error.js'

/** Whether an identity is what a policy asks for. */
export type Predicate = (identity: Identity) => boolean

/**
 * Reads a principal, loosely as peers do: policies come from many writers, and no receipt rests on their bytes.
 *
 * @throws {PolicyError} `INVALID` for an unknown kind
 * @throws {WireError} `MALFORMED`
 */
export function compilePrincipal({ principalClassification, principal }: MSPPrincipal): Predicate {
  switch (principalClassification) {
    case PrincipalClassification.ROLE:
      return compileRole(decodeLoose(MSPRole, principal))
    case PrincipalClassification.ORGANIZATION_UNIT: {
      const unit = decodeLoose(OrganizationUnit, principal)
      return ({ mspid, certificate, certifiers }) =>
        mspid === unit.mspIdentifier &&
        certificate.ou.includes(unit.organizationalUnitIdentifier) &&
        equalBytes(certifiers, unit.certifiersIdentifier)
    }
    case PrincipalClassification.IDENTITY:
      return compileIdentity(decodeLoose(SerializedIdentity, principal))
    case PrincipalClassification.ANONYMITY: {
      const { anonymityType } = decodeLoose(MSPIdentityAnonymity, principal)
      return () => anonymityType === 0 // an X.509 identity is nominal, never anonymous
    }
    case PrincipalClassification.COMBINED: {
      const parts = decodeLoose(CombinedPrincipal, principal).principals.map(compilePrincipal)
      if (parts.length === 0) throw new PolicyError('INVALID', 'a combined principal of none')
      return (identity) => parts.every((part) => part(identity))
    }
    default:
      throw new PolicyError('INVALID', `a principal of kind ${principalClassification}`)
  }
}

function compileRole({ mspIdentifier, role }: MSPRole): Predicate {
  switch (role) {
    case MSPRoleType.MEMBER:
      return ({ mspid }) => mspid === mspIdentifier
    case MSPRoleType.ADMIN:
      return ({ mspid, isAdmin }) => mspid === mspIdentifier && isAdmin
    case MSPRoleType.CLIENT:
      return (identity) => identity.mspid === mspIdentifier && identity.role === 'client'
    case MSPRoleType.PEER:
      return (identity) => identity.mspid === mspIdentifier && identity.role === 'peer'
    case MSPRoleType.ORDERER:
      return (identity) => identity.mspid === mspIdentifier && identity.role === 'orderer'
    default:
      throw new PolicyError('INVALID', `a principal of role ${role}`)
  }
}

function compileIdentity({ mspid, idBytes }: SerializedIdentity): Predicate {
  try {
    const { identity } = parseCertificate(idBytes)
    return (candidate) => candidate.mspid === mspid && candidate.certificate.identity === identity
  } catch (cause) {
    if (cause instanceof IdentityError)
      throw new PolicyError('INVALID', 'a principal whose certificate is none', { cause })
    throw cause
  }
}

/** Roles by their names in policy expressions. */
export const ROLES = {
  member: MSPRoleType.MEMBER,
  admin: MSPRoleType.ADMIN,
  client: MSPRoleType.CLIENT,
  peer: MSPRoleType.PEER,
  orderer: MSPRoleType.ORDERER,
} as const
export type PrincipalRole = keyof typeof ROLES

/** The principal `FinanceMSP.peer`. */
export function rolePrincipal(mspIdentifier: string, role: PrincipalRole): MSPPrincipal {
  return {
    principalClassification: PrincipalClassification.ROLE,
    principal: encode(MSPRole, { mspIdentifier, role: ROLES[role] }),
  }
}
