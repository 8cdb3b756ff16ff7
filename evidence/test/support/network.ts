import { decode, encode, FabricMSPConfig, fromHex, sha256, toHex, type Init } from '@caizheng/fabric-wire'
import { encodeTrust, trustFrom, type TrustFile, type TrustOptions, type TrustSource } from '../../src/index.js'
import { type Credential, TestAuthority } from './authority.js'

export const CHANNEL = 'fiscal'
export const NETWORK = toHex(sha256(fromHex('00')))
/** The moment at which the test nodes sign. */
export const SIGNED_AT = new Date('2026-11-23T02:04:31.000Z')
/** A moment within every validity, somewhat later. */
export const NOW = new Date('2026-11-23T03:00:00.000Z')
export const DEFINITION = { name: 'evidence', version: '0.1.0', sequence: 1, committed: { block: 3, transaction: 0 } }

const NAMES = {
  AuditMSP: { zh: '审计局', en: 'audit' },
  ConstructionMSP: { zh: '住建局', en: 'construction' },
  FinanceMSP: { zh: '财政局', en: 'finance' },
}
export type MspId = keyof typeof NAMES
export const MSP_IDS = Object.keys(NAMES) as MspId[]

export interface TestOrganization {
  readonly mspId: MspId
  readonly ca: TestAuthority
  readonly tlsCa: TestAuthority
  readonly peer: Credential
}

/** Three organisations, each with CA, TLS CA and a peer; a client of finance; what a verifier pins of them. */
export interface TestNetwork {
  readonly organizations: Readonly<Record<MspId, TestOrganization>>
  readonly client: Credential
  readonly msps: ReadonlyMap<string, { readonly config: FabricMSPConfig }>
  readonly trust: Uint8Array
  /** What a verifier pins, with changes: of the options, or of the MSPs it is made from. */
  trustFile(options?: Partial<TrustOptions>, msps?: TrustSource['msps']): TrustFile
}

export async function createNetwork(): Promise<TestNetwork> {
  const created = await Promise.all(
    MSP_IDS.map(async (mspId): Promise<TestOrganization> => {
      const [ca, tlsCa] = await Promise.all([TestAuthority.create(mspId, 'ca'), TestAuthority.create(mspId, 'tlsca')])
      return { mspId, ca, tlsCa, peer: await ca.issue('peer0') }
    }),
  )
  const organizations = Object.fromEntries(created.map((entry) => [entry.mspId, entry])) as TestNetwork['organizations']
  const msps = new Map(created.map((entry) => [entry.mspId, { config: mspConfig(entry) }]))
  const trustFile = (options: Partial<TrustOptions> = {}, source: TrustSource['msps'] = msps) =>
    trustFrom(
      { channelId: CHANNEL, msps: source },
      {
        network: NETWORK,
        organizations: MSP_IDS.map((mspId) => ({ mspId, name: NAMES[mspId] })),
        chaincodes: [DEFINITION],
        validity: { from: new Date('2026-11-01T00:00:00Z'), until: new Date('2030-11-01T00:00:00Z') },
        ...options,
      },
    )
  return {
    organizations,
    client: await organizations.FinanceMSP.ca.issue('gateway', { units: ['client'] }),
    msps,
    trustFile,
    trust: encodeTrust(trustFile()),
  }
}

/** An organisation's MSP as a channel configuration has it. */
export function mspConfig({ mspId, ca, tlsCa }: TestOrganization, change: Init<FabricMSPConfig> = {}): FabricMSPConfig {
  return decode(
    FabricMSPConfig,
    encode(FabricMSPConfig, {
      name: mspId,
      rootCerts: [ca.der],
      tlsRootCerts: [tlsCa.der],
      fabricNodeOus: { enable: true, adminOuIdentifier: { organizationalUnitIdentifier: 'admin' } },
      ...change,
    }),
  )
}
