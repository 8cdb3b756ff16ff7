import { startTestNetwork } from '../../src/index.js'
import { openSession } from './client.js'

// A process under load, to be killed: starts a network in the folder named, submits without end, and writes the id, the
// key and the value of each transaction once its commit was acknowledged.
const [directory = '', module = '', round = ''] = process.argv.slice(2)
const network = await startTestNetwork({
  directory,
  chaincodes: [
    {
      name: 'probe',
      program: { module },
      collections: [{ name: 'both', policy: "OR('FinanceMSP.member','AuditMSP.member')", maxPeerCount: 1 }],
    },
  ],
})
const session = openSession(network.connect('FinanceMSP'))
const contract = session.contract('probe')
await Promise.all(
  Array.from({ length: 16 }, async (_, worker) => {
    for (let i = 0; ; i += 1) {
      const key = `${round}-${String(worker)}-${String(i)}`
      const value = key.repeat(1 + (i % 50))
      // Every fourth worker writes private data, whose values lie beside the chain
      const submitted =
        worker % 4 === 0
          ? await contract.submitAsync('PutPrivate', {
              arguments: ['both', key],
              transientData: { value },
              endorsingOrganizations: ['FinanceMSP', 'AuditMSP', 'ConstructionMSP'],
            })
          : await contract.submitAsync('Put', { arguments: [key, value] })
      const { successful } = await submitted.getStatus()
      if (!successful) throw new Error(`${submitted.getTransactionId()} is invalid`)
      process.stdout.write(`${submitted.getTransactionId()} ${worker % 4 === 0 ? 'both' : '-'} ${key} ${value}\n`)
    }
  }),
)
