import { join } from 'node:path'
import type { IssuedIdentity } from './key-pair.js'
import { names, type AuthorityMaterial, type ConsortiumMaterial, type NodeMaterial, type Signer } from './material.js'

/** A file of the consortium's folder. */
export interface MaterialFile {
  /** Relative to the folder. */
  readonly path: string
  readonly content: string
  /** Private keys are readable by their owner only. */
  readonly secret: boolean
}

/** Where a certificate and its key lie, relative to the consortium's folder. */
export interface KeyPairLocation {
  readonly certificate: string
  readonly privateKey: string
}

/*
 * The layout is cryptogen's, so that Fabric's own peer, orderer and command line can be started from these folders,
 * and each organisation can be handed its own.
 */
const organizationFolder = (kind: 'peer' | 'orderer', domain: string): string => join(`${kind}Organizations`, domain)

/** Where the parts of one organisation lie. */
export function organizationLayout(kind: 'peer' | 'orderer', domain: string) {
  const base = organizationFolder(kind, domain)
  const member = (folder: string, name: string) => memberLayout(join(base, folder, name), name)
  return {
    base,
    ca: authorityLayout(join(base, 'ca'), names.ca(domain)),
    tlsCa: authorityLayout(join(base, 'tlsca'), names.tlsCa(domain)),
    admin: member('users', names.admin(domain)),
    user: member('users', names.user(domain)),
    node: (name: string) => ({ ...member(`${kind}s`, name), tls: tlsLayout(join(base, `${kind}s`, name, 'tls')) }),
  }
}

const authorityLayout = (folder: string, name: string): KeyPairLocation => ({
  certificate: join(folder, `${name}-cert.pem`),
  privateKey: join(folder, 'priv_sk'),
})

const memberLayout = (folder: string, name: string) => ({
  msp: join(folder, 'msp'),
  certificate: join(folder, 'msp', 'signcerts', `${name}-cert.pem`),
  privateKey: join(folder, 'msp', 'keystore', 'priv_sk'),
})

const tlsLayout = (folder: string) => ({
  authority: join(folder, 'ca.crt'),
  certificate: join(folder, 'server.crt'),
  privateKey: join(folder, 'server.key'),
})

/** Every file of the material. */
export function materialFiles({ organizations, ordererOrganizations, consenters }: ConsortiumMaterial): MaterialFile[] {
  const files: MaterialFile[] = []
  for (const organization of organizations.values()) {
    files.push(...authorityFiles('peer', organization), ...memberFiles('peer', organization, organization.user, 'user'))
    if (organization.peer) files.push(...nodeFiles('peer', organization, organization.peer))
  }
  for (const organization of ordererOrganizations.values()) {
    files.push(...authorityFiles('orderer', organization))
    for (const consenter of consenters) {
      if (consenter.mspId === organization.mspId) files.push(...nodeFiles('orderer', organization, consenter))
    }
  }
  return files
}

function authorityFiles(kind: 'peer' | 'orderer', organization: AuthorityMaterial): MaterialFile[] {
  const layout = organizationLayout(kind, organization.domain)
  return [
    ...pairFiles(layout.ca, organization.ca),
    ...pairFiles(layout.tlsCa, organization.tlsCa),
    ...mspFiles(join(layout.base, 'msp'), organization),
    ...memberFiles(kind, organization, organization.admin, 'admin'),
  ]
}

function memberFiles(
  kind: 'peer' | 'orderer',
  organization: AuthorityMaterial,
  member: Signer,
  who: 'admin' | 'user',
): MaterialFile[] {
  const location = organizationLayout(kind, organization.domain)[who]
  return [...pairFiles(location, member), ...mspFiles(location.msp, organization)]
}

function nodeFiles(kind: 'peer' | 'orderer', organization: AuthorityMaterial, node: NodeMaterial): MaterialFile[] {
  const location = organizationLayout(kind, organization.domain).node(node.name)
  return [
    ...pairFiles(location, node),
    ...mspFiles(location.msp, organization),
    ...pairFiles(location.tls, node.tls),
    open(location.tls.authority, organization.tlsCa.certificatePem),
  ]
}

const pairFiles = (location: KeyPairLocation, pair: IssuedIdentity): MaterialFile[] => [
  open(location.certificate, pair.certificatePem),
  { path: location.privateKey, content: pair.privateKeyPem, secret: true },
]

/** The trust anchors that every MSP folder holds, and the NodeOUs that read roles from certificates. */
function mspFiles(folder: string, { domain, ca, tlsCa }: AuthorityMaterial): MaterialFile[] {
  const caFile = `${names.ca(domain)}-cert.pem`
  return [
    open(join(folder, 'cacerts', caFile), ca.certificatePem),
    open(join(folder, 'tlscacerts', `${names.tlsCa(domain)}-cert.pem`), tlsCa.certificatePem),
    open(join(folder, 'config.yaml'), nodeOus(`cacerts/${caFile}`)),
  ]
}

function nodeOus(certificate: string): string {
  const units = ['Client', 'Peer', 'Admin', 'Orderer'].map((unit) =>
    [
      `  ${unit}OUIdentifier:`,
      `    Certificate: ${certificate}`,
      `    OrganizationalUnitIdentifier: ${unit.toLowerCase()}`,
    ].join('\n'),
  )
  return ['NodeOUs:', '  Enable: true', ...units, ''].join('\n')
}

const open = (path: string, content: string): MaterialFile => ({ path, content, secret: false })
