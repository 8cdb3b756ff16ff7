import { parseCertificate, toHex } from '@caizheng/fabric-wire'
import { ConsortiumError } from '../consortium/index.js'
import { enrollee, tokenHolder } from './authenticate.js'
import type { CaContext } from './context.js'
import { readSigningRequest } from './csr.js'
import { badRequest, CaCode, CaError } from './errors.js'
import type { AttributeRequest } from './fields.js'
import { shortHex } from './hex.js'
import { information } from './information.js'
import type { CertificateRecord, IdentityRecord } from './records.js'
import type { Answer, CaRequest } from './request.js'

/** POST enroll: a certificate for who knows an enrollment secret. */
export async function enroll(context: CaContext, request: CaRequest): Promise<Answer> {
  const identity = await enrollee(context, request)
  const { pem, record } = certify(context, identity, request)
  const counted = { ...identity, enrolled: identity.enrolled + 1 }
  await context.registry.write({ identities: [counted], certificates: [record] })
  return issued(context, pem)
}

/** POST reenroll: another certificate for who holds one. The one before stays good: its holder may still need it. */
export async function reenroll(context: CaContext, request: CaRequest): Promise<Answer> {
  const { caller } = tokenHolder(context, request)
  const { pem, record } = certify(context, caller, request)
  await context.registry.write({ certificates: [record] })
  return issued(context, pem)
}

function issued(context: CaContext, pem: string): Answer {
  return { status: 201, result: { Cert: Buffer.from(pem).toString('base64'), ServerInfo: information(context) } }
}

function certify(
  { authority }: CaContext,
  identity: IdentityRecord,
  { fields }: CaRequest,
): { pem: string; record: CertificateRecord } {
  const profile = fields.text('profile')
  if (profile !== '') {
    const remedy = "leave the profile out; certificates for TLS are of the organisation's TLS authority"
    throw badRequest(`Invalid profile: '${profile}'. Here identities are certified: ${remedy}`, CaCode.badCsr)
  }
  const { commonName, publicKey } = readSigningRequest(fields.text('certificate_request'))
  if (commonName !== identity.id) {
    throw new CaError(403, CaCode.commonNameDiffers, 'The CSR subject common name must equal the enrollment ID')
  }
  const attributes = selectAttributes(identity, fields.attributeRequests('attr_reqs'))
  try {
    const subunits = identity.affiliation === '' ? [] : identity.affiliation.split('.')
    const named = { name: identity.id, role: identity.type, subunits }
    const pem = authority.certify(publicKey, { ...named, ...(attributes && { attributes }) })
    return { pem, record: recordOf(pem, identity.id) }
  } catch (cause) {
    if (!(cause instanceof ConsortiumError)) throw cause
    throw new CaError(400, CaCode.badCsrInput, `CSR input validation failed: ${cause.message}`, { cause })
  }
}

/** What goes into the certificate: the attributes asked for, or those that are meant for every certificate. */
function selectAttributes(
  { attributes }: IdentityRecord,
  requests: AttributeRequest[] | undefined,
): Record<string, string> | undefined {
  const wanted = requests ?? attributes.filter(({ ecert }) => ecert).map(({ name }) => ({ name, optional: true }))
  const known = new Map(attributes.map(({ name, value }) => [name, value]))
  const missing = wanted.filter(({ name, optional }) => !optional && !known.has(name)).map(({ name }) => name)
  if (missing.length > 0) {
    const reason = `The following required attributes are missing: [${missing.join(' ')}]`
    throw badRequest(`Failed to find requested attributes: ${reason}`, CaCode.unknown)
  }
  return Object.fromEntries([...known].filter(([name]) => wanted.some((request) => request.name === name)))
}

function recordOf(pem: string, id: string): CertificateRecord {
  const { serial, authorityKeyId, identity, notAfter } = parseCertificate(pem)
  const aki = shortHex(toHex(authorityKeyId ?? new Uint8Array(0)))
  return { serial: shortHex(serial), aki, id, fingerprint: identity, notAfter: notAfter.getTime() }
}
