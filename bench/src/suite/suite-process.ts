import assert from 'node:assert/strict'
import process from 'node:process'
import { chaincodeBundle } from '@caizheng/chaincode'
import { connect } from '@caizheng/client-sdk'
import { startFabricNetwork } from '@caizheng/network'
import { nodeOrganizations, openConsortium, startTestNetwork, type Connection } from '@caizheng/test-network'
import { anchorNew } from '../document.js'
import { allThree } from '../network/policy.js'

/**
 * A suite of integration tests as a chaincode's author writes them, each on a channel that nobody has used: a network
 * with the chaincode on it, a client, a document anchored, what another department then reads. Arguments: the kind of
 * network and how many tests. Tells its parent how long they took, in ms, when the last has passed.
 */
const [kind, count = '0'] = process.argv.slice(2)

const { path: module, version } = chaincodeBundle('evidence')
const chaincodes = [{ name: 'evidence', version, endorsementPolicy: allThree, program: { module } }]
// Made once for all tests: organisations, keys, certificates and the genesis block.
const consortium = await openConsortium()
const start = () =>
  kind === 'fabric' ? startFabricNetwork({ chaincodes }) : startTestNetwork({ consortium, chaincodes })

type Network = Awaited<ReturnType<typeof start>>

const times: number[] = []
for (let test = 0; test < Number(count); test++) {
  const started = performance.now()
  const network = await start()
  try {
    await anchorsADocument(network)
  } finally {
    await network.stop()
  }
  times.push(performance.now() - started)
}
process.send?.(times)

async function anchorsADocument(network: Network): Promise<void> {
  const [finance, audit] = await Promise.all(['FinanceMSP', 'AuditMSP'].map((mspId) => clientOf(network, mspId)))
  assert(finance && audit)
  try {
    const organizations = nodeOrganizations(network.consortium.definition)
    await finance.submit({
      chaincode: 'evidence',
      function: 'EvidenceContract:Bootstrap',
      arguments: [JSON.stringify({ genesis: network.id, organizations })],
    })
    const { id } = await anchorNew(finance)
    // The other bureau's peer may have the block a moment later.
    await audit.status((await finance.evidence.get(id)).tx)
    const anchor = await audit.evidence.get(id)
    assert.equal(anchor.network, network.id)
    // The ledger was empty: this is the project's only anchor.
    const found: string[] = []
    for await (const one of audit.evidence.list(anchor.project)) found.push(one.id)
    assert.deepEqual(found, [id])
  } finally {
    finance.close()
    audit.close()
  }
}

function clientOf(network: Network, mspId: string) {
  const { channel, address, certificate, privateKey, tlsRoots, tlsName }: Connection = network.connect(mspId)
  return connect({
    profile: {
      kind: 'caizheng-profile',
      version: 1,
      ...{ channel, mspId, gateway: address, certificate, privateKey },
      ...(tlsRoots !== undefined && { tlsRoots }),
      ...(tlsName !== undefined && { tlsName }),
      organizations: nodeOrganizations(network.consortium.definition),
      defaults: { issuer: '12331003000001011C', provenance: { sourceSystem: 'bench', generator: 'suite' } },
    },
  })
}
