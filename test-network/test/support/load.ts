import { createPrivateKey } from 'node:crypto'
import { connect, hash, signers } from '@hyperledger/fabric-gateway'
import { startTestNetwork } from '../../src/index.js'

// A process under load, to be killed: starts a network in the folder named, submits without end, and writes the id of
// each transaction once its commit was acknowledged.
const [directory = '', module = ''] = process.argv.slice(2)
const network = await startTestNetwork({ directory, chaincodes: [{ name: 'probe', program: { module } }] })
const { mspId, certificate, privateKey, channel, grpcClient } = network.connect('FinanceMSP')
const client = grpcClient()
const gateway = connect({
  client,
  identity: { mspId, credentials: Buffer.from(certificate) },
  signer: signers.newPrivateKeySigner(createPrivateKey(privateKey)),
  hash: hash.sha256,
})
const contract = gateway.getNetwork(channel).getContract('probe')
await Promise.all(
  Array.from({ length: 16 }, async (_, worker) => {
    for (let i = 0; ; i += 1) {
      const submitted = await contract.submitAsync('Put', { arguments: [`${String(worker)}-${String(i)}`, String(i)] })
      const { successful } = await submitted.getStatus()
      if (successful) process.stdout.write(`${submitted.getTransactionId()}\n`)
    }
  }),
)
