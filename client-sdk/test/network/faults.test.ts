import { expect } from 'chai'
import { status } from '@grpc/grpc-js'
import { randomBytes } from 'node:crypto'
import { CaizhengError, connect, type Client } from '../../src/index.js'
import { codeOf } from '../support.js'
import { about, startCounty, type County } from './county.js'
import { FaultyGateway } from './faulty-gateway.js'

const timeouts = { connect: 2_000, evaluate: 2_000, commit: 2_000, doubt: 500, outcome: 3_000 }

describe('faults between client and peer', function () {
  this.timeout(30_000)
  let county: County
  let gateway: FaultyGateway
  let client: Client

  before(async () => {
    county = await startCounty()
    gateway = new FaultyGateway(county.network.connect('FinanceMSP').address)
    await gateway.start()
    client = await county.client('FinanceMSP', { gateway: gateway.address, timeouts })
  })
  beforeEach(async () => {
    gateway.calm()
    await county.network.faults.clear()
  })
  after(async () => {
    gateway.stop()
    await county.stop()
  })

  /** Anchors something new and checks that exactly one transaction of it is on the chain. */
  async function anchorOnce(number: string) {
    const height = await client.height()
    const bytes = randomBytes(40)
    const anchored = await client.evidence.anchor(bytes, about(number))
    expect(anchored.created).to.equal(true)
    expect(anchored.anchor.tx).to.equal(anchored.transactionId)
    gateway.fault = () => undefined
    expect((await client.height()) - height).to.equal(1)
    expect((await client.evidence.anchor(bytes, about(number))).transactionId).to.equal(anchored.transactionId)
  }

  it('heals where the answer to a submit is lost: asks for the same transaction and never sends a second', async () => {
    gateway.fault = (method) =>
      method === 'Submit' ? { lose: status.UNAVAILABLE, message: 'connection reset' } : undefined
    await anchorOnce('F-1')
    expect(gateway.seen.Submit).to.equal(1)
    expect(gateway.seen.CommitStatus, 'one for the anchor and one for the check').to.equal(2)
  })

  it('heals where the orderers say that the request is already processed', async () => {
    for (const index of county.network.orderers.keys()) {
      const answer = { status: 'SERVICE_UNAVAILABLE', info: 'request already processed', take: true } as const
      county.network.faults.orderer(index).answer(answer)
    }
    await anchorOnce('F-2')
    expect(gateway.seen.Submit).to.equal(1)
  })

  it('sends the same transaction again where it never arrived', async () => {
    gateway.fault = (method, nth) =>
      method === 'Submit' && nth === 1 ? { refuse: status.UNAVAILABLE, message: 'connection refused' } : undefined
    await anchorOnce('F-3')
    expect(gateway.seen.Submit).to.equal(2)
    expect(gateway.seen.Endorse, 'one for the anchor and one for the check').to.equal(2)
  })

  it('asks again where the commit status is lost', async () => {
    gateway.fault = (method, nth) =>
      method === 'CommitStatus' && nth < 3 ? { lose: status.UNAVAILABLE, message: 'connection reset' } : undefined
    await anchorOnce('F-4')
    expect(gateway.seen.Submit).to.equal(1)
  })

  it('says that the outcome is unknown where it stays unknown, with the transaction id to ask for', async () => {
    gateway.fault = (method) =>
      method === 'CommitStatus' ? { refuse: status.UNAVAILABLE, message: 'down' } : undefined
    const bytes = randomBytes(40)
    const error = await codeOf(client.evidence.anchor(bytes, about('F-5')))
    expect(error).to.include({ code: 'OUTCOME_UNKNOWN', stage: 'submit', name: 'SubmitError' })
    gateway.calm()
    expect(await client.status(error.transactionId ?? '')).to.include({ valid: true })
    const again = await client.evidence.anchor(bytes, about('F-5'))
    expect([again.created, again.transactionId]).to.deep.equal([false, error.transactionId])
  })

  it('takes a plain refusal by the orderers for what it is', async () => {
    const height = await client.height()
    gateway.fault = (method) =>
      method === 'Submit' ? { refuse: status.ABORTED, message: 'status=BAD_REQUEST, info=no' } : undefined
    const error = await codeOf(client.evidence.anchor(randomBytes(40), about('F-6')))
    expect(error).to.include({ code: 'SUBMIT_REFUSED', stage: 'submit' })
    expect(gateway.seen).to.include({ Endorse: 1, Submit: 1, CommitStatus: 0 })
    expect(await client.height()).to.equal(height)
  })

  for (const [code, name] of [
    [status.UNAVAILABLE, 'NOT_REACHABLE'],
    [status.RESOURCE_EXHAUSTED, 'OVERLOADED'],
  ] as const) {
    it(`makes new proposals, a bounded number, where endorsing fails with ${name}`, async () => {
      gateway.fault = (method, nth) =>
        method === 'Endorse' && nth < 3 ? { refuse: code, message: 'not now' } : undefined
      await client.evidence.anchor(randomBytes(40), about(`F-7-${code}`))
      expect(gateway.seen).to.include({ Endorse: 3, Submit: 1 })

      gateway.calm()
      gateway.fault = (method) => (method === 'Endorse' ? { refuse: code, message: 'not now' } : undefined)
      const error = await codeOf(client.evidence.anchor(randomBytes(40), about('F-8'), { attempts: 3 }))
      expect(error).to.include({ code: name, stage: 'endorse' })
      expect(gateway.seen).to.include({ Endorse: 3, Submit: 0 })
    })
  }

  it('never repeats what the contract refused', async () => {
    const bytes = randomBytes(40)
    await client.evidence.anchor(bytes, about('F-9'))
    gateway.calm()
    expect((await codeOf(client.evidence.anchor(bytes, about('F-9-changed')))).code).to.equal('ANCHOR_CONFLICT')
    expect(gateway.seen).to.deep.equal({ Evaluate: 0, Endorse: 1, Submit: 0, CommitStatus: 0 })
  })

  it('stops where the caller says so, and names the transaction that may still come', async () => {
    const stop = new AbortController()
    gateway.fault = (method) => {
      if (method === 'CommitStatus') stop.abort()
      return undefined
    }
    const call = client.evidence.anchor(randomBytes(40), about('F-10'), { signal: stop.signal })
    const error = await codeOf(call)
    expect(error).to.include({ code: 'CANCELLED', stage: 'commit' })
    gateway.calm()
    expect(await client.status(error.transactionId ?? '')).to.include({ valid: true })

    const before = await codeOf(client.evidence.get('0'.repeat(64), { signal: AbortSignal.abort() }))
    expect(before.code).to.equal('CANCELLED')
  })

  it('keeps below its limit of requests at once, over all clients of an endpoint', async () => {
    const narrow = { gateway: gateway.address, timeouts, concurrency: 3 }
    const clients = [await county.client('FinanceMSP', narrow), await county.client('FinanceMSP', narrow)]
    const anchors = clients.flatMap(({ evidence }, of) =>
      Array.from({ length: 10 }, (_, number) => evidence.anchor(randomBytes(40), about(`F-11-${of}-${number}`))),
    )
    expect((await Promise.all(anchors)).every(({ created }) => created)).to.equal(true)
    expect(gateway.most).to.be.within(2, 3)
  })

  it('follows blocks without gap or repetition while its peer comes and goes', async () => {
    const audit = await county.client('AuditMSP', { timeouts })
    const peer = county.network.faults.peer('AuditMSP')
    const stop = new AbortController()
    const from = await client.height()
    const reconnects: string[] = []
    const numbers: number[] = []
    const following = (async () => {
      const options = { from, signal: stop.signal, onReconnect: (error: Error) => reconnects.push(error.message) }
      for await (const block of audit.followBlocks(options)) {
        numbers.push(block.number)
        if (numbers.length === 2 || numbers.length === 4) {
          peer.stop()
          setTimeout(() => void peer.start(), 50)
        }
        if (numbers.length === 6) stop.abort()
      }
    })()
    for (let number = 0; number < 6; number++) {
      await client.evidence.anchor(randomBytes(40), about(`F-12-${number}`))
    }
    await following
    expect(numbers).to.deep.equal(Array.from({ length: 6 }, (_, index) => from + index))
    expect(reconnects.length).to.be.greaterThan(0)
  })

  it('names the organisations that are down where the others are too few', async () => {
    county.network.faults.peer('AuditMSP').stop()
    await client.evidence.anchor(randomBytes(40), about('F-15-one'))
    county.network.faults.peer('ConstructionMSP').stop()
    const error = await codeOf(client.evidence.anchor(randomBytes(40), about('F-15-two'), { attempts: 1 }))
    expect(error).to.include({ code: 'NOT_ENOUGH_ORGANIZATIONS', stage: 'endorse' })
    expect(error.organizations.map(({ mspId }) => mspId)).to.have.members(['AuditMSP', 'ConstructionMSP'])
  })

  it('does without an organisation that lies, and says that results differ where two do', async () => {
    county.network.faults.peer('AuditMSP').lie('result')
    await client.evidence.anchor(randomBytes(40), about('F-16-one'))
    county.network.faults.peer('ConstructionMSP').lie('result')
    const error = await codeOf(client.evidence.anchor(randomBytes(40), about('F-16-two'), { attempts: 1 }))
    expect(error).to.include({ code: 'ENDORSEMENTS_DIFFER', stage: 'endorse' })
  })

  it('claims nothing of a transaction that too few orderers took', async () => {
    const [one, another] = [county.network.faults.orderer(0), county.network.faults.orderer(1)]
    one.stop()
    another.stop()
    const error = await codeOf(client.evidence.anchor(randomBytes(40), about('F-17')))
    expect(error).to.include({ code: 'OUTCOME_UNKNOWN', stage: 'submit' })
    await one.start()
    expect(await client.status(error.transactionId ?? '')).to.include({ valid: true })
  })

  it('shows an anchor in the block that it follows', async () => {
    const direct = await county.client('FinanceMSP', { timeouts })
    const anchored = await client.evidence.anchor(randomBytes(40), about('F-13'))
    for await (const block of direct.followBlocks({ from: anchored.block })) {
      const transaction = block.transactions.find(({ txId }) => txId === anchored.transactionId)
      expect(transaction).to.include({ valid: true, function: 'EvidenceContract:AnchorDocument', type: 'endorser' })
      expect(transaction?.creator.msp).to.equal('FinanceMSP')
      expect(transaction?.event?.name).to.equal('AnchorCreated')
      const written = transaction?.writes.find(({ key }) => key === `anchor:${anchored.id}`)
      expect(JSON.parse(Buffer.from(written?.value ?? []).toString())).to.deep.equal(anchored.anchor)
      break
    }
  })

  it('says what is wrong with an identity, a channel or a chaincode that the network does not know', async () => {
    const codeWith = async (change: object, call: (stranger: Client) => Promise<unknown>) => {
      const stranger = await connect({ profile: county.profile('FinanceMSP', change), timeouts })
      try {
        return (await codeOf(call(stranger))).code
      } finally {
        stranger.close()
      }
    }
    const anchor = (stranger: Client) => stranger.evidence.anchor(randomBytes(40), about('F-14'))
    const list = (stranger: Client) => stranger.evidence.network()
    expect(await codeWith({ mspId: 'AuditMSP' }, anchor)).to.equal('NOT_PERMITTED')
    expect(await codeWith({ mspId: 'NobodyMSP' }, list)).to.equal('NOT_PERMITTED')
    expect(await codeWith({ chaincodes: { evidence: 'nothing' } }, anchor)).to.equal('CHAINCODE_NOT_FOUND')
    // A gateway that is only asked says the same where every peer of the chaincode is down.
    expect(await codeWith({ chaincodes: { evidence: 'nothing' } }, list)).to.equal('CHAINCODE_UNAVAILABLE')
    expect(await codeWith({ channel: 'nowhere' }, anchor)).to.equal('CHANNEL_NOT_FOUND')
    expect(await codeWith({ channel: 'nowhere' }, list)).to.equal('CHANNEL_NOT_FOUND')
  })

  it('ends every call and stream when it is closed, and refuses new ones', async () => {
    const closing = await county.client('FinanceMSP', { timeouts })
    const blocks = closing.followBlocks({ from: await closing.height() })[Symbol.asyncIterator]()
    const next = codeOf(blocks.next())
    const reading = closing.evidence.network()
    closing.close()
    expect((await next).code).to.equal('CLOSED')
    await reading.catch((error: unknown) => expect(error).to.be.instanceOf(CaizhengError))
    expect((await codeOf(closing.evidence.network())).code).to.equal('CLOSED')
    closing.close()
  })
})

