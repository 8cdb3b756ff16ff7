import { setTimeout as sleep } from 'node:timers/promises'
import { connect, type Client } from '@caizheng/client-sdk'
import { canonicalize, type ActName } from '@caizheng/records'
import { nodeOrganizations } from '@caizheng/test-network'
import { administerAs, administratorsOf, Cast, firstAdministrators, type Identity, type Pilot } from '../src/index.js'
import { startEmbedded, type ChangedBuilds, type Network, type StartNetwork } from './networks.js'

/** A county with all three chaincodes, bootstrapped, and its people. */
export interface County {
  readonly network: Network
  readonly cast: Cast
  /** The first administrator's client. */
  readonly administrator: Client
  /** Has all three administrators consent to an act, and every node have it. */
  administer(act: ActName, request: object): Promise<void>
  /** A new certificate of an organisation's CA for this name, and a client that uses it. */
  enrol(mspId: string, name: string): Promise<Identity>
  /** A client of the organisation with this certificate and key. */
  enrolWith(mspId: string, identity: { certificate: string; privateKey: string }): Promise<Identity>
  /** Resolves when every node has what any of them has: the next person may ask another node than the last. */
  settle(): Promise<void>
  /** Lets the past of every project of a pilot in. */
  openBackfills(pilot: Pilot): Promise<void>
  stop(): Promise<void>
}

const PROJECT_CODE = /^\d{4}-\d{6}-\d\d-\d\d-\d{6}$/

/** Starts a network as a county, by default an embedded one. */
export async function startCounty(start: StartNetwork = startEmbedded, changed?: ChangedBuilds): Promise<County> {
  const network = await start(changed)
  try {
    return await openCounty(network)
  } catch (error) {
    await network.stop()
    throw error
  }
}

async function openCounty(network: Network): Promise<County> {
  const organizations = nodeOrganizations(network.consortium.definition)
  const clients: Client[] = []
  const enrolWith: County['enrolWith'] = async (mspId, { certificate, privateKey }) => {
    const { channel, address: gateway, tlsRoots, tlsName } = network.connect(mspId, 'client', 'address')
    const client = await connect({
      profile: {
        ...{ kind: 'caizheng-profile', version: 1, channel, mspId, gateway, certificate, privateKey, organizations },
        ...(tlsRoots === undefined ? {} : { tlsRoots }),
        ...(tlsName === undefined ? {} : { tlsName }),
      },
    })
    clients.push(client)
    return { certificate, client }
  }
  const enrol = (mspId: string, name: string): Promise<Identity> =>
    enrolWith(mspId, network.connect(mspId, 'client', name))
  const cast = new Cast(enrol)

  const [{ msp, personId }] = firstAdministrators
  const { client: administrator } = await cast.person(msp, personId)
  const bootstrap = (chaincode: string, contract: string, request: object) =>
    administrator.submit({
      chaincode,
      function: `${contract}:Bootstrap`,
      arguments: [canonicalize({ genesis: network.id, organizations, ...request })],
    })
  await bootstrap('evidence', 'EvidenceContract', {})
  await bootstrap('charter', 'CharterContract', { administrators: await administratorsOf(cast) })
  const observers = await Promise.all(organizations.map((mspId) => enrol(mspId, `${mspId}-OBSERVER`)))
  const settle = async (): Promise<void> => {
    while (network.separate) {
      const heights = await Promise.all(observers.map(({ client }) => client.height()))
      if (new Set(heights).size === 1) return
      await sleep(10)
    }
  }
  return {
    network,
    cast,
    administrator,
    async administer(act, request) {
      await administerAs(cast, [{ act, request }])
    },
    enrol,
    enrolWith,
    settle,
    async openBackfills({ steps }) {
      const until = new Date(Date.now() + 30 * 86_400_000).toISOString()
      const codes = new Set(steps.map(({ input }) => input['projectCode']))
      const acts = [...codes]
        .filter((code) => typeof code === 'string' && PROJECT_CODE.test(code))
        .map((projectCode) => ({ act: 'OpenBackfill' as const, request: { projectCode, reason: 'pilot', until } }))
      await administerAs(cast, acts)
    },
    async stop() {
      for (const client of clients) client.close()
      await network.stop()
    },
  }
}
