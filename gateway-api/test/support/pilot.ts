import { chaincodeDefinition } from '@caizheng/chaincode'
import { connect, type Client } from '@caizheng/client-sdk'
import { bootstrapCharter, Cast, loadPilot, readPilot, type PilotJournal } from '@caizheng/pilots'
import { nodeOrganizations } from '@caizheng/test-network'
import { startCounty, type County } from './network.js'

/** Its network lives no longer than the test. */
const forgetful: PilotJournal = { read: () => Promise.resolve({ done: [] }), write: () => Promise.resolve() }

/** The last step that is played: an application that is payable, and nobody has approved yet. */
const LAST = 136

/** A county with all three chaincodes, and the first pilot until a payment application is to be approved. */
export async function startPlayedCounty(): Promise<County> {
  const county = await startCounty([chaincodeDefinition('charter'), chaincodeDefinition('payment')])
  const { network } = county
  const organizations = nodeOrganizations(network.consortium.definition)
  const clients: Client[] = []
  try {
    const cast = new Cast(async (mspId, personId) => {
      const { channel, address: gateway, certificate, privateKey } = network.connect(mspId, 'client', personId)
      const identity = { channel, mspId, gateway, certificate, privateKey, organizations }
      const client = await connect({ profile: { kind: 'caizheng-profile', version: 1, ...identity } })
      clients.push(client)
      return { certificate, client }
    })
    const administrator = await bootstrapCharter(cast, { id: network.id, organizations })
    const settle = (): Promise<void> => Promise.resolve()
    const whole = await readPilot('A-municipal-road')
    const pilot = { ...whole, steps: whole.steps.filter(({ seq }) => seq <= LAST) }
    await loadPilot(pilot, { cast, administrator, journal: forgetful, settle })
    return county
  } catch (error) {
    await county.stop()
    throw error
  } finally {
    for (const client of clients) client.close()
  }
}