describe('a peer that stops', function () {
  this.timeout(60_000)

  it('ends each call under way with an answer or an error that says what is known', async () => {
    const county = await startCounty()
    const client = await county.client('AuditMSP', { timeouts })
    const calls = Array.from({ length: 40 }, (_, number) =>
      client.evidence.anchor(randomBytes(40), about(`S-${number}`)).then(
        ({ created }) => (created ? 'created' : 'unexpected'),
        (error: unknown) => (error instanceof CaizhengError ? error.code : String(error)),
      ),
    )
    await new Promise((resolve) => setTimeout(resolve, 60))
    await county.network.stop()
    const outcomes = new Set(await Promise.all(calls))
    for (const outcome of outcomes) {
      expect(outcome).to.be.oneOf([
        'created',
        'NOT_REACHABLE',
        'OUTCOME_UNKNOWN',
        'TIMED_OUT',
        'SUBMIT_REFUSED',
        'CANCELLED',
      ])
    }
    expect(outcomes.size).to.be.greaterThan(0)
    expect((await codeOf(client.evidence.network())).code).to.be.oneOf(['NOT_REACHABLE', 'TIMED_OUT'])
    client.close()
  })

  it('is reported by connect, with its address', async () => {
    const county = await startCounty()
    const profile = county.profile('FinanceMSP')
    await county.stop()
    const error = await codeOf(connect({ profile, timeouts: { connect: 300 } }))
    expect(error).to.include({ code: 'NOT_REACHABLE', stage: 'connect' })
    expect(error.message).to.include(profile.gateway)
  })
})
