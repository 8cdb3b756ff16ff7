import { IdentityError, type Certificate } from '../certificate/index.js'
import { equalBytes } from '../crypto/index.js'
import type { FabricMSPConfig, FabricOUIdentifier } from '../messages/index.js'
import type { Role } from './identity.js'

/** Hashes the chain of the CA with this PEM certificate. */
type Certifiers = (certificate: Uint8Array) => Uint8Array

interface Unit {
  readonly name: string
  /** Whose certificates the unit counts in; undefined for any CA of the MSP. */
  readonly certifiers: Uint8Array | undefined
}

/** The organisational units that an MSP knows: its NodeOUs, and those that every member must be of. */
export class Roles {
  private readonly nodes: readonly (readonly [Role, Unit])[]
  private readonly required: readonly Unit[]

  constructor(config: FabricMSPConfig, certifiersOf: Certifiers) {
    const unit = ({ organizationalUnitIdentifier: name, certificate }: FabricOUIdentifier): Unit => ({
      name,
      certifiers: certificate.length === 0 ? undefined : certifiersOf(certificate),
    })
    const ous = config.fabricNodeOus
    const named: (readonly [Role, FabricOUIdentifier | undefined])[] = [
      ['client', ous?.clientOuIdentifier],
      ['peer', ous?.peerOuIdentifier],
      ['admin', ous?.adminOuIdentifier],
      ['orderer', ous?.ordererOuIdentifier],
    ]
    this.nodes = ous?.enable === true ? named.flatMap(([role, id]) => (id ? [[role, unit(id)] as const] : [])) : []
    this.required = config.organizationalUnitIdentifiers.map(unit)
    if (config.admins.length === 0 && !this.nodes.some(([role]) => role === 'admin')) {
      throw new IdentityError('INVALID_MSP', `${config.name} names no administrators and no unit of theirs`)
    }
  }

  /** @throws {IdentityError} `NO_ROLE` */
  roleOf({ ou, subject }: Certificate, certifiers: Uint8Array): Role {
    const matches = (unit: Unit, name: string): boolean =>
      unit.name === name && (unit.certifiers === undefined || equalBytes(unit.certifiers, certifiers))
    if (this.required.length > 0 && !this.required.some((unit) => ou.some((name) => matches(unit, name)))) {
      throw new IdentityError('NO_ROLE', `${subject} is of no organisational unit that its MSP recognises`)
    }
    if (this.nodes.length === 0) return 'member'
    const roles: Role[] = []
    for (const name of ou) {
      // Where two roles share a unit's name, the later one counts, as in Fabric.
      const node = this.nodes.findLast(([, unit]) => unit.name === name)
      if (node === undefined) continue
      if (!matches(node[1], name)) throw new IdentityError('NO_ROLE', `${subject}: another CA certifies ${name}`)
      roles.push(node[0])
    }
    const [role, ...more] = roles
    if (role === undefined) throw new IdentityError('NO_ROLE', `${subject} is no client, peer, admin or orderer`)
    if (more.length > 0) throw new IdentityError('NO_ROLE', `${subject} claims several roles: ${roles.join(', ')}`)
    return role
  }
}
