import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { encodeTrust, trustFrom } from '@caizheng/evidence'
import { channelConfigOf } from '@caizheng/fabric-wire'
import { canonicalize } from '@caizheng/records'
import { nodeOrganizations, startTestNetwork, type ChaincodeOptions, type TestNetwork } from '@caizheng/test-network'
import { connect, type AboutDocument, type Client, type ConnectOptions, type Profile } from '../../src/index.js'
import { repository } from '../support.js'

export const project = '2303-331003-04-01-000001'

/** What the tests say of a document. */
export const about = (number: string): AboutDocument => ({
  project,
  type: 'CONTRACT',
  number,
  issuer: '12331003000001011C',
  provenance: { sourceSystem: '合同管理系统', generatedAt: '2024-11-23', generator: 'export 4.2' },
})

/** A running network with the evidence chaincode bootstrapped, and what clients and verifiers of it need. */
export interface County {
  readonly network: TestNetwork
  /** The verifier's own file, made from the channel's configuration. */
  readonly trust: Uint8Array
  profile(mspId: string, change?: Partial<Profile>): Profile
  /** A client, closed at the end. */
  client(mspId: string, options?: Partial<ConnectOptions> & { gateway?: string }): Promise<Client>
  stop(): Promise<void>
}

export async function startCounty(options: Partial<ChaincodeOptions> = {}): Promise<County> {
  const module = repository('chaincode/dist/evidence.cjs')
  const version = `0.1.0-${createHash('sha256').update(readFileSync(module)).digest('hex')}`
  const endorsementPolicy = "OutOf(2,'FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')"
  const network = await startTestNetwork({
    chaincodes: [{ name: 'evidence', version, endorsementPolicy, program: { module }, ...options }],
  })
  const organizations = nodeOrganizations(network.consortium.definition)
  const clients: Client[] = []

  const profile: County['profile'] = (mspId, change = {}) => {
    const { channel, address, certificate, privateKey } = network.connect(mspId)
    const identity = { mspId, gateway: address, certificate, privateKey }
    return { kind: 'caizheng-profile', version: 1, channel, ...identity, organizations, ...change }
  }
  const client: County['client'] = async (mspId, { gateway, ...connectOptions } = {}) => {
    const connected = await connect({
      profile: profile(mspId, gateway === undefined ? {} : { gateway }),
      ...connectOptions,
    })
    clients.push(connected)
    return connected
  }
  const county: County = {
    network,
    trust: encodeTrust(
      trustFrom(channelConfigOf(network.consortium.genesis), {
        network: network.id,
        organizations: network.consortium.definition.organizations.filter(({ peer }) => peer !== undefined),
        chaincodes: [{ name: 'evidence', version, sequence: 1, committed: await committedAt(network) }],
        validity: { from: new Date(Date.now() - 86_400_000), until: new Date(Date.now() + 86_400_000) },
      }),
    ),
    profile,
    client,
    async stop() {
      for (const connected of clients) connected.close()
      await network.stop()
    },
  }
  const finance = await client('FinanceMSP')
  await finance.submit({
    chaincode: 'evidence',
    function: 'EvidenceContract:Bootstrap',
    arguments: [canonicalize({ genesis: network.id, organizations })],
  })
  return county
}

async function committedAt(network: TestNetwork): Promise<{ block: number; transaction: number }> {
  const state = network.ledger.snapshot()
  try {
    const sequence = await state.get('_lifecycle', 'namespaces/fields/evidence/Sequence')
    if (sequence === undefined) throw new Error('the evidence chaincode is not defined')
    return { block: sequence.version.blockNum, transaction: sequence.version.txNum }
  } finally {
    await state.close()
  }
}
