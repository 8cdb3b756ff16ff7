import {
  endorsementBytes,
  equalBytes,
  IdentityError,
  isLowS,
  toHex,
  verifyIdentitySignature,
  type Identity,
} from '@caizheng/fabric-wire'
import { EvidenceError, why } from '../../fault.js'
import type { Text } from '../../format/text.js'
import type { Trust, TrustedNodes } from '../../trust/trust.js'
import type { OpenEndorsement, OpenReceipt } from '../open.js'

/** A node whose signature verified. */
export interface Endorser {
  readonly mspId: string
  readonly name: Text
  /** When its certificate ends. */
  readonly until: Date
  /** Whether the trust file lists its certificate as revoked, and nothing shows the signature to be older. */
  readonly revoked: boolean
}

/**
 * The endorsers: organisations that the policy names, each once and in order; each with a certificate of a peer that chains
 * to its own CA roots and was valid when it signed; each signature over these very bytes, in strict DER with low S. One
 * wrong signature refuses the receipt: an honest one carries none.
 *
 * @param at when they signed: the time of the receipt's header
 * @param existedAt when the signatures existed at the latest, if a time-stamp says so
 * @throws EvidenceError with a code that begins with ENDORSER_
 */
export function checkEndorsers(
  { responsePayload, endorsements }: OpenReceipt,
  trust: Trust,
  at: Date,
  existedAt?: Date,
): Endorser[] {
  let previous = ''
  return endorsements.map((endorsement) => {
    const { mspid: mspId } = endorsement.identity
    const organization = trust.organizations.get(mspId)
    if (organization === undefined || !trust.file.policy.organizations.includes(mspId)) {
      throw new EvidenceError('ENDORSER_ORGANIZATION', { mspId })
    }
    if (mspId <= previous) throw new EvidenceError('ENDORSER_ORDER', { mspId })
    previous = mspId

    const identity = identityOf(endorsement, organization, at)
    if (identity.role !== 'peer') throw new EvidenceError('ENDORSER_ROLE', { mspId, role: identity.role })
    if (!isLowS(endorsement.signature)) throw new EvidenceError('ENDORSER_SIGNATURE_FORM', { mspId })
    const message = endorsementBytes(responsePayload, endorsement.endorser)
    if (!isSigned(identity, message, endorsement.signature)) {
      throw new EvidenceError('ENDORSER_SIGNATURE', { mspId })
    }
    const { notAfter, fingerprint } = identity.certificate
    const certificate = toHex(fingerprint)
    const since = organization.revokedSince.get(certificate)
    const older = existedAt !== undefined && since !== undefined && existedAt < since
    const revoked = organization.revoked.has(certificate) && !older
    return { mspId, name: organization.name, until: notAfter, revoked }
  })
}

/**
 * The signature that held last under each certificate. Documents of a batch share one receipt, often each in a file of its own, and
 * verifying its signatures is half of the work. Kept with the certificate, and so with the trust file that it was accepted under.
 */
const heldLast = new WeakMap<
  Identity['certificate'],
  { readonly message: Uint8Array; readonly signature: Uint8Array }
>()

function isSigned(identity: Identity, message: Uint8Array, signature: Uint8Array): boolean {
  const last = heldLast.get(identity.certificate)
  if (last !== undefined && equalBytes(last.signature, signature) && equalBytes(last.message, message)) return true
  if (!verifyIdentitySignature(identity, message, signature)) return false
  // Copies: what a caller does with its bytes afterwards changes nothing here.
  heldLast.set(identity.certificate, { message: message.slice(), signature: signature.slice() })
  return true
}

function identityOf({ identity: { idBytes } }: OpenEndorsement, { mspId, msp }: TrustedNodes, at: Date): Identity {
  try {
    return msp.validate(idBytes, at)
  } catch (error) {
    if (!(error instanceof IdentityError)) throw error
    throw new EvidenceError('ENDORSER_CERTIFICATE', { mspId, why: why(error) }, { cause: error })
  }
}
