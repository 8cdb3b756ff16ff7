import { Hf, requireRight } from './attributes.js'
import { tokenHolder } from './authenticate.js'
import type { CaContext } from './context.js'
import { badRequest, CaCode, CaError } from './errors.js'
import { shortHex } from './hex.js'
import { requireMayRetire } from './manage.js'
import type { CertificateRecord, IdentityRecord } from './records.js'
import type { Answer, CaRequest } from './request.js'
import { writeList } from './revocation-list.js'

/** POST revoke: one certificate by serial number and key identifier, or an identity with all of its own. */
export async function revoke(context: CaContext, request: CaRequest): Promise<Answer> {
  const { caller } = tokenHolder(context, request)
  const { fields } = request
  const id = fields.text('id')
  const serial = shortHex(fields.text('serial'))
  const aki = shortHex(fields.text('aki'))
  const reason = fields.text('reason').toLowerCase()
  let revoked: CertificateRecord[]
  if (serial !== '' && aki !== '') revoked = await revokeCertificate(context, caller, { id, serial, aki, reason })
  else if (id !== '') revoked = await revokeIdentity(context, caller, id, reason)
  else {
    const message = 'Either Name or Serial and AKI are required for a revoke request'
    throw badRequest(message, CaCode.missingRevokeArguments)
  }
  const wantsList = fields.boolean('gencrl') && revoked.length > 0
  const crl = wantsList ? Buffer.from(await writeList(context, {})).toString('base64') : ''
  return { status: 200, result: { RevokedCerts: revoked.map((it) => ({ Serial: it.serial, AKI: it.aki })), CRL: crl } }
}

async function revokeCertificate(
  context: CaContext,
  caller: IdentityRecord,
  { id, serial, aki, reason }: { id: string; serial: string; aki: string; reason: string },
): Promise<CertificateRecord[]> {
  const { registry } = context
  const named = `Certificate with serial ${serial} and AKI ${aki}`
  const certificate = registry.certificate(serial)
  if (certificate?.aki !== aki) throw new CaError(404, CaCode.certificateNotFound, `${named} was not found`)
  requireMayRevoke(context, caller, certificate.id)
  if (certificate.revoked) throw new CaError(404, CaCode.alreadyRevoked, `${named} was already revoked`)
  if (id !== '' && id !== certificate.id) throw badRequest(`${named} is not owned by ${id}`, CaCode.wrongOwner)
  const certificates = [asRevoked(context, certificate, reason)]
  await registry.write({ certificates })
  return certificates
}

async function revokeIdentity(
  context: CaContext,
  caller: IdentityRecord,
  id: string,
  reason: string,
): Promise<CertificateRecord[]> {
  const identity = requireMayRevoke(context, caller, id)
  const certificates = revocationsOf(context, id, reason)
  await context.registry.write({ identities: [{ ...identity, revoked: true }], certificates })
  return certificates
}

/** The certificates of an identity that were good, revoked. */
export function revocationsOf(context: CaContext, id: string, reason: string): CertificateRecord[] {
  return [...context.registry.certificates()]
    .filter((certificate) => certificate.id === id && !certificate.revoked)
    .map((certificate) => asRevoked(context, certificate, reason))
}

const asRevoked = ({ clock }: CaContext, certificate: CertificateRecord, reason: string): CertificateRecord => ({
  ...certificate,
  revoked: { at: clock().getTime(), reason },
})

/** Everyone may revoke what is its own. @throws CaError authorizationFailure, revokedIdentityNotFound */
function requireMayRevoke({ registry }: CaContext, caller: IdentityRecord, id: string): IdentityRecord {
  if (caller.id !== id) requireRight(caller, Hf.revoker)
  const identity = registry.identity(id)
  if (!identity) throw new CaError(404, CaCode.revokedIdentityNotFound, `Identity ${id} was not found`)
  requireMayRetire(caller, identity)
  return identity
}
