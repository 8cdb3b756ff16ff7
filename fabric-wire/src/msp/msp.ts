import { IdentityError, parseCertificate, parseRevocationList, type Certificate } from '../certificate/index.js'
import { bytesKey } from '../crypto/bytes.js'
import { Cache } from '../crypto/cache.js'
import type { FabricMSPConfig } from '../messages/index.js'
import { Authority, certifiersIdentifier, type Chain } from './authority.js'
import type { Identity } from './identity.js'
import { Roles } from './roles.js'

/** One organisation's membership: its CAs, its revocations, its units. */
export interface Msp {
  readonly mspid: string
  readonly config: FabricMSPConfig
  /**
   * Judges a certificate in PEM.
   *
   * @param at the moment at which the certificate and its CAs must be valid. Left out, no clock is asked and the CAs need
   *   only have been valid when the certificate began: what a Fabric peer does when it validates a block, so that a replay
   *   years later comes to the same verdict.
   * @throws {IdentityError} any code but `UNKNOWN_MSP`
   */
  validate(idBytes: Uint8Array, at?: Date): Identity
}

/**
 * Builds an MSP from its configuration.
 *
 * @throws {IdentityError} `INVALID_MSP` or `MALFORMED`
 * @example const identity = createMsp(decodeLoose(FabricMSPConfig, bytes)).validate(creator.idBytes, new Date())
 */
export function createMsp(config: FabricMSPConfig): Msp {
  const authority = readAuthority(config)
  const internal = checkAuthorities(authority, config.name)
  const roles = new Roles(config, (pem) => {
    const { identity } = parseCertificate(pem)
    const ca = [...authority.roots, ...authority.intermediates].find((known) => known.identity === identity)
    const [chain] = ca === undefined ? [] : authority.chains(ca)
    if (chain === undefined)
      throw new IdentityError('INVALID_MSP', `${config.name}: a unit's certifier is none of its CAs`)
    return certifiersIdentifier(chain)
  })
  const admins = new Set(config.admins.map((pem) => parseCertificate(pem).identity))

  const inspect = (idBytes: Uint8Array): Inspection => {
    const certificate = parseCertificate(idBytes)
    if (certificate.publicKey?.curve !== 'P-256') {
      throw new IdentityError('UNSUPPORTED_KEY', `${certificate.subject} has no ECDSA P-256 key`)
    }
    if (certificate.isCa) throw new IdentityError('CA_CERTIFICATE', `${certificate.subject} is a CA`)
    return { certificate, chains: authority.chains(certificate) }
  }
  // Names, signatures and units don't depend on the time: they are judged once for each certificate.
  const inspections = new Cache<Inspection>(4096)
  const identities = new Cache<Identity>(4096)

  return {
    mspid: config.name,
    config,
    validate(idBytes, at) {
      const text = bytesKey(idBytes)
      const { certificate, chains } = inspections.get(text, () => inspect(idBytes))
      const [chain, ...others] = validAt(certificate, chains, at)
      const issuer = chain[1]
      if (others.length > 0)
        throw new IdentityError('UNTRUSTED', `${certificate.subject} has several chains to ${config.name}`)
      if (issuer === undefined || internal.has(issuer.identity)) {
        throw new IdentityError(
          'UNTRUSTED',
          `${certificate.subject} was not issued by one of the last CAs of ${config.name}`,
        )
      }
      return identities.get(`${issuer.identity}${text}`, () => {
        if (authority.isRevoked(chain)) throw new IdentityError('REVOKED', `${certificate.subject} is revoked`)
        const certifiers = certifiersIdentifier(chain.slice(1))
        const role = roles.roleOf(certificate, certifiers)
        return {
          mspid: config.name,
          certificate,
          role,
          isAdmin: role === 'admin' || admins.has(certificate.identity),
          certifiers,
          key: `${config.name}:${certificate.identity}`,
        }
      })
    },
  }
}

interface Inspection {
  readonly certificate: Certificate
  readonly chains: readonly Chain[]
}

function readAuthority(config: FabricMSPConfig): Authority {
  if (config.name === '') throw new IdentityError('INVALID_MSP', 'an MSP without a name')
  if (config.rootCerts.length === 0) throw new IdentityError('INVALID_MSP', `${config.name} has no root CA`)
  return new Authority(
    config.rootCerts.map((pem) => parseCertificate(pem)),
    config.intermediateCerts.map((pem) => parseCertificate(pem)),
    config.revocationList.map(parseRevocationList),
  )
}

/** Checks the CAs and gives those that have a CA below them: such a CA may not issue identities itself. */
function checkAuthorities(authority: Authority, name: string): ReadonlySet<string> {
  const internal = new Set<string>()
  const fail = (certificate: Certificate, reason: string): never => {
    throw new IdentityError('INVALID_MSP', `${name}: CA ${certificate.subject} ${reason}`)
  }
  for (const certificate of [...authority.roots, ...authority.intermediates]) {
    if (!certificate.isCa) fail(certificate, 'is no CA')
    if (certificate.subjectKeyId === undefined) fail(certificate, 'has no subject key identifier')
    const [chain, ...others] = authority.chains(certificate)
    if (chain === undefined || others.length > 0) return fail(certificate, 'has not exactly one chain to a root')
    if (authority.isRevoked(chain)) fail(certificate, 'is revoked')
    for (const issuer of chain.slice(1)) internal.add(issuer.identity)
  }
  return internal
}

function validAt(certificate: Certificate, chains: readonly Chain[], at: Date | undefined): [Chain, ...Chain[]] {
  const time = at?.getTime() ?? certificate.notBefore.getTime() + 1000
  const [first, ...rest] = chains.filter((chain) => chain.every((link) => isValidAt(link, time)))
  if (first !== undefined) return [first, ...rest]
  const [chain] = chains
  if (chain === undefined)
    throw new IdentityError('UNTRUSTED', `${certificate.subject} was issued by none of the MSP's CAs`)
  const early = chain.find((link) => time < link.notBefore.getTime())
  const when = new Date(time).toISOString()
  if (early)
    throw new IdentityError(
      'NOT_YET_VALID',
      `${early.subject} is valid from ${early.notBefore.toISOString()}, not at ${when}`,
    )
  const late = chain.find((link) => time > link.notAfter.getTime()) ?? certificate
  throw new IdentityError('EXPIRED', `${late.subject} was valid until ${late.notAfter.toISOString()}, not at ${when}`)
}

function isValidAt({ notBefore, notAfter }: Certificate, time: number): boolean {
  return time >= notBefore.getTime() && time <= notAfter.getTime()
}
