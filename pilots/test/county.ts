import { setTimeout as sleep } from 'node:timers/promises'
import { connect, type Client } from '@caizheng/client-sdk'
import { canonicalize, type ActName } from '@caizheng/records'
import { nodeOrganizations } from '@caizheng/test-network'
import { administerAs, bootstrapCharter, Cast, openBackfills, type Identity, type Pilot } from '../src/index.js'
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

  const administrator = await bootstrapCharter(cast, { id: network.id, organizations })
  await administrator.submit({
    chaincode: 'evidence',
    function: 'EvidenceContract:Bootstrap',
    arguments: [canonicalize({ genesis: network.id, organizations })],
  })
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
    openBackfills: (pilot) => openBackfills(cast, pilot),
    async stop() {
      for (const client of clients) client.close()
      await network.stop()
    },
  }
}
