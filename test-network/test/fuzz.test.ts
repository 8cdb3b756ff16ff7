import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  ApproveChaincodeDefinitionArgs,
  buildProposal,
  ChaincodeDefinition,
  encode,
  InstallChaincodeArgs,
  QueryChaincodeDefinitionArgs,
  SignedProposal,
} from '@caizheng/fabric-wire'
import type { Client } from '@grpc/grpc-js'
import { gateway } from '@hyperledger/fabric-protos'
import { expect } from 'chai'
import { grpcClient, servicePackage, startTestNetwork, verifyLedger, type TestNetwork } from '../src/index.js'
import { roundsOr, seed } from './support/chance.js'
import { openSession, type Session } from './support/client.js'
import { EvilChaincode } from './support/evil-chaincode.js'
import { heldMemory } from './support/memory.js'
import { mutate, mutateBytes, noise, randomFrom, type Random } from './support/mutate.js'
import { callRaw, creatorOf, seekPayload, signatureOf, signedEnvelope, streamRaw } from './support/raw.js'

const module_ = fileURLToPath(new URL('../../../conformance/contracts/probe.cjs', import.meta.url))
const ANY = "OR('FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')"
/** Messages for each service; the command sends twenty for each round asked for. */
const MESSAGES = roundsOr(2) * 20
/** Beside what a network keeps on purpose: its latest blocks and verdicts. */
const LIMIT_MIB = 32

const text = (words: readonly string[]): Buffer[] => words.map((word) => Buffer.from(word))

