import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  ExtendedKeyUsage,
  KeyUsage,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  type Extensions,
} from '@peculiar/asn1-x509'

/** Extensions by their OIDs, undecoded. */
export type ExtensionMap = ReadonlyMap<string, { readonly critical: boolean; readonly value: Uint8Array }>

/** What validation reads of a certificate's extensions. */
export interface Constraints {
  readonly isCa: boolean
  /** How many CAs may stand below this one; undefined for no limit. */
  readonly pathLength: number | undefined
  /** Whether the key may sign certificates; undefined if the certificate doesn't say. */
  readonly mayCertify: boolean | undefined
  /** Purposes by OID; empty if the certificate doesn't say. */
  readonly extendedKeyUsage: readonly string[]
  readonly subjectKeyId: Uint8Array | undefined
  readonly authorityKeyId: Uint8Array | undefined
  /** OIDs of critical extensions that nothing here understands: such a certificate may not be relied on. */
  readonly unknownCritical: readonly string[]
}

const UNDERSTOOD = new Set([id_ce_basicConstraints, id_ce_keyUsage, id_ce_extKeyUsage, id_ce_subjectAltName])

export function extensionMap(extensions: Extensions | undefined): ExtensionMap {
  const map = new Map<string, { critical: boolean; value: Uint8Array }>()
  for (const { extnID, critical, extnValue } of extensions ?? []) {
    if (map.has(extnID)) throw new TypeError(`extension ${extnID} stands twice`)
    map.set(extnID, { critical, value: new Uint8Array(extnValue.buffer) })
  }
  return map
}

export function readConstraints(extensions: ExtensionMap): Constraints {
  const read = <T>(oid: string, type: new () => T): T | undefined => {
    const extension = extensions.get(oid)
    return extension === undefined ? undefined : AsnConvert.parse(extension.value, type)
  }
  const basic = read(id_ce_basicConstraints, BasicConstraints)
  const usage = read(id_ce_keyUsage, KeyUsage)
  const subjectKeyId = read(id_ce_subjectKeyIdentifier, OctetString)
  const authorityKeyId = read(id_ce_authorityKeyIdentifier, AuthorityKeyIdentifier)?.keyIdentifier
  return {
    isCa: basic?.cA ?? false,
    pathLength: basic?.pathLenConstraint,
    mayCertify: usage?.toJSON().includes('keyCertSign'),
    extendedKeyUsage: [...(read(id_ce_extKeyUsage, ExtendedKeyUsage) ?? [])],
    subjectKeyId: subjectKeyId && new Uint8Array(subjectKeyId.buffer),
    authorityKeyId: authorityKeyId && new Uint8Array(authorityKeyId.buffer),
    unknownCritical: [...extensions]
      .filter(([oid, { critical }]) => critical && !UNDERSTOOD.has(oid))
      .map(([oid]) => oid),
  }
}
