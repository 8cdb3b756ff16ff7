import type { NodeRole } from '../consortium/index.js'
import type { Attribute } from './fields.js'
import type { SecretHash } from './secrets.js'

/** A registered identity. */
export interface IdentityRecord {
  readonly id: string
  readonly type: NodeRole
  /** Dotted path, the root being the empty string. */
  readonly affiliation: string
  readonly attributes: readonly Attribute[]
  /** How many certificates its secret is good for; -1 for no limit. */
  readonly maxEnrollments: number
  /** How many it was used for. */
  readonly enrolled: number
  readonly revoked: boolean
  readonly secret: SecretHash
  /** Wrong secrets in a row. */
  readonly failures: number
  /** Milliseconds since 1970 until which no secret is looked at. */
  readonly lockedUntil: number
}

/** An issued certificate. */
export interface CertificateRecord {
  /** Lower-case hexadecimal without leading zeros, as is the key identifier of its issuer. */
  readonly serial: string
  readonly aki: string
  /** Whose it is. */
  readonly id: string
  /** Hex SHA-256 of the signed part, which stands for the whole. */
  readonly fingerprint: string
  /** Milliseconds since 1970. */
  readonly notAfter: number
  readonly revoked?: { readonly at: number; readonly reason: string }
}

/** What one step of the registry writes. */
export interface Changes {
  readonly identities?: readonly IdentityRecord[]
  readonly certificates?: readonly CertificateRecord[]
  readonly affiliations?: readonly string[]
  /** Ids that are no more. */
  readonly removed?: readonly string[]
  readonly revocationLists?: number
}