describe(`nonsense on every service (seed ${String(seed)})`, function () {
  this.timeout(60_000 + MESSAGES * 500)
  let directory: string
  let network: TestNetwork
  let finance: Session
  let evil: EvilChaincode
  let ofPeer: Client
  let ofOrderer: Client
  let stopped = false
  const failures: string[] = []
  const note = (failure: unknown): void => {
    failures.push(failure instanceof Error ? (failure.stack ?? failure.message) : String(failure))
  }

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'caizheng-fuzz-'))
    evil = new EvilChaincode('evil:1', randomFrom(seed))
    await evil.start()
    const collections = [{ name: 'both', policy: "OR('FinanceMSP.member','AuditMSP.member')", maxPeerCount: 1 }]
    network = await startTestNetwork({
      directory,
      chaincodes: [
        { name: 'probe', endorsementPolicy: ANY, collections, program: { module: module_ } },
        {
          name: 'evil',
          endorsementPolicy: ANY,
          collections,
          program: { service: evil.address, packageId: 'evil:1' },
        },
      ],
    })
    finance = openSession(network.connect('FinanceMSP'))
    ofPeer = network.connect('FinanceMSP').grpcClient()
    ofOrderer = grpcClient(network.orderers[0] ?? '')
    process.on('warning', note)
  })

  async function stop(): Promise<void> {
    if (stopped) return
    stopped = true
    process.off('warning', note)
    for (const one of [finance, ofPeer, ofOrderer]) one.close()
    await network.stop()
    evil.stop()
  }
  after(async () => {
    await stop()
    await rm(directory, { recursive: true, force: true })
  })

  const client = () => network.connect('FinanceMSP')
  const admin = () => network.connect('FinanceMSP', 'admin')
  const proposalOf = (chaincode: string, args: Uint8Array[], who = client(), channel = network.channel): Uint8Array =>
    buildProposal({
      ...{ channel, chaincode, args, creator: creatorOf(who), nonce: randomBytes(24) },
      timestamp: { seconds: Math.floor(Date.now() / 1000), nanos: 0 },
    }).proposalBytes

  const signed = (proposalBytes: Uint8Array, who = client()): Uint8Array =>
    encode(SignedProposal, { proposalBytes, signature: signatureOf(who, proposalBytes) })

  const propose = (bytes: Uint8Array, milliseconds?: number): Promise<number> =>
    callRaw(ofPeer, '/protos.Endorser/ProcessProposal', bytes, milliseconds)

  /** A valid message with one thing wrong: behind a good signature, or in the signed message itself. */
  const damaged = (inner: Uint8Array, sign: (bytes: Uint8Array) => Uint8Array, random: Random): Uint8Array =>
    random() < 0.7 ? sign(mutate(inner, random)) : mutate(sign(inner), random)

  const calls = (): [string, Uint8Array[]][] => [
    ['probe', text(['Put', 'key', 'value'])],
    ['probe', text(['Range', 'a', 'z'])],
    ['qscc', text(['GetChainInfo', network.channel])],
    ['qscc', text(['GetBlockByNumber', network.channel, '1'])],
    ['qscc', [...text(['GetBlockByHash', network.channel]), Buffer.from(network.ledger.tip.hash)]],
    ['qscc', text(['GetTransactionByID', network.channel, 'a'.repeat(64)])],
    ['qscc', text(['GetBlockByTxID', network.channel, 'a'.repeat(64)])],
    ['cscc', text(['GetConfigBlock', network.channel])],
    ['cscc', text(['GetChannelConfig', network.channel])],
  ]
  const definition = { name: 'fresh', version: '1', sequence: 1 }
  const lifecycleCalls = (): [string, Uint8Array][] => [
    [
      'InstallChaincode',
      encode(InstallChaincodeArgs, { chaincodeInstallPackage: servicePackage('x', '127.0.0.1:1').bytes }),
    ],
    [
      'ApproveChaincodeDefinitionForMyOrg',
      encode(ApproveChaincodeDefinitionArgs, { ...definition, source: { localPackage: { packageId: 'evil:1' } } }),
    ],
    ['CheckCommitReadiness', encode(ChaincodeDefinition, definition)],
    ['CommitChaincodeDefinition', encode(ChaincodeDefinition, definition)],
    ['QueryChaincodeDefinition', encode(QueryChaincodeDefinitionArgs, { name: 'probe' })],
    ['QueryChaincodeDefinitions', new Uint8Array()],
    ['QueryInstalledChaincodes', new Uint8Array()],
    ['QueryInstalledChaincode', Buffer.from('0a0178', 'hex')],
    ['GetInstalledChaincodePackage', Buffer.from('0a0178', 'hex')],
    ['QueryApprovedChaincodeDefinition', encode(QueryChaincodeDefinitionArgs, { name: 'probe' })],
    ['QueryApprovedChaincodeDefinitions', new Uint8Array()],
  ]
  const one = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T

  /** Sends on a stream, and reads until an answer, an end or a moment's silence. */
  function exchange(on: Client, method: string, message: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      const stream = streamRaw(on, method)
      const silence = setTimeout(() => stream.cancel(), 40)
      const done = (): void => {
        clearTimeout(silence)
        stream.cancel()
        resolve()
      }
      for (const event of ['data', 'end', 'error'] as const) stream.on(event, done)
      stream.write(Buffer.from(message))
    })
  }

  let endorsed: Uint8Array
  const services: Record<string, (random: Random) => Promise<unknown>> = {
    'the endorser': (random) => {
      const [chaincode, args] = one(calls(), random)
      const inner = proposalOf(chaincode, args)
      return propose(damaged(inner, (bytes) => signed(bytes), random))
    },
    'arguments of qscc, cscc and contracts': (random) => {
      const [chaincode, args] = one(calls(), random)
      const at = Math.floor(random() * args.length)
      const changed = args.map((argument, index) => (index === at ? mutateBytes(argument, random) : argument))
      return propose(signed(proposalOf(chaincode, changed.slice(0, Math.ceil(random() * 4)))))
    },
    'arguments of _lifecycle': (random) => {
      const [name, argument] = one(lifecycleCalls(), random)
      const isForPeer = /Install/.test(name)
      const args = [Buffer.from(name), mutate(argument, random)]
      return propose(signed(proposalOf('_lifecycle', args, admin(), isForPeer ? '' : network.channel), admin()))
    },
    'deliver of peers': (random) => {
      const method = one(['Deliver', 'DeliverFiltered', 'DeliverWithPrivateData'], random)
      const payload = seekPayload(client(), Math.floor(random() * 5))
      return exchange(
        ofPeer,
        `/protos.Deliver/${method}`,
        damaged(payload, (bytes) => signedEnvelope(client(), bytes), random),
      )
    },
    'deliver of orderers': (random) => {
      const payload = seekPayload(client(), 0)
      const message = damaged(payload, (bytes) => signedEnvelope(client(), bytes), random)
      return exchange(ofOrderer, '/orderer.AtomicBroadcast/Deliver', message)
    },
    broadcast: (random) => {
      const message = damaged(endorsed, (bytes) => signedEnvelope(client(), bytes), random)
      return exchange(ofOrderer, '/orderer.AtomicBroadcast/Broadcast', message)
    },
    // A chaincode that registered wrongly is gone until the peer dials again: nobody waits for that longer than a second.
    'the chaincode stream': () => propose(signed(proposalOf('evil', text(['Any']))), 1_000),
    'the gateway': (random) => {
      const inner = proposalOf('probe', text(['Put', 'key', 'value']))
      const method = one(['Evaluate', 'Endorse'], random)
      const request = method === 'Evaluate' ? new gateway.EvaluateRequest() : new gateway.EndorseRequest()
      const bytes = damaged(
        inner,
        (proposal) => Buffer.concat([request.serializeBinary(), field(3, signed(proposal))]),
        random,
      )
      return callRaw(ofPeer, `/gateway.Gateway/${method}`, bytes)
    },
    'every method, in raw bytes': (random) => {
      const bytes = noise(random() * 200, random)
      const [on, method] = one(
        [
          [ofPeer, '/protos.Endorser/ProcessProposal'],
          [ofPeer, '/protos.Deliver/Deliver'],
          [ofPeer, '/protos.Deliver/DeliverFiltered'],
          [ofPeer, '/protos.Deliver/DeliverWithPrivateData'],
          [ofPeer, '/gateway.Gateway/Evaluate'],
          [ofPeer, '/gateway.Gateway/Endorse'],
          [ofPeer, '/gateway.Gateway/Submit'],
          [ofPeer, '/gateway.Gateway/CommitStatus'],
          [ofPeer, '/gateway.Gateway/ChaincodeEvents'],
          [ofOrderer, '/orderer.AtomicBroadcast/Deliver'],
          [ofOrderer, '/orderer.AtomicBroadcast/Broadcast'],
        ] as const,
        random,
      )
      const isUnary = /ProcessProposal|Gateway/.test(method) && !method.endsWith('Events')
      return isUnary ? callRaw(on, method, bytes) : exchange(on, method, bytes)
    },
  }

  let keys = 0
  async function works(): Promise<void> {
    const key = `alive-${String((keys += 1))}`
    const contract = finance.contract('probe')
    await contract.submit('Put', { arguments: [key, 'alive'] })
    expect(Buffer.from(await contract.evaluate('Get', { arguments: [key] })).toString()).to.equal('alive')
  }

  for (const [name, send] of Object.entries(services)) {
    it(`crashes nothing and leaves nothing behind: ${name}`, async () => {
      endorsed = (
        await finance
          .contract('probe')
          .newProposal('Put', { arguments: ['key', '1'] })
          .endorse()
      ).getBytes()
      endorsed = payloadOf(endorsed)
      const random = randomFrom(seed)
      const run = async (count: number): Promise<void> => {
        for (let i = 0; i < count; i += 1) await send(random)
        await works()
      }
      await run(MESSAGES / 2)
      const before = await heldMemory()
      await run(MESSAGES / 2)
      expect((await heldMemory()) - before, 'MiB').to.be.below(LIMIT_MIB)
      expect(failures).to.deep.equal([])
    })
  }

  it('answers at once where a nested message states a length beyond its bytes', async () => {
    const before = Date.now()
    for (const length of ['ffffff7f', 'ffffffff07', 'ffffffffffffffff7f']) {
      for (const method of ['Evaluate', 'Endorse', 'Submit']) {
        const nested = Buffer.from(`1a${length}0a00`, 'hex')
        expect(await callRaw(ofPeer, `/gateway.Gateway/${method}`, nested)).to.not.equal(0)
      }
    }
    expect(Date.now() - before).to.be.below(5_000)
    expect(failures).to.deep.equal([])
  })

  it('leaves a ledger whose state follows from its blocks', async () => {
    const { height } = network.ledger
    await stop()
    expect((await verifyLedger(join(directory, 'ledger'))).height).to.equal(height)
  })
})

function field(tag: number, value: Uint8Array): Buffer {
  const length: number[] = []
  for (let left = value.length; ; left >>= 7) {
    if (left < 128) return Buffer.concat([Buffer.from([tag * 8 + 2, ...length, left]), value])
    length.push((left & 0x7f) | 0x80)
  }
}

/** The payload of the envelope in a prepared transaction of the gateway. */
function payloadOf(prepared: Uint8Array): Uint8Array {
  return gateway.PreparedTransaction.deserializeBinary(prepared).getEnvelope()?.getPayload_asU8() ?? new Uint8Array()
}
