import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { gateway } from '@hyperledger/fabric-protos'
import { expect } from 'chai'
import { startTestNetwork, type TestNetwork } from '../src/index.js'
import { openSession, type Session } from './support/client.js'
import { heldMemory } from './support/memory.js'
import { seekPayload, signatureOf, signedEnvelope } from './support/raw.js'

const module_ = fileURLToPath(new URL('../../../conformance/contracts/probe.cjs', import.meta.url))
const neverRead = fileURLToPath(new URL('support/never-read.js', import.meta.url))

const STREAMS = 8
const BLOCKS = 45
/** Twice in each block: as an argument and as an event. */
const VALUE = 'x'.repeat(128 * 1024)
/** All blocks for every reader would be five times as much. */
const LIMIT_MIB = 60

describe('clients that never read their streams', function () {
  this.timeout(60_000)
  let network: TestNetwork
  let finance: Session

  before(async () => {
    const endorsementPolicy = "OR('FinanceMSP.peer')"
    network = await startTestNetwork({
      chaincodes: [{ name: 'probe', endorsementPolicy, program: { module: module_ } }],
    })
    finance = openSession(network.connect('FinanceMSP'))
  })
  after(async () => {
    finance.close()
    await network.stop()
  })

  it('hold up no block, and no memory beside what is on the way to them', async () => {
    const credentials = network.connect('FinanceMSP')
    const from = network.ledger.height
    const seek = Buffer.from(signedEnvelope(credentials, seekPayload(credentials, from)))
    const unsigned = finance.network.newChaincodeEventsRequest('probe', { startBlock: BigInt(from) }).getBytes()
    const events = gateway.SignedChaincodeEventsRequest.deserializeBinary(unsigned)
    events.setSignature(signatureOf(credentials, events.getRequest_asU8()))
    const reader = spawn(process.execPath, [neverRead], { stdio: ['pipe', 'pipe', 'inherit'] })
    try {
      const answers = createInterface(reader.stdout)[Symbol.asyncIterator]()
      for (let i = 0; i < STREAMS; i += 1) {
        for (const [address, method, request] of [
          [credentials.address, '/protos.Deliver/Deliver', seek],
          [credentials.address, '/protos.Deliver/DeliverFiltered', seek],
          [credentials.address, '/protos.Deliver/DeliverWithPrivateData', seek],
          [network.orderers[0], '/orderer.AtomicBroadcast/Deliver', seek],
          [credentials.address, '/gateway.Gateway/ChaincodeEvents', Buffer.from(events.serializeBinary())],
        ] as const) {
          reader.stdin.write(`${address ?? ''} ${method} ${request.toString('base64')}\n`)
          expect((await answers.next()).value).to.equal('open')
        }
      }
      const put = (): Promise<unknown> => finance.contract('probe').submit('Emit', { arguments: ['big', VALUE] })
      for (let i = 0; i < 5; i += 1) await put()
      const before = await heldMemory()
      for (let i = 5; i < BLOCKS; i += 1) await put()
      const grown = (await heldMemory()) - before
      expect(network.ledger.height).to.equal(from + BLOCKS)
      expect(grown, 'MiB').to.be.below(LIMIT_MIB)

      // Whoever reads after all misses nothing
      reader.stdin.write(`read ${String(BLOCKS)}\n`)
      const numbers = Array.from({ length: BLOCKS }, (_, i) => from + i)
      expect((await answers.next()).value).to.equal(numbers.join(' '))
    } finally {
      const exited = once(reader, 'exit')
      reader.kill()
      await exited
    }
  })
})
