import { chaincodeBundle } from '@caizheng/chaincode'
import { connect, type Client } from '@caizheng/client-sdk'
import { canonicalize } from '@caizheng/records'
import { nodeOrganizations, startTestNetwork } from '@caizheng/test-network'
import { Cast } from '../src/index.js'

const nodes = ['FinanceMSP', 'AuditMSP', 'ConstructionMSP'] as const
const peers = (of: readonly string[]) => of.map((msp) => `'${msp}.peer'`).join(',')

/** Who must endorse each chaincode; see `docs/decisions/0010-organisations-and-roles.md`. */
const policies = {
  evidence: `OutOf(2,${peers(nodes)})`,
  charter: `AND(${peers(nodes)})`,
  payment: `AND(${peers(['FinanceMSP', 'ConstructionMSP'])})`,
} as const

/** Account numbers: with those who pay and those who run the works. */
const accounts = {
  name: 'accounts',
  policy: `OR(${peers(['FinanceMSP', 'ConstructionMSP'])})`,
  requiredPeerCount: 1,
  maxPeerCount: 1,
}

/** A county with all three chaincodes, bootstrapped, and its people. */
export interface County {
  readonly cast: Cast
  /** Lets a project's past in. */
  openBackfill(projectCode: string): Promise<void>
  stop(): Promise<void>
}

/** The first administrator of the pilots' consortium. */
const ADMINISTRATOR = { personId: 'GENESIS-ADMIN', uscc: '113310030000000191', msp: 'FinanceMSP' } as const

export async function startCounty(): Promise<County> {
  const network = await startTestNetwork({
    chaincodes: (['evidence', 'charter', 'payment'] as const).map((name) => {
      const { path: module, version } = chaincodeBundle(name)
      const collections = name === 'payment' ? [accounts] : []
      return { name, version, endorsementPolicy: policies[name], collections, program: { module } }
    }),
  })
  const organizations = nodeOrganizations(network.consortium.definition)
  const clients: Client[] = []
  const cast = new Cast(async (mspId, name) => {
    const { channel, address: gateway, certificate, privateKey } = network.connect(mspId, 'client', name)
    const identity = { mspId, gateway, certificate, privateKey, organizations }
    const client = await connect({ profile: { kind: 'caizheng-profile', version: 1, channel, ...identity } })
    clients.push(client)
    return { certificate, client }
  })

  const { personId, uscc, msp } = ADMINISTRATOR
  const { client: administrator } = await cast.person(msp, personId)
  const key = await cast.key(msp, personId)
  const network_ = { genesis: network.id, organizations }
  await administrator.submit({
    chaincode: 'evidence',
    function: 'EvidenceContract:Bootstrap',
    arguments: [canonicalize(network_)],
  })
  const administrators = [{ personId, uscc, msp, key, validFrom: '2023-01-01' }]
  await administrator.submit({
    chaincode: 'charter',
    function: 'CharterContract:Bootstrap',
    arguments: [canonicalize({ ...network_, administrators })],
  })
  return {
    cast,
    async openBackfill(projectCode) {
      const until = new Date(Date.now() + 30 * 86_400_000).toISOString()
      await administrator.transact('OpenBackfill', { projectCode, reason: 'pilot', until })
    },
    async stop() {
      for (const client of clients) client.close()
      await network.stop()
    },
  }
}
