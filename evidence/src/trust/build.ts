import { parseCertificate, toHex, type Certificate, type Consenter, type FabricMSPConfig } from '@caizheng/fabric-wire'
import { EvidenceError } from '../fault.js'
import { toBase64 } from '../format/base64.js'
import type { Text } from '../format/text.js'
import {
  TRUST_KIND,
  TRUST_VERSION,
  type TrustedConsenter,
  type TrustedDefinition,
  type TrustedOrganization,
  type TrustFile,
} from './schema.js'

/** What a trust file takes from the channel's configuration; fabric-wire's `ChannelConfig` is one. */
export interface TrustSource {
  readonly channelId: string
  readonly msps: ReadonlyMap<string, { readonly config: FabricMSPConfig }>
  /** How many updates it has seen since the genesis block. */
  readonly sequence?: number
  /** Its BFT orderers; empty for another consensus. */
  readonly consenters?: readonly ConsenterSource[]
}

/** An orderer, as a channel's configuration has it; `identity` is its signing certificate, in PEM or DER. */
export type ConsenterSource = Pick<Consenter, 'id' | 'mspId' | 'identity'>

/** What the configuration doesn't say. */
export interface TrustOptions {
  /** SHA-256 of the genesis block's header, hexadecimal. */
  readonly network: string
  /** The organisations whose nodes sign, with their names for people. */
  readonly organizations: readonly { readonly mspId: string; readonly name: Text }[]
  /** Committed definitions whose answers count. */
  readonly chaincodes: readonly TrustedDefinition[]
  /** How many must sign: all for a complete receipt, two at least, unless given. */
  readonly policy?: { readonly complete: number; readonly least: number }
  readonly validity: { readonly from: Date; readonly until: Date }
  /** Who may sign the next trust file: P-256 keys as SubjectPublicKeyInfo in DER. Nobody unless given. */
  readonly rotation?: {
    readonly needed: number
    readonly administrators: readonly { readonly name: string; readonly key: Uint8Array }[]
  }
  /** Whose time-stamps are examined: each authority's CA certificates, in PEM or DER. Nobody's unless given. */
  readonly timestamping?: readonly { readonly name: Text; readonly roots: readonly (string | Uint8Array)[] }[]
  /** Whose SM2 co-signatures are examined; keys as SubjectPublicKeyInfo in DER. Nobody's unless given. */
  readonly cosigners?: readonly { readonly name: Text; readonly key: Uint8Array; readonly certified: boolean }[]
  /**
   * Whose signatures on blocks count, each set from one block on. Those of the source from block 1 unless given, if it is the
   * genesis block's configuration; else nobody's, as it doesn't say since when they are.
   */
  readonly ordering?: readonly { readonly from: number; readonly consenters: readonly ConsenterSource[] }[]
  /**
   * True for a network whose nodes one operator runs: every report and certificate then says so. Whoever makes a trust file for an
   * embedded network must give it: nothing on the wire tells.
   */
  readonly trial?: boolean
  /** Number of the file in its line; 1 unless given. */
  readonly number?: number
}

/**
 * Makes a trust file from a channel's configuration: each organisation's CA certificates are taken, its TLS CA's are not.
 * Write it with `encodeTrust`, and hand it and its fingerprint out by different ways.
 *
 * @throws EvidenceError TRUST_INCONSISTENT if an organisation is not in the configuration, TRUST_TLS_ROOT if its TLS CA
 *   shares a key with its CA
 * @example
 * const file = trustFrom(channelConfigOf(genesis), { network, organizations, chaincodes, validity })
 * await writeFile('fiscal.trust.json', encodeTrust(file))
 */
export function trustFrom(source: TrustSource, options: TrustOptions): TrustFile {
  const { network, chaincodes, validity, rotation, cosigners = [], timestamping = [], number = 1 } = options
  const organizations = options.organizations
    .map(({ mspId, name }) => organizationFrom(source, mspId, name))
    .sort((a, b) => (a.mspId < b.mspId ? -1 : 1))
  const ordering = options.ordering ?? orderingOf(source)
  const ids = organizations.map(({ mspId }) => mspId)
  return {
    kind: TRUST_KIND,
    version: TRUST_VERSION,
    number,
    channel: source.channelId,
    network,
    organizations,
    chaincodes: [...chaincodes],
    policy: { organizations: ids, ...(options.policy ?? { complete: ids.length, least: 2 }) },
    validity: { from: validity.from.toISOString(), until: validity.until.toISOString() },
    rotation: {
      needed: rotation?.needed ?? 0,
      administrators: (rotation?.administrators ?? []).map(({ name, key }) => ({ name, key: toBase64(key) })),
    },
    ...(options.trial === true && { trial: true as const }),
    ...(timestamping.length > 0 && {
      timestamping: timestamping.map(({ name, roots }) => ({
        name: { zh: name.zh, en: name.en },
        roots: roots.map((root) => toBase64(parseCertificate(root).der)),
      })),
    }),
    ...(cosigners.length > 0 && {
      cosigners: cosigners.map(({ name, key, certified }) => ({
        name: { zh: name.zh, en: name.en },
        key: toBase64(key),
        certified,
      })),
    }),
    ...(ordering.length > 0 && {
      ordering: ordering.map(({ from, consenters }) => ({ from, consenters: consentersFrom(consenters) })),
    }),
  }
}

function orderingOf({ sequence, consenters = [] }: TrustSource): NonNullable<TrustOptions['ordering']> {
  return sequence === 0 && consenters.length > 0 ? [{ from: 1, consenters }] : []
}

function consentersFrom(consenters: readonly ConsenterSource[]): TrustedConsenter[] {
  return consenters
    .map(({ id, mspId, identity }) => ({ id, mspId, certificate: toBase64(parseCertificate(identity).der) }))
    .sort((a, b) => a.id - b.id)
}

function organizationFrom({ msps, channelId }: TrustSource, mspId: string, name: Text): TrustedOrganization {
  const config = msps.get(mspId)?.config
  if (config === undefined) {
    throw new EvidenceError('TRUST_INCONSISTENT', { why: `${mspId} is no organisation of channel ${channelId}` })
  }
  const read = (certificates: readonly Uint8Array[]) => certificates.map((certificate) => parseCertificate(certificate))
  const roots = read(config.rootCerts)
  const intermediates = read(config.intermediateCerts)
  const tlsKeys = new Set(read([...config.tlsRootCerts, ...config.tlsIntermediateCerts]).map(({ spki }) => toHex(spki)))
  if ([...roots, ...intermediates].some(({ spki }) => tlsKeys.has(toHex(spki)))) {
    throw new EvidenceError('TRUST_TLS_ROOT', { mspId })
  }
  const encoded = (certificates: readonly Certificate[]) => certificates.map(({ der }) => toBase64(der))
  return {
    mspId,
    name: { zh: name.zh, en: name.en },
    roots: encoded(roots),
    intermediates: encoded(intermediates),
    revoked: [],
  }
}
