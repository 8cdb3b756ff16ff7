import { Authority } from './authority.js'
import type { ConsenterDefinition, ConsortiumDefinition, OrganizationDefinition } from './definition.js'
import { ConsortiumError } from './errors.js'
import { loadKeyPair, type KeyPair } from './key-pair.js'
import { organizationLayout, type KeyPairLocation } from './layout.js'
import {
  asSigner,
  authorityOptions,
  names,
  type AuthorityMaterial,
  type ConsortiumMaterial,
  type NodeMaterial,
  type OrganizationMaterial,
} from './material.js'

/** Gives the text of a file of the consortium's folder; throws where it can't. */
export type ReadFile = (path: string) => string

/**
 * The material of a folder that `materialFiles` wrote.
 *
 * @throws ConsortiumError MATERIAL_DAMAGED with the file at fault in `path`
 */
export function loadMaterial(definition: ConsortiumDefinition, read: ReadFile, now: () => Date): ConsortiumMaterial {
  const load = new Loader(definition, read, now)
  const organizations = definition.organizations.map((it) => load.organization(it))
  const orderers = definition.ordererOrganizations.map((it) => load.authorities('orderer', it))
  const ordererOrganizations = new Map(orderers.map((it) => [it.mspId, it]))
  const consenters = definition.consenters.flatMap((consenter) => {
    const organization = ordererOrganizations.get(consenter.mspId)
    return organization ? [load.consenter(organization, consenter)] : []
  })
  return { organizations: new Map(organizations.map((it) => [it.mspId, it])), ordererOrganizations, consenters }
}

class Loader {
  constructor(
    private readonly definition: ConsortiumDefinition,
    private readonly read: ReadFile,
    private readonly now: () => Date,
  ) {}

  organization(organization: OrganizationDefinition): OrganizationMaterial {
    const authorities = this.authorities('peer', organization)
    const { mspId, domain, ca } = authorities
    const user = asSigner(mspId, this.pair(organizationLayout('peer', domain).user, ca))
    if (!organization.peer) return { ...authorities, user }
    return { ...authorities, user, peer: this.node('peer', authorities, names.peer(domain)) }
  }

  authorities(
    kind: 'peer' | 'orderer',
    { mspId, domain }: Pick<OrganizationDefinition, 'mspId' | 'domain'>,
  ): AuthorityMaterial {
    const layout = organizationLayout(kind, domain)
    const ca = this.authority(layout.ca, domain, names.ca(domain))
    const tlsCa = this.authority(layout.tlsCa, domain, names.tlsCa(domain))
    return { mspId, domain, ca, tlsCa, admin: asSigner(mspId, this.pair(layout.admin, ca)) }
  }

  consenter(organization: AuthorityMaterial, consenter: ConsenterDefinition) {
    return { ...consenter, ...this.node('orderer', organization, names.orderer(organization.domain, consenter.id)) }
  }

  private node(kind: 'peer' | 'orderer', { mspId, domain, ca, tlsCa }: AuthorityMaterial, name: string): NodeMaterial {
    const location = organizationLayout(kind, domain).node(name)
    return { ...asSigner(mspId, this.pair(location, ca)), name, tls: this.pair(location.tls, tlsCa) }
  }

  private authority(location: KeyPairLocation, domain: string, commonName: string): Authority {
    const options = authorityOptions(this.definition, domain, this.now)
    return this.guarded(location, () => Authority.load(this.texts(location), commonName, options))
  }

  private pair(location: KeyPairLocation, issuer: Authority): KeyPair {
    return this.guarded(location, () => {
      const pair = loadKeyPair(this.texts(location))
      // A certificate that was exchanged for another authority's would be refused on the channel much later
      if (issuer.hasIssued(pair.certificatePem)) return pair
      throw new ConsortiumError('MATERIAL_DAMAGED', "The certificate was not issued by the organisation's authority")
    })
  }

  private texts({ certificate, privateKey }: KeyPairLocation) {
    return { certificatePem: this.read(certificate), privateKeyPem: this.read(privateKey) }
  }

  private guarded<T>(location: KeyPairLocation, load: () => T): T {
    try {
      return load()
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      const message = `${reason}. Restore the consortium's folder from its backup`
      throw new ConsortiumError('MATERIAL_DAMAGED', message, location.certificate, { cause })
    }
  }
}
