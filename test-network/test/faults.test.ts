import { fileURLToPath } from 'node:url'
import { status } from '@grpc/grpc-js'
import { checkpointers, type Contract, type GatewayError } from '@hyperledger/fabric-gateway'
import { expect } from 'chai'
import { decode, IdentifierHeader, Metadata, parseBlock, TxValidationCode } from '@caizheng/fabric-wire'
import { FALSEHOOD, startTestNetwork, type TestNetwork } from '../src/index.js'
import { openSession, withContract, type Session } from './support/client.js'

const module_ = fileURLToPath(new URL('../../../conformance/contracts/probe.cjs', import.meta.url))
const program = { module: module_ }

describe('fault switches', function () {
  this.timeout(60_000)
  let network: TestNetwork
  let finance: Session
  let keys = 0
  const key = (): string => `key-${String((keys += 1))}`

  before(async () => {
    network = await startTestNetwork({
      chaincodes: [
        {
          name: 'any-two',
          endorsementPolicy: "OutOf(2,'FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')",
          program,
        },
        { name: 'all-three', program },
        { name: 'audit-only', endorsementPolicy: "OR('AuditMSP.peer')", program },
        {
          name: 'private',
          endorsementPolicy: "OR('FinanceMSP.peer')",
          collections: [
            {
              name: 'both',
              policy: "OR('FinanceMSP.member','AuditMSP.member')",
              requiredPeerCount: 1,
              maxPeerCount: 1,
            },
          ],
          program,
        },
      ],
    })
    finance = openSession(network.connect('FinanceMSP'))
  })
  afterEach(() => network.faults.clear())
  after(async () => {
    finance.close()
    await network.stop()
  })

  const put = (chaincode: string, at = key(), endorsingOrganizations?: string[]): Promise<Uint8Array> =>
    finance
      .contract(chaincode)
      .submit('Put', { arguments: [at, 'true'], ...(endorsingOrganizations && { endorsingOrganizations }) })
  const ask = async (contract: Contract, at: string, endorsingOrganizations?: string[]): Promise<string> =>
    Buffer.from(
      await contract.evaluate('Get', { arguments: [at], ...(endorsingOrganizations && { endorsingOrganizations }) }),
    ).toString()
  const asAudit = <T>(work: (contract: Contract) => Promise<T>): Promise<T> =>
    withContract(network.connect('AuditMSP'), 'any-two', work)

  async function failure(work: Promise<unknown>): Promise<GatewayError> {
    try {
      await work
    } catch (error) {
      return error as GatewayError
    }
    throw new Error('it was to fail')
  }

  // Every sentence of this suite that a gateway says was recorded on a network of real Fabric, whose nodes were killed.
  const refused = (address: string | undefined): string =>
    `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp ${address ?? ''}: connect: connection refused"`

  describe('an organisation that is down', () => {
    const audit = (): { address: string | undefined; mspId: string; message: string } => {
      const address = network.peers.get('AuditMSP')
      return { address, mspId: 'AuditMSP', message: refused(address) }
    }

    it('is planned around where the others suffice', async () => {
      network.faults.peer('AuditMSP').stop()
      await put('any-two')
      network.faults.peer('AuditMSP').stop({ noticed: true })
      await put('any-two')
    })

    it('is named as missing while the others have not noticed', async () => {
      network.faults.peer('AuditMSP').stop()
      for (const attempt of [
        put('all-three'),
        put('audit-only'),
        put('all-three', key(), ['FinanceMSP', 'AuditMSP']),
      ]) {
        const error = await failure(attempt)
        expect(error.name).to.equal('EndorseError')
        expect(error.code).to.equal(status.ABORTED)
        expect(error.details).to.deep.equal([audit()])
      }
      const asked = await failure(ask(finance.contract('any-two'), 'x', ['AuditMSP']))
      expect(asked.code).to.equal(status.UNAVAILABLE)
      expect(asked.message).to.include('failed to evaluate transaction, see attached details for more info')
      expect(asked.details).to.deep.equal([audit()])
    })

    it('belongs to no plan once they have', async () => {
      network.faults.peer('AuditMSP').stop({ noticed: true })
      for (const chaincode of ['all-three', 'audit-only']) {
        const error = await failure(put(chaincode))
        expect(error.code).to.equal(status.FAILED_PRECONDITION)
        expect(error.message).to.include(
          'no combination of peers can be derived which satisfy the endorsement policy: no peer combination can satisfy the endorsement policy',
        )
      }
      const named = await failure(put('all-three', key(), ['FinanceMSP', 'AuditMSP']))
      expect(named.code).to.equal(status.UNAVAILABLE)
      expect(named.message).to.include('failed to find any endorsing peers for org(s): AuditMSP')
      const asked = await failure(ask(finance.contract('any-two'), 'x', ['AuditMSP']))
      expect(asked.code).to.equal(status.FAILED_PRECONDITION)
      expect(asked.message).to.include('no peers available to evaluate chaincode any-two in channel fiscal')
    })

    it('refuses connections, and serves at the same address when it is back, with what was committed meanwhile', async () => {
      const session = openSession(network.connect('AuditMSP'))
      try {
        const at = key()
        await put('any-two', at)
        expect(await ask(session.contract('any-two'), at)).to.equal('true')
        network.faults.peer('AuditMSP').stop()
        expect((await failure(ask(session.contract('any-two'), at))).code).to.equal(status.UNAVAILABLE)
        const missed = key()
        await put('any-two', missed)
        await network.faults.peer('AuditMSP').start()
        await reconnected(session)
        expect(await ask(session.contract('any-two'), missed)).to.equal('true')
        await put('all-three')
      } finally {
        session.close()
      }
    })

    it('breaks the streams of events, which go on from a checkpoint when it is back', async () => {
      const session = openSession(network.connect('AuditMSP'))
      const checkpointer = checkpointers.inMemory()
      const seen: bigint[] = []
      const follow = async (count: number): Promise<void> => {
        const startBlock = BigInt(network.ledger.height)
        const events = await session.network.getBlockEvents({ checkpoint: checkpointer, startBlock })
        try {
          for await (const block of events) {
            seen.push(BigInt(block.getHeader()?.getNumber() ?? 0))
            await checkpointer.checkpointBlock(seen.at(-1) ?? 0n)
            if (seen.length >= count) return
          }
        } finally {
          events.close()
        }
      }
      try {
        const first = network.ledger.height
        const broken = failure(follow(100))
        await put('any-two')
        while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
        network.faults.peer('AuditMSP').stop()
        expect((await broken).name).to.equal('GatewayError')
        await put('any-two')
        await put('any-two')
        await network.faults.peer('AuditMSP').start()
        await reconnected(session)
        await follow(3)
        expect(seen).to.deep.equal([first, first + 1, first + 2].map(BigInt))
      } finally {
        session.close()
      }
    })

    it('is sent no private data, which counts where a collection asks for receivers', async () => {
      const write = (): Promise<unknown> =>
        finance
          .contract('private')
          .submit('PutPrivate', { arguments: ['both', key()], transientData: { value: 'secret' } })
      await write()
      for (const [noticed, reason] of [
        [false, 'Failed disseminating 1 out of 1 private dissemination plans'],
        [
          true,
          'could not build private data dissemination plan for chaincode private and collection both: required to disseminate to at least 1 peers, but know of only 0 eligible peers',
        ],
      ] as const) {
        network.faults.peer('AuditMSP').stop({ noticed })
        const [detail] = (await failure(write())).details
        expect(detail?.message.replace(/txID [0-9a-f]{64}/, 'txID …')).to.equal(
          `error in simulation: failed to distribute private collection, txID …, channel fiscal: ${reason}`,
        )
      }
      await network.faults.peer('AuditMSP').start()
      await write()
    })

    it('is known by its name', () => {
      expect(() => network.faults.peer('BankMSP')).to.throw('BankMSP has no peer in this network')
      expect(() => network.faults.orderer(4)).to.throw(RangeError)
    })
  })

  describe('an organisation that lies', () => {
    const mismatch = (mspId: string) => ({
      address: network.peers.get(mspId),
      mspId,
      message: 'ProposalResponsePayloads do not match',
    })

    for (const lie of ['result', 'version'] as const) {
      it(`is found out by its ${lie}, and planned around where the others suffice`, async () => {
        network.faults.peer('AuditMSP').lie(lie)
        const error = await failure(put('all-three'))
        expect(error.code).to.equal(status.ABORTED)
        expect(error.details).to.deep.equal([mismatch('AuditMSP')])
        const at = key()
        await put('any-two', at)
        expect(await ask(finance.contract('any-two'), at)).to.equal('true')
      })
    }

    it('makes the honest ones look like liars to its own clients', async () => {
      network.faults.peer('AuditMSP').lie('result')
      const error = await failure(asAudit((contract) => contract.submitTransaction('Put', key(), 'true')))
      expect(error.details).to.have.deep.members([mismatch('FinanceMSP'), mismatch('ConstructionMSP')])
    })

    it('prevails where its word alone counts and no other peer is asked', async () => {
      network.faults.peer('AuditMSP').lie('result')
      const at = key()
      expect((await failure(put('audit-only', at))).details).to.deep.equal([mismatch('AuditMSP')])
      await put('audit-only', at, ['AuditMSP'])
      expect(await ask(finance.contract('audit-only'), at, ['FinanceMSP'])).to.equal(FALSEHOOD)
    })

    it('is found out by its signature when the block is judged, since gateways do not verify it', async () => {
      network.faults.peer('AuditMSP').lie('signature')
      const error = await failure(put('all-three'))
      expect(error.name).to.equal('CommitError')
      expect(error).to.include({ code: TxValidationCode.ENDORSEMENT_POLICY_FAILURE })
      network.faults.peer('AuditMSP').tellTruth()
      await put('all-three')
    })

    it('answers its own clients falsely while it endorses what is true', async () => {
      const at = key()
      await put('any-two', at)
      network.faults.peer('AuditMSP').lie('answer')
      expect(await asAudit((contract) => ask(contract, at))).to.equal(FALSEHOOD)
      expect(await ask(finance.contract('any-two'), at)).to.equal('true')
      expect(await ask(finance.contract('any-two'), at, ['AuditMSP'])).to.equal(FALSEHOOD)
      await put('all-three')
    })
  })

  describe('orderers', () => {
    const words = 'insufficient number of orderers could successfully process transaction to satisfy quorum requirement'
    const details = (message: (address: string) => string, indexes: readonly number[]) =>
      indexes.map((index) => {
        const address = network.orderers[index] ?? ''
        return { address, mspId: network.consortium.consenters[index]?.mspId, message: message(address) }
      })

    async function signers(): Promise<number[]> {
      const block = parseBlock((await network.ledger.block(network.ledger.tip.number)) ?? new Uint8Array())
      const { signatures } = decode(Metadata, block.metadata[0] ?? new Uint8Array())
      return signatures.map(({ identifierHeader }) => decode(IdentifierHeader, identifierHeader).identifier)
    }

    it('go on without one of four, which then signs no block', async () => {
      network.faults.orderer(3).stop()
      const absent = network.consortium.consenters[3]?.id
      for (let block = 0; block < 4; block += 1) {
        await put('any-two')
        expect(await signers())
          .to.have.length(3)
          .and.not.include(absent)
      }
    })

    it('take nothing without a quorum, say who is missing, and order what they have when it is back', async () => {
      network.faults.orderer(2).stop()
      network.faults.orderer(3).stop()
      const at = key()
      const error = await failure(put('any-two', at))
      expect(error.name).to.equal('SubmitError')
      expect(error.code).to.equal(status.UNAVAILABLE)
      expect(error.message).to.include(words)
      expect(error.details).to.deep.equal(details(refused, [2, 3]))
      expect((await failure(ask(finance.contract('any-two'), at))).message).to.include('no value')
      await network.faults.orderer(2).start()
      await put('any-two')
      expect(await ask(finance.contract('any-two'), at)).to.equal('true')
    })

    it('refuse with SERVICE_UNAVAILABLE, and nothing of it is ordered', async () => {
      const { height } = network.ledger
      for (const index of [0, 1]) {
        network.faults.orderer(index).answer({ status: 'SERVICE_UNAVAILABLE', info: 'no Raft leader' })
      }
      const at = key()
      const endorsed = await finance
        .contract('any-two')
        .newProposal('Put', { arguments: [at, '1'] })
        .endorse()
      for (const index of [2, 3]) network.faults.orderer(index).answer({ status: 'SERVICE_UNAVAILABLE', info: 'no' })
      const error = await failure(endorsed.submit())
      expect(error.code).to.equal(status.UNAVAILABLE)
      const said = (info: string) => () =>
        `received unsuccessful response from orderer: status=SERVICE_UNAVAILABLE, info=${info}`
      expect(error.details).to.deep.equal(details(said('no Raft leader'), [0, 1]))
      expect(network.ledger.height).to.equal(height)
      await network.faults.clear()
      const { successful } = await (await endorsed.submit()).getStatus()
      expect(successful).to.equal(true)
    })

    async function committed(txId: string): Promise<{ code: number }> {
      for (;;) {
        const place = await network.ledger.transaction(txId)
        if (place) return place
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    }

    it('may refuse what they did take: the transaction commits all the same', async () => {
      for (const index of [0, 1, 2, 3]) {
        network.faults.orderer(index).answer({
          status: 'SERVICE_UNAVAILABLE',
          info: 'request already processed',
          take: true,
        })
      }
      const endorsed = await finance
        .contract('any-two')
        .newProposal('Put', { arguments: [key(), '1'] })
        .endorse()
      const error = await failure(endorsed.submit())
      expect(JSON.stringify(error.details)).to.include('request already processed')
      const place = await committed(endorsed.getTransactionId())
      expect(place.code).to.equal(TxValidationCode.VALID)
    })

    it('may acknowledge and forget: one harms nobody, all lose the transaction', async () => {
      network.faults.orderer(0).answer({ forget: true })
      await put('any-two')
      for (const index of [1, 2, 3]) network.faults.orderer(index).answer({ forget: true })
      const { height } = network.ledger
      const sent = await finance.contract('any-two').submitAsync('Put', { arguments: [key(), '1'] })
      const error = await failure(sent.getStatus({ deadline: Date.now() + 500 }))
      expect(error.code).to.equal(status.DEADLINE_EXCEEDED)
      expect(network.ledger.height).to.equal(height)
    })

    it('may acknowledge late: a quorum of quick ones is enough, and the block does not wait', async () => {
      network.faults.orderer(0).answer({ delay: 30_000 })
      await put('any-two')
      for (const index of [1, 2]) network.faults.orderer(index).answer({ delay: 400 })
      const before = Date.now()
      const { height } = network.ledger
      const sending = finance.contract('any-two').submitAsync('Put', { arguments: [key(), '1'] })
      while (network.ledger.height === height) await new Promise((resolve) => setTimeout(resolve, 5))
      await sending
      expect(Date.now() - before).to.be.at.least(395)
    })

    it('may make blocks late', async () => {
      network.faults.delayBlocks(400)
      const sent = await finance.contract('any-two').submitAsync('Put', { arguments: [key(), '1'] })
      const before = Date.now()
      expect((await sent.getStatus()).successful).to.equal(true)
      expect(Date.now() - before).to.be.at.least(300)
    })
  })

  it('do not keep a network from stopping', async () => {
    const other = await startTestNetwork({ chaincodes: [{ name: 'probe', program }] })
    for (const index of [0, 1]) other.faults.orderer(index).stop()
    other.faults.peer('AuditMSP').stop()
    const session = openSession(other.connect('FinanceMSP'))
    await failure(
      session.contract('probe').submit('Put', { arguments: ['k', 'v'], endorsingOrganizations: ['FinanceMSP'] }),
    )
    session.close()
    await other.stop()
  })
})

/** Waits until a session's connection, which grpc-js opens anew by itself, is there again. */
function reconnected({ client }: Session): Promise<void> {
  return new Promise((resolve, reject) => {
    client.waitForReady(Date.now() + 20_000, (error) => {
      if (error) reject(error)
      else resolve()
    })
  })
}
