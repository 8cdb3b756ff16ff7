import path from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { chaincodeDefinition } from '@caizheng/chaincode'
import { connect, type Client, type Profile } from '@caizheng/client-sdk'
import { startFabricNetwork } from '@caizheng/network'
import { bootstrapCharter, Cast, openBackfills, play, readPilot, requestOf, sideBySide } from '@caizheng/pilots'
import { canonicalize } from '@caizheng/records'
import { nodeOrganizations, startTestNetwork } from '@caizheng/test-network'
import { writeMeasuredBuild } from './measured-build.js'
import type { Ready, Row } from './messages.js'

/**
 * A process that runs a county's network and plays the municipal road up to its first progress payment. Arguments: the kind
 * of network, the data folder. It tells its parent what a {@link Ready} says, and ends when the parent lets go of it.
 */
const [kind, folder = ''] = process.argv.slice(2)
const APPLICATION = 77

const module = path.join(folder, 'measured.cjs')
await writeMeasuredBuild(module)
const chaincodes = [
  chaincodeDefinition('evidence'),
  chaincodeDefinition('charter'),
  { ...chaincodeDefinition('payment'), program: { module } },
]
const options = { directory: path.join(folder, 'network'), chaincodes }
const network = await (kind === 'fabric' ? startFabricNetwork(options) : startTestNetwork(options))
const organizations = nodeOrganizations(network.consortium.definition)
const profiles = new Map<string, Profile>()
const clients: Client[] = []

const cast = new Cast(async (mspId, personId) => {
  const { channel, address: gateway, tlsRoots, tlsName, ...keys } = network.connect(mspId, 'client', personId)
  const { certificate, privateKey } = keys
  const profile: Profile = {
    ...{ kind: 'caizheng-profile', version: 1, channel, mspId, gateway, certificate, privateKey, organizations },
    ...(tlsRoots === undefined ? {} : { tlsRoots }),
    ...(tlsName === undefined ? {} : { tlsName }),
  }
  profiles.set(personId, profile)
  const client = await connect({ profile })
  clients.push(client)
  return { certificate, client }
})

const administrator = await bootstrapCharter(cast, { id: network.id, organizations })
await administrator.submit({
  chaincode: 'evidence',
  function: 'EvidenceContract:Bootstrap',
  arguments: [canonicalize({ genesis: network.id, organizations })],
})
const pilot = await readPilot('A-municipal-road')
await openBackfills(cast, pilot)
for (const together of sideBySide(pilot.steps.filter(({ seq }) => seq < APPLICATION))) {
  const { status, refusal } = await play(cast, pilot, ...together)
  const [{ seq, expect }] = together
  if (status !== expect.status) throw new Error(`step ${seq}: ${refusal ?? status}`)
  await settled()
}
const step = pilot.steps.find(({ seq }) => seq === APPLICATION)
const profile = profiles.get(step?.actor ?? '')
if (step === undefined || profile === undefined) throw new Error(`the pilot has no step ${APPLICATION}`)
const ready: Ready = { profile, request: requestOf(step, '', pilot), rows: await rowsOf('payment') }
process.send?.(ready)

// Also where the parent was stopped by Ctrl-C.
process.on('disconnect', () => void end())

/** Every node has what any of them has: the next person may ask another than the last. */
async function settled(): Promise<void> {
  const sdk = [...clients]
  while (kind === 'fabric') {
    const heights = await Promise.all(sdk.map((client) => client.height()))
    if (new Set(heights).size === 1) return
    await sleep(10)
  }
}

async function rowsOf(namespace: string): Promise<Row[]> {
  const rows = new Map<string, string>()
  const height = await administrator.height()
  for await (const { number, transactions } of administrator.followBlocks({ from: 0 })) {
    const written = transactions.filter(({ valid }) => valid).flatMap(({ writes }) => writes)
    for (const write of written.filter((one) => one.namespace === namespace)) {
      rows.set(write.key, Buffer.from(write.value).toString())
    }
    if (number + 1 === height) break
  }
  return [...rows]
}

async function end(): Promise<void> {
  for (const client of clients) client.close()
  await network.stop()
  process.exit()
}
