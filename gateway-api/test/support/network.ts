import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { connect, type Client, type Profile } from '@caizheng/client-sdk'
import { encodeTrust, trustFrom } from '@caizheng/evidence'
import { channelConfigOf } from '@caizheng/fabric-wire'
import { canonicalize } from '@caizheng/records'
import {
  nodeOrganizations,
  readChaincodeDefinition,
  startTestNetwork,
  type ChaincodeOptions,
  type TestNetwork,
} from '@caizheng/test-network'

const module = fileURLToPath(new URL('../../../../chaincode/dist/evidence.cjs', import.meta.url))
const endorsementPolicy = "OutOf(2,'FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')"

/** A running network with the evidence chaincode, and what gateways of its departments need. */
export interface County {
  readonly network: TestNetwork
  readonly trust: Uint8Array
  /** A profile; `gateway` in place of the peer's own address. */
  profile(mspId: string, gateway?: string): Profile
  /** A client that does not wait for its peer; closed at the end. */
  client(mspId: string, gateway?: string): Promise<Client>
  stop(): Promise<void>
}

/** @param beside chaincodes beside that of the anchors */
export async function startCounty(beside: readonly ChaincodeOptions[] = []): Promise<County> {
  const version = `0.1.0-${createHash('sha256').update(readFileSync(module)).digest('hex')}`
  const network = await startTestNetwork({
    chaincodes: [{ name: 'evidence', version, endorsementPolicy, program: { module } }, ...beside],
  })
  const organizations = nodeOrganizations(network.consortium.definition)
  const clients: Client[] = []
  const county: County = {
    network,
    trust: await trustOf(network, version),
    profile(mspId, gateway) {
      const { channel, address, certificate, privateKey } = network.connect(mspId)
      const identity = { mspId, gateway: gateway ?? address, certificate, privateKey }
      return { kind: 'caizheng-profile', version: 1, channel, ...identity, organizations }
    },
    async client(mspId, gateway) {
      const client = await connect({ profile: county.profile(mspId, gateway), lazy: true })
      clients.push(client)
      return client
    },
    async stop() {
      for (const client of clients) client.close()
      await network.stop()
    },
  }
  const finance = await county.client('FinanceMSP')
  const request = canonicalize({ genesis: network.id, organizations })
  await finance.submit({ chaincode: 'evidence', function: 'EvidenceContract:Bootstrap', arguments: [request] })
  return county
}

async function trustOf(network: TestNetwork, version: string): Promise<Uint8Array> {
  const state = network.ledger.snapshot()
  const read = (key: string) => state.get('_lifecycle', key)
  try {
    const sequence = await read('namespaces/fields/evidence/Sequence')
    const definition = await readChaincodeDefinition('evidence', async (key) => (await read(key))?.value)
    if (sequence === undefined || definition === undefined) throw new Error('the evidence chaincode is not defined')
    const { blockNum: block, txNum: transaction } = sequence.version
    const file = trustFrom(channelConfigOf(network.consortium.genesis), {
      network: network.id,
      organizations: network.consortium.definition.organizations.filter(({ peer }) => peer !== undefined),
      chaincodes: [{ name: 'evidence', version, sequence: definition.sequence, committed: { block, transaction } }],
      validity: { from: new Date(Date.now() - 86_400_000), until: new Date(Date.now() + 86_400_000) },
    })
    return encodeTrust(file)
  } finally {
    await state.close()
  }
}
